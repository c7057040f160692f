/** Changes of modules: first what a change would do, in words; then the change, with each job's fate. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { change } from '../core/api.js';
import { live } from '../core/live.js';
import { number, plural, shortId } from '../core/format.js';
import { link } from '../core/router.js';
import { asProblem } from '../core/view.js';
import { openDialog } from '../design/dialog.js';
import { loading } from '../design/states.js';

/** @type {Record<string, string>} */
const DONE = {
  installed: 'is installed',
  updated: 'is updated',
  unchanged: 'is the version that is installed already; nothing changes',
  repaired: 'is installed already; its damaged file is repaired',
  uninstalled: 'is removed',
  enabled: 'is enabled',
  disabled: 'is disabled',
  rolled_back: 'goes back to an earlier version',
};

/** @type {Record<string, {will: string, did: string}>} */
const FATES = {
  parked: { will: 'moves at its next checkpoint', did: 'was parked at a checkpoint and goes on' },
  interrupted: { will: 'is interrupted and goes on from its last checkpoint', did: 'was interrupted and goes on from its last checkpoint' },
  finished: { will: 'ends first', did: 'ended' },
  running: { will: 'ends on the version that it began with', did: 'runs on, on the version that it began with' },
  abandoned: { will: 'would be left behind', did: 'did not end: its thread was left behind, and the job goes on from its last checkpoint' },
  waiting: { will: 'waits, and begins with the version that its server has by then', did: 'waits' },
};

const STOPS = /** @type {Record<string, string>} */ ({
  move: 'Running jobs stop at their next checkpoint, and wait.',
  finish: 'Running jobs end first.',
  now: 'Running jobs are interrupted at once, and wait.',
});

/** Files that bring a module, as a control for files names them: a bundle, or a packed folder. */
export const PACKAGES = '.jar,.zip,.tar.gz,.tgz';

/** The server lists so many at most. */
const MOST_LISTED = 100;

const MODES = [
  ['move', 'Move', 'Running jobs stop at their next checkpoint, and the new version takes over from there.'],
  ['finish', 'Finish', 'Running jobs end on the old version, beside the new one.'],
  ['now', 'Now', 'Running jobs are interrupted at once, and go on from their last checkpoints.'],
];

/**
 * @typedef {object} Change
 * @property {string} title such as `Install count-1.1.0.jar`
 * @property {string} yes the word on the button
 * @property {string} method
 * @property {string} path
 * @property {Blob} [body]
 * @property {string} [type]
 * @property {Record<string, string>} [query]
 * @property {boolean} [hasMode] whether it touches running jobs in a way that can be chosen
 * @property {boolean} [stops] whether the module takes no jobs afterwards
 * @property {boolean} [danger]
 */

/** Shows what a change would do, and makes it when that is wanted. @param {Change} wanted @returns {Promise<any>} the change that was made */
export function openChange(wanted) {
  const dialog = new ChangeDialog(wanted);
  return openDialog((close, redraw) => dialog.draw(close, redraw), { label: wanted.title, kind: 'wide sheet' });
}

class ChangeDialog {
  #mode = 'move';
  /** @type {any} */
  #forecast = null;
  /** @type {any} */
  #made = null;
  /** @type {import('../core/api.js').Problem | null} */
  #problem = null;
  #isBusy = false;
  #isAsked = false;
  /** The latest event of each job that it touches. @type {Map<string, any>} */
  #now = new Map();
  #round = 0;
  /** @type {() => void} */
  #redraw = () => {};

  /** @param {Change} wanted */
  constructor(wanted) {
    this.wanted = wanted;
  }

  /** @param {boolean} dryRun */
  #send(dryRun) {
    const { method, path, body, type, query, hasMode } = this.wanted;
    return change(method, path, { body, type, query: { ...query, ...(hasMode ? { mode: this.#mode } : {}), dry_run: dryRun ? 'true' : '' } });
  }

  async #foresee() {
    const round = ++this.#round;
    this.#forecast = null;
    this.#problem = null;
    this.#redraw();
    try {
      const forecast = await this.#send(true);
      if (round === this.#round) {
        this.#forecast = forecast;
      }
    } catch (failure) {
      if (round === this.#round) {
        this.#problem = asProblem(failure);
      }
    }
    this.#redraw();
  }

  async #make() {
    this.#isBusy = true;
    this.#problem = null;
    this.#now.clear();
    const watch = (/** @type {any} */ event) => this.#watch(event.detail);
    live.addEventListener('job', watch);
    this.#redraw();
    try {
      this.#made = await this.#send(false);
    } catch (failure) {
      this.#problem = asProblem(failure);
    }
    live.removeEventListener('job', watch);
    this.#isBusy = false;
    this.#redraw();
  }

  /** Notes how the jobs fare that it touches. @param {any[]} events */
  #watch(events) {
    for (const event of events) {
      if (this.#forecast?.jobs.some((/** @type {any} */ job) => job.job_id === event.id)) {
        this.#now.set(event.id, { ...event, wasParked: event.status === 'pending' || this.#now.get(event.id)?.wasParked === true });
      }
    }
    this.#redraw();
  }

  /** @param {(value?: any) => void} close @param {() => void} redraw */
  draw(close, redraw) {
    this.#redraw = redraw;
    if (!this.#isAsked) {
      this.#isAsked = true;
      queueMicrotask(() => this.#foresee());
    }
    const isIdle = this.#forecast?.change === 'unchanged';
    return html`
      <div class="head"><h2>${this.wanted.title}</h2></div>
      <div class="body" aria-live="polite">
        ${this.#made ? report(this.#made, false) : html`
          ${this.wanted.hasMode ? this.#modes() : nothing}
          ${this.#forecast && this.#isBusy ? underWay(this.#forecast, this.#now) : this.#forecast ? report(this.#forecast, true) : this.#problem ? nothing : loading(3)}`}
        ${this.#problem ? html`<p class="trouble" role="alert">${this.#problem.message} ${this.#problem.remedy}</p>` : nothing}
      </div>
      <div class="foot">
        ${this.#made
          ? html`<button class="button first" type="button" autofocus @click=${() => close(this.#made)}>Done</button>`
          : html`<button class="button first ${this.wanted.danger ? 'danger' : ''}" type="button" ?disabled=${this.#isBusy || !this.#forecast || isIdle} @click=${() => this.#make()}>${this.#isBusy ? 'Working …' : this.wanted.yes}</button>
            <button class="button" type="button" autofocus @click=${() => close()}>Cancel</button>`}
      </div>`;
  }

  #modes() {
    const chosen = MODES.find(([mode]) => mode === this.#mode) ?? MODES[0];
    return html`<div class="stack tight"><div class="line" role="group" aria-label="Running jobs"><span class="label">Running jobs</span>${MODES.map(
      ([mode, word]) => html`<button class="chip" type="button" aria-pressed=${mode === this.#mode} ?disabled=${this.#isBusy} @click=${() => { this.#mode = mode; this.#foresee(); }}>${word}</button>`,
    )}</div><p class="muted small">${this.wanted.stops ? STOPS[this.#mode] : chosen[2]}</p></div>`;
  }
}

/** The jobs of a change while it is made. @param {any} forecast @param {Map<string, any>} now */
function underWay(forecast, now) {
  const jobs = forecast.jobs;
  const settled = jobs.filter((/** @type {any} */ job) => now.get(job.job_id)?.wasParked || isOver(now.get(job.job_id))).length;
  return html`<p class="strong" role="status">${jobs.length === 0 ? 'It is being made …' : number(settled) + ' of ' + plural(jobs.length, 'running job') + ' have come to a stop …'}</p>
    ${jobs.length > 0 ? html`<progress max=${jobs.length} value=${settled} aria-label="Jobs that have come to a stop"></progress><ul class="fates">${jobs.map((/** @type {any} */ job) => html`<li><span class="mono">${shortId(job.job_id)}</span> ${fareOf(now.get(job.job_id))}</li>`)}</ul>` : nothing}`;
}

/** @param {any} event */
function isOver(event) {
  return ['completed', 'failed', 'stopped'].includes(event?.status);
}

/** How a job fares now. @param {any} event */
function fareOf(event) {
  return !event ? 'runs' : isOver(event) ? 'has ended: ' + event.status : event.status === 'pending' ? 'has stopped, and waits' : event.wasParked ? 'goes on' : 'runs, ' + Math.floor(event.progress ?? 0) + ' %';
}

/** A change in words. @param {any} made @param {boolean} ahead whether it has not been made yet */
export function report(made, ahead) {
  const names = made.modules.map((/** @type {any} */ module) => module.name).join(', ') || made.bundle;
  return html`
    <p class="strong">${names} ${made.version} ${DONE[made.change] ?? made.change}${made.former_version && made.former_version !== made.version ? ', in the place of ' + made.former_version : ''}.</p>
    <p>${sentence(made, ahead)}</p>
    ${made.jobs.length > 0 ? html`<ul class="fates">${made.jobs.map((/** @type {any} */ job) => html`<li><a class="mono" href=${link('jobs/' + job.job_id)} target="_blank" rel="noopener">${shortId(job.job_id)}</a> ${FATES[job.outcome]?.[ahead ? 'will' : 'did'] ?? job.outcome}</li>`)}</ul>` : nothing}
    ${made.affected.length > 0 ? html`<ul class="fates">${made.affected.map((/** @type {any} */ each) => html`<li><code>${each.bundle}</code>: ${each.why}</li>`)}</ul>` : nothing}
    ${made.vanishes.length + made.appears.length > 0 ? html`<p class="muted small">${capabilities('New', made.appears)} ${capabilities('Gone', made.vanishes)}</p>` : nothing}
    <p class="muted small">Bundle <code>${made.bundle}</code>, SHA-256 <code>${made.sha256.slice(0, 16)}…</code>${made.signer ? ', signed by ' + made.signer : ''}</p>`;
}

/** @param {any} made @param {boolean} ahead */
function sentence(made, ahead) {
  const parts = [];
  if (made.jobs.length > 0) {
    parts.push((ahead ? 'Touches ' : 'Touched ') + plural(made.jobs.length, 'running job'));
  }
  if (made.waiting.length > 0) {
    parts.push((ahead ? 'leaves ' : 'left ') + (made.waiting.length >= MOST_LISTED ? MOST_LISTED + ' jobs or more' : plural(made.waiting.length, 'job')) + ' waiting for it');
  }
  if (made.touched.length > 0) {
    parts.push((ahead ? 'restarts ' : 'restarted ') + made.touched.join(', '));
  }
  if (made.affected.length > 0) {
    parts.push((ahead ? 'affects ' : 'affected ') + plural(made.affected.length, 'other bundle'));
  }
  const all = parts.join(', ');
  return all === '' ? (ahead ? 'No running job is touched, and nothing else.' : 'No running job was touched, and nothing else.') : all.charAt(0).toUpperCase() + all.slice(1) + (made.touched.length + made.affected.length === 0 ? (ahead ? '; touches nothing else.' : '; touched nothing else.') : '.');
}

/** @param {string} word @param {any[]} list */
function capabilities(word, list) {
  return list.length === 0 ? '' : word + ': ' + list.map(each => each.kind + ' ' + each.name).join(', ') + '.';
}

/** The upload of a jar. @param {File} file */
export function upload(file) {
  return openChange({ title: 'Install ' + file.name, yes: 'Install', method: 'POST', path: '/modules', body: file, type: 'application/java-archive', hasMode: true });
}
