/** Actions on jobs, on one or on millions: first the server counts, then a person decides, then it is done part by part, with its progress. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, post } from '../core/api.js';
import { number, plural } from '../core/format.js';
import { link, router } from '../core/router.js';
import { asProblem } from '../core/view.js';
import { openDialog } from '../design/dialog.js';
import { prose } from '../design/prose.js';
import { toast } from '../design/toast.js';

/** From so many jobs on, a job of the server's own does it in the background. */
const MANY = 20_000;

/** From so many on, the number must be typed. */
const TYPED = 1000;

/** So many jobs at most are named in a request. */
const NAMED = 1000;

/** Up to so many jobs that match are stopped by their names, so that exactly these can be started again. */
const KNOWN = 10_000;

/**
 * @typedef {object} Kind
 * @property {string} word
 * @property {string} past
 * @property {string[]} applies the statuses to which it applies
 * @property {string} says what it does
 * @property {string} icon
 * @property {boolean} [danger]
 */

/** @type {Record<string, Kind>} */
export const ACTIONS = {
  stop: { word: 'Stop', past: 'stopped', applies: ['pending', 'running'], says: 'It is done at once. They end and do not go on.', icon: 'stop', danger: true },
  retry: { word: 'Retry', past: 'retried', applies: ['failed', 'stopped'], says: 'Each becomes a new job with the same request.', icon: 'retry' },
  prioritize: { word: 'Prioritize', past: 'prioritized', applies: ['pending'], says: 'Those of a higher priority start first.', icon: 'up' },
  remove: { word: 'Remove', past: 'removed', applies: ['pending', 'completed', 'failed', 'stopped'], says: 'They are deleted with their logs, results and files.', icon: 'remove', danger: true },
};

/**
 * Which jobs: either some ids, or a filter with exceptions.
 *
 * @typedef {object} Target
 * @property {string[]} [ids]
 * @property {Record<string, string>} [filter]
 * @property {string[]} [except]
 * @property {string} words such as `the 3 selected jobs`
 */

/** Asks, and acts. @param {string} name one of ACTIONS @param {Target} target @returns {Promise<boolean>} whether anything was done */
export async function actOnJobs(name, target) {
  const act = new BulkAct(name, target);
  const done = await openDialog((close, redraw) => act.draw(close, redraw), { label: ACTIONS[name].word + ' jobs', kind: 'sheet' });
  act.cancel();
  return done === true || act.hasBegun;
}

class BulkAct {
  hasBegun = false;
  #matched = -1;
  /** The jobs whose turn has come, when they are known by name. @type {string[]} */
  #acted = [];
  #done = 0;
  #skipped = 0;
  #failed = 0;
  /** @type {any[]} */
  #failures = [];
  #isOver = false;
  #isCancelled = false;
  #isFirst = true;
  #priority = 10;
  #typed = '';
  /** @type {import('../core/api.js').Problem | null} */
  #problem = null;

  /** @param {string} name @param {Target} target */
  constructor(name, target) {
    this.name = name;
    this.kind = ACTIONS[name];
    this.target = target;
  }

  cancel() {
    this.#isCancelled = true;
  }

  get #body() {
    const { ids, filter, except } = this.target;
    return { action: this.name, ...(ids ? { ids } : { filter }), ...(except && except.length > 0 ? { except } : {}), ...(this.name === 'prioritize' ? { priority: this.#priority } : {}) };
  }

  /** @param {() => void} redraw */
  async #count(redraw) {
    try {
      this.#matched = 0;
      for (const body of this.target.ids ? this.#slices(this.target.ids) : [this.#body]) {
        this.#matched += (await post('/jobs/actions', { ...body, dry_run: true })).matched;
      }
    } catch (failure) {
      this.#problem = asProblem(failure);
    }
    redraw();
  }

  /** @param {(value?: any) => void} close @param {() => void} redraw */
  async #run(close, redraw) {
    this.hasBegun = true;
    this.#problem = null;
    redraw();
    try {
      if (this.#matched > MANY) {
        const { job_id: id } = await post('/jobs/actions', { ...this.#body, async: true });
        toast('A job does it in the background.', 'done', { label: 'Watch it', run: () => router.go('jobs/' + id) });
        close(true);
        return;
      }
      await this.#parts(redraw);
      if (this.#failed === 0) {
        this.#tell();
        close(true);
        return;
      }
    } catch (failure) {
      this.#problem = asProblem(failure);
    }
    this.#isOver = true;
    redraw();
  }

  /** @param {() => void} redraw */
  async #parts(redraw) {
    const ids = this.target.ids ?? (this.name === 'stop' && this.#matched <= KNOWN ? await this.#named() : null);
    for (const body of ids ? this.#slices(ids) : [this.#body]) {
      let cursor = /** @type {string | null} */ (null);
      do {
        if (this.#isCancelled) {
          return;
        }
        const report = await post('/jobs/actions', { ...body, ...(cursor ? { cursor } : {}) });
        this.#acted.push(...(body.ids ?? []));
        this.#done += report.done;
        this.#skipped += report.skipped;
        this.#failed += report.failed_count;
        this.#failures = [...this.#failures, ...report.failed].slice(0, 5);
        cursor = report.complete ? null : report.next_cursor;
        redraw();
      } while (cursor);
    }
  }

  /** The names of the jobs that match now. */
  async #named() {
    const except = new Set(this.target.except ?? []);
    /** @type {string[]} */
    const ids = [];
    let cursor = '';
    do {
      const page = await get('/jobs', { query: { ...this.target.filter, limit: NAMED, cursor } });
      ids.push(...page.jobs.map((/** @type {any} */ job) => job.id).filter((/** @type {string} */ id) => !except.has(id)));
      cursor = page.next_cursor ?? '';
    } while (cursor && ids.length < KNOWN && !this.#isCancelled);
    return ids;
  }

  /** The requests for jobs by their names. @param {string[]} ids @returns {any[]} */
  #slices(ids) {
    const { filter: unused, except: none, ...body } = /** @type {any} */ (this.#body);
    return Array.from({ length: Math.ceil(ids.length / NAMED) }, (each, index) => ({ ...body, ids: ids.slice(index * NAMED, (index + 1) * NAMED) }));
  }

  #tell() {
    const text = plural(this.#done, 'job') + ' ' + (this.#done === 1 ? 'was ' : 'were ') + this.kind.past + (this.#skipped > 0 ? '; ' + number(this.#skipped) + ' had changed meanwhile' : '') + '.';
    const ids = this.#acted;
    const undo = this.name === 'stop' && ids.length > 0 && this.#done > 0 ? { label: 'Start again', run: () => actOnJobs('retry', { ids, words: 'the jobs that were stopped' }) } : undefined;
    toast(text, 'done', undo);
  }

  /** @param {(value?: any) => void} close @param {() => void} redraw */
  draw(close, redraw) {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#count(redraw);
    }
    const count = Math.max(0, this.#matched);
    const isRunning = this.hasBegun && !this.#isOver;
    const mustType = count >= TYPED && this.kind.danger && !this.hasBegun;
    const isReady = this.#matched > 0 && !this.hasBegun && (!mustType || this.#typed.replace(/\D/g, '') === String(count));
    return html`
      <div class="head"><h2>${this.#matched < 0 ? this.kind.word + ' jobs' : this.kind.word + ' ' + plural(count, 'job') + '?'}</h2></div>
      <div class="body">
        ${this.#matched < 0 && !this.#problem ? html`<p class="muted" role="status">Counting …</p>` : nothing}
        ${this.#matched === 0 ? html`<p>None of ${this.target.words} can be ${this.kind.past} now.</p>` : nothing}
        ${this.#matched > 0 ? html`<p>This ${this.name === 'stop' ? 'stops' : this.name === 'retry' ? 'retries' : this.name === 'remove' ? 'removes' : 'prioritizes'} <strong class="num">${plural(count, 'job')}</strong>: ${this.target.words}${this.target.except?.length ? ', but for ' + number(this.target.except.length) : ''}. ${this.kind.says}</p>` : nothing}
        ${this.name === 'stop' && count > 0 && !this.hasBegun ? html`<p class="muted small">${count <= KNOWN ? '“Start again”, in the message afterwards, makes new jobs of the same requests; what was done by half begins anew.' : 'So many are not started again with one press: select those that are stopped, and retry them.'}</p>` : nothing}
        ${this.name === 'prioritize' && !this.hasBegun ? html`<div class="field"><label for="priority">Priority</label><input id="priority" type="text" inputmode="numeric" value="10" @input=${(/** @type {any} */ event) => { this.#priority = Math.trunc(Number(event.target.value)) || 0; }}><p class="hint">-1,000 to 1,000; higher ones start first, 0 is usual.</p></div>` : nothing}
        ${mustType ? html`<div class="field"><label for="typed">Type ${count} to go on</label><input id="typed" type="text" inputmode="numeric" autocomplete="off" @input=${(/** @type {any} */ event) => { this.#typed = event.target.value; redraw(); }}></div>` : nothing}
        ${isRunning ? html`<div class="stack tight" role="status"><progress max=${count || 1} value=${this.#done + this.#skipped + this.#failed} aria-label="Progress"></progress><span class="num">${number(this.#done + this.#skipped + this.#failed)} of ${number(count)}</span></div>` : nothing}
        ${this.#failures.length > 0 ? html`<div class="trouble" role="alert"><p>${plural(this.#done, 'job')} done; of ${number(this.#failed)} it failed:</p><ul>${this.#failures.map(each => html`<li><a href=${link('jobs/' + each.id)}>${each.id.slice(0, 8)}</a> ${each.detail}</li>`)}</ul></div>` : nothing}
        ${this.#problem ? html`<p class="trouble" role="alert">${this.#problem.message} ${prose(this.#problem.remedy)}</p>` : nothing}
      </div>
      <div class="foot">
        ${this.hasBegun ? nothing : html`<button class="button first ${this.kind.danger ? 'danger' : ''}" type="button" ?disabled=${!isReady} @click=${() => this.#run(close, redraw)}>${this.kind.word} ${count > 0 ? plural(count, 'job') : ''}</button>`}
        <button class="button" type="button" autofocus @click=${() => close(false)}>${this.#isOver ? 'Close' : isRunning ? 'Stop here' : this.name === 'stop' ? 'Keep running' : 'Cancel'}</button>
      </div>`;
  }
}
