/** What a job was given, and where it would go on. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { empty } from '../design/states.js';

/** @param {any} job */
export function inputsTab(job) {
  return html`<div class="stack">
    ${job.tasks.map((/** @type {any} */ task, /** @type {number} */ index) => html`<section class="card"><header><h2>${job.tasks.length > 1 ? 'Task ' + (index + 1) + ': ' + task.module : 'Inputs'}</h2></header><div class="inside">${Object.keys(task.data).length === 0 ? html`<p class="muted">It has no inputs.</p>` : html`<pawl-json .value=${task.data}></pawl-json>`}</div></section>`)}
    ${part('Settings of the request', job.settings)}
    ${part('Settings in force', job.effective_settings)}
    <section class="card"><header><h2>Limits</h2></header><div class="inside"><dl class="facts">
      <dt>Longest duration</dt><dd>${job.max_duration ?? 'none'}</dd>
      <dt>Attempts</dt><dd>${job.retry.max_attempts}, first pause ${job.retry.backoff}</dd>
      ${job.unique_key ? html`<dt>Unique key</dt><dd>${job.unique_key}</dd>` : nothing}
      ${job.not_before ? html`<dt>Not before</dt><dd>${job.not_before}</dd>` : nothing}
    </dl></div></section></div>`;
}

/** @param {string} title @param {any} value */
function part(title, value) {
  return value && Object.keys(value).length > 0 ? html`<section class="card"><header><h2>${title}</h2></header><div class="inside"><pawl-json .value=${value}></pawl-json></div></section>` : nothing;
}

/** @param {any} job */
export function checkpointTab(job) {
  return job.checkpoint && Object.keys(job.checkpoint).length > 0
    ? html`<div class="stack"><section class="card"><header><h2>Checkpoint of task ${job.task_index + 1}</h2></header><div class="inside"><pawl-json .value=${job.checkpoint}></pawl-json></div></section>${part('What the module reports', typeof job.info === 'object' ? job.info : null)}</div>`
    : empty('No checkpoint', 'Interrupted, the job would begin its task anew.');
}
