/** The runs of a job as a timeline, and its failure. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { serverNow } from '../core/api.js';
import { copy } from '../core/copy.js';
import { css } from '../core/css.js';
import { duration, plural, shortId } from '../core/format.js';
import { timeOf } from '../core/time.js';
import { icon, statusOf } from '../design/icon.js';
import { prose } from '../design/prose.js';

/** Beyond so many bars only the latest are drawn. */
const MOST_BARS = 50;

/** @type {Record<string, string>} */
const LOOKS = { completed: 'completed', failed: 'failed', stopped: 'stopped', running: 'running' };

/** @param {any} job */
export function timeline(job) {
  const runs = (job.runs ?? []).slice(-MOST_BARS);
  if (runs.length === 0 || (runs.length === 1 && job.tasks.length === 1)) {
    return nothing;
  }
  const from = Date.parse(runs[0].started_at);
  const until = Math.max(from + 1, ...runs.map((/** @type {any} */ run) => (run.ended_at ? Date.parse(run.ended_at) : serverNow())));
  const leftOut = job.runs_left_out + job.runs.length - runs.length;
  return html`<details class="card timeline" open><summary>${plural(runs.length + leftOut, 'run')}, ${plural(job.tasks.length, 'task')}${leftOut > 0 ? html` <span class="muted small">the first ${leftOut} are not drawn</span>` : nothing}</summary>
    ${job.tasks.length > 1 ? html`<ol class="line tight task-line">${job.tasks.map((/** @type {any} */ task, /** @type {number} */ index) => html`<li class="tag ${index === job.task_index && job.status === 'running' ? 'now' : ''}">${index + 1} ${task.module}${index < job.task_index || job.status === 'completed' ? ' ✓' : ''}</li>`)}</ol>` : nothing}
    <ul class="runs" tabindex="0" aria-label="Runs">${runs.map((/** @type {any} */ run) => row(run, from, until))}</ul></details>`;
}

/** @param {any} run @param {number} from @param {number} until */
function row(run, from, until) {
  const began = Date.parse(run.started_at);
  const ended = run.ended_at ? Date.parse(run.ended_at) : serverNow();
  const outcome = run.outcome ?? 'running';
  const left = ((began - from) / (until - from)) * 100;
  const width = Math.max(0.5, ((ended - began) / (until - from)) * 100);
  return html`<li class="run"><span class="num small muted">#${run.epoch}</span>
    <span class="run-room" aria-hidden="true"><i class="run-bar ${LOOKS[outcome] ?? 'pending'}" ${css({ left: Math.min(left, 99.5) + '%', width: Math.min(width, 100 - Math.min(left, 99.5)) + '%' })}></i></span>
    <span class="small">${statusOf(LOOKS[outcome] ?? 'pending', outcome.replaceAll('_', ' '))}</span><span class="small muted num">${duration(ended - began)}</span>
    <span class="small muted cut">${run.module}${run.module_version ? ' ' + run.module_version : ''}${run.worker_id ? ' on ' + shortId(run.worker_id) : ''}, ${timeOf(run.started_at)}</span></li>`;
}

/** The failure: the phase, the message, the remedy, and the stack, folded. @param {any} job */
export function failureCard(job) {
  const failure = job.failure;
  if (!failure) {
    return nothing;
  }
  const isLast = job.status === 'failed';
  return html`<section class="card failure ${isLast ? 'last' : ''}" aria-label="Failure">
    <p class="line"><span class="strong">${isLast ? 'It failed' : 'Its last attempt failed'} in phase ${failure.phase}${job.tasks.length > 1 ? ' of task ' + (failure.task_index + 1) + ', ' + failure.module : ''}</span><span class="grow"></span>
      <button class="button mini quiet" type="button" @click=${() => copy(failure.message + '\n\n' + (failure.stack ?? ''), 'Failure copied')}>${icon('copy')}Copy</button></p>
    <pre class="failure-text" tabindex="0">${failure.message}</pre>
    ${failure.remedy ? html`<p class="failure-remedy"><span class="muted">What to do:</span> ${prose(failure.remedy)}</p>` : nothing}
    ${failure.stack ? html`<details><summary class="small">Stack</summary><pre class="stack-text" tabindex="0">${failure.stack}</pre></details>` : nothing}</section>`;
}
