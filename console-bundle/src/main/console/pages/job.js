/** One job: where it stands and why, its runs, its log, and all that it made. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { getExact, post, remove, serverNow } from '../core/api.js';
import { copy } from '../core/copy.js';
import { duration, shortId } from '../core/format.js';
import { addShortcuts } from '../core/keys.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, elapsed, timeOf } from '../core/time.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { prose } from '../design/prose.js';
import { loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import '../design/json-tree.js';
import { remember } from '../core/recent.js';
import { artifactsTab } from './job-artifacts.js';
import { deliveriesTab, nextTry } from './job-deliveries.js';
import { inputsTab, checkpointTab } from './job-inputs.js';
import { askToRetry } from './job-retry.js';
import { failureCard, timeline } from './job-runs.js';
import './job-results.js';
import './log-view.js';
import { Page } from './page.js';

const TABS = [['log', 'Log'], ['results', 'Results'], ['inputs', 'Inputs'], ['artifacts', 'Artifacts'], ['checkpoint', 'Checkpoint'], ['deliveries', 'Deliveries']];
const SETTLE_MS = 300;

/** A callback has been tried so long after its time. */
const TRIED_MS = 1000;

export default class extends Page {
  /** @type {any} */
  #job = null;
  #isGone = false;
  #isSettling = false;

  /** Whether something was told of the job while it was being read. */
  #isTold = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #tried;

  begin() {
    this.on('job', events => this.#took(events));
    this.#shortcuts();
  }

  moved() {
    if (this.#job && !this.#job.id.startsWith(this.parts.id)) {
      this.#job = null;
      this.#isGone = false;
      this.drawNow(); // nothing of the other job stays
      this.refresh();
    }
    this.#readWhenTried();
    this.changed();
  }

  async load() {
    const id = this.parts.id;
    const job = await getExact('/jobs/' + encodeURIComponent(id), { signal: this.signal });
    if (id === this.parts.id) {
      this.#job = job;
      if (this.#isTold) { // the answer may be from before what was told
        this.#isTold = false;
        this.#settle();
      }
      this.name(job.job_title);
      remember(job.job_title, link('jobs/' + job.id));
      this.#readWhenTried();
    }
  }

  /** Reads the job once more after the next try of a callback, of which no event tells. */
  #readWhenTried() {
    clearTimeout(this.#tried);
    const next = this.#tab === 'deliveries' ? nextTry(this.#job) : null;
    if (next !== null) {
      this.#tried = setTimeout(() => !this.signal.aborted && this.refresh(), Math.max(0, next - serverNow()) + TRIED_MS);
    }
  }

  /** @param {any[]} events */
  #took(events) {
    if (!this.#job) {
      this.#isTold ||= events.some(event => event.id.startsWith(this.parts.id));
      return;
    }
    const mine = events.filter(event => event.id === this.#job.id);
    if (mine.length === 0) {
      return;
    }
    const last = mine.at(-1);
    if (last.change === 'removed') {
      this.#isGone = true;
    } else {
      this.#job = { ...this.#job, status: last.status, progress: last.progress, started_at: last.started_at, completed_at: last.completed_at, reason: last.reason, worker_id: last.worker_id, module: last.module };
      if (mine.some(event => event.change !== 'progress')) {
        this.#settle();
      }
      this.#log?.poke().catch(() => {});
    }
    this.changed();
  }

  /** Reads the job anew once its changes have settled. */
  #settle() {
    if (!this.#isSettling) {
      this.#isSettling = true;
      setTimeout(() => {
        this.#isSettling = false;
        if (!this.signal.aborted) {
          this.refresh();
        }
      }, SETTLE_MS);
    }
  }

  /** @returns {import('./log-view.js').LogView | null} */
  get #log() {
    return this.querySelector('pawl-log');
  }

  get #tab() {
    const tab = this.query.get('tab') ?? 'log';
    return TABS.some(([name]) => name === tab) ? tab : 'log';
  }

  get #tabs() {
    return TABS.filter(([name]) => name !== 'deliveries' || this.#job?.callback_url || (this.#job?.callbacks ?? []).length > 0);
  }

  #shortcuts() {
    const group = 'Job';
    const all = [
      ...TABS.map(([name, word], index) => ({ keys: String(index + 1), label: word, group, run: () => router.set({ tab: name === 'log' ? '' : name }, { replace: true }) })),
      { keys: 'u', label: 'Back to the list', group, run: () => router.goTo(list().back) },
      { keys: '[', label: 'Previous job of the list', group, run: () => this.#beside(-1) },
      { keys: ']', label: 'Next job of the list', group, run: () => this.#beside(1) },
    ];
    const acting = [
      { keys: 's', label: 'Stop', group, run: () => this.#canStop && this.#stop() },
      { keys: 'r', label: 'Retry', group, run: () => this.#canRetry && this.#retry({}) },
    ];
    addShortcuts(session.may('operator') ? [...all, ...acting] : all, this.signal);
  }

  /** @param {number} step */
  #beside(step) {
    const { ids } = list();
    const id = ids[ids.indexOf(this.#job?.id) + step];
    if (id && ids.includes(this.#job?.id)) {
      router.go('jobs/' + id);
    }
  }

  get #canStop() {
    return session.may('operator') && ['pending', 'running'].includes(this.#job?.status);
  }

  get #canRetry() {
    return session.may('operator') && ['failed', 'stopped'].includes(this.#job?.status);
  }

  async #stop() {
    const job = this.#job;
    const done = await confirmed({ title: 'Stop ' + job.job_title + '?', text: job.status === 'running' ? 'It is asked to end, then interrupted. What it has made stays.' : 'It is not started any more.', yes: 'Stop job', no: 'Keep running', danger: true, act: () => post('/jobs/' + job.id + '/stop') });
    if (done) {
      toast('The job was stopped.', 'done', { label: 'Start again', run: () => this.#retry({}) });
      this.refresh();
    }
  }

  async #remove() {
    const job = this.#job;
    const done = await confirmed({ title: 'Remove ' + job.job_title + '?', text: 'Its log, results and files are deleted.', yes: 'Remove job', danger: true, act: () => remove('/jobs/' + job.id) });
    if (done) {
      toast('The job was removed.');
      router.goTo(list().back);
    }
  }

  /** @param {{from_task?: number, inputs?: any}} how */
  async #retry(how) {
    const started = await this.attempt('retry', () => post('/jobs/' + this.#job.id + '/retry', how));
    if (started) {
      toast('A new job was started with the same request.');
      router.go('jobs/' + started.id);
    }
  }

  async #retryOtherwise() {
    const id = await askToRetry(this.#job);
    if (id) {
      router.go('jobs/' + id);
    }
  }

  render() {
    const job = this.#job;
    if (!job) {
      return this.refusal ? refused(this.refusal, () => this.refresh()) : loading(10);
    }
    const { ids, back } = list();
    const at = ids.indexOf(job.id);
    return html`
      <nav class="line job-way small" aria-label="Where this job is"><a href=${back}>${icon('left')}Jobs</a>${at >= 0 ? html`<span class="muted num">${at + 1} of the first ${ids.length}</span>
        ${ids[at - 1] ? html`<a href=${link('jobs/' + ids[at - 1])}>previous</a>` : nothing}${ids[at + 1] ? html`<a href=${link('jobs/' + ids[at + 1])}>next</a>` : nothing}` : nothing}</nav>
      <div class="page-head"><h1 class="job-title">${job.job_title}</h1>${statusOf(job.status)}<div class="end">${this.#actions(job)}</div></div>
      ${this.trouble('retry')}${this.trouble('resume')}
      ${this.#isGone ? html`<p class="notice">This job was removed. What you see is what it was.</p>` : nothing}
      ${this.#facts(job)}
      ${this.#standing(job)}
      ${failureCard(job)}
      ${timeline(job)}
      <div class="tabs" aria-label="Parts of the job" role="navigation">${this.#tabs.map(([name, word]) => html`<a href=${link('jobs/' + encodeURIComponent(this.parts.id), { tab: name === 'log' ? '' : name })} aria-current=${name === this.#tab ? 'page' : nothing}>${word}</a>`)}</div>
      <div class="job-part">${this.#part(job)}</div>`;
  }

  /** @param {any} job */
  #actions(job) {
    return html`
      ${this.#canRetry ? html`<button class="button first" type="button" ?disabled=${this.isBusy('retry')} @click=${() => this.#retry({})}>${icon('retry')}Retry</button>
        <button class="button" type="button" @click=${() => this.#retryOtherwise()}>Retry otherwise …</button>` : nothing}
      ${job.status === 'completed' && session.may('operator') ? html`<a class="button" href=${link('new', { from: job.id })}>${icon('retry')}Run again …</a>` : nothing}
      ${['completed', 'failed', 'stopped'].includes(job.status) && session.may('operator') && !this.#isGone ? html`<button class="button quiet" type="button" @click=${() => this.#remove()}>${icon('remove')}Remove</button>` : nothing}
      ${this.#canStop ? html`<span class="job-apart"></span><button class="button danger" type="button" @click=${() => this.#stop()}>${icon('stop')}Stop job</button>` : nothing}`;
  }

  /** @param {any} job */
  #facts(job) {
    return html`<p class="job-facts line small muted">
      <span><a href=${link('modules/' + encodeURIComponent(job.module))}>${job.module}</a>${job.module_version ? ' ' + job.module_version : ''}</span>
      <button class="button mini quiet" type="button" title="Copy the id" @click=${() => copy(job.id, 'Id copied')}><code>${shortId(job.id)}</code>${icon('copy')}</button>
      <span>requested ${ago(job.created_at)}${job.started_by ? ' by ' + job.started_by : ''}</span>
      ${job.started_at ? html`<span>started ${timeOf(job.started_at)}</span>` : nothing}
      ${job.completed_at ? html`<span>ended ${timeOf(job.completed_at)}, ran ${duration(job.elapsed_s * 1000)}</span>` : nothing}
      ${job.priority ? html`<span>priority ${job.priority}</span>` : nothing}
      ${job.attempt > 1 ? html`<span>attempt ${job.attempt} of ${job.retry.max_attempts}</span>` : nothing}
      ${job.retry_of ? html`<a href=${link('jobs/' + job.retry_of)}>retry of ${shortId(job.retry_of)}</a>` : nothing}</p>`;
  }

  /** Why it waits, or how far it is. @param {any} job */
  #standing(job) {
    if (job.status === 'running') {
      return html`<div class="card job-standing"><progress max="100" value=${job.progress ?? 0} aria-label="Progress"></progress><p class="line"><span class="strong num">${Math.floor(job.progress ?? 0)} %</span><span class="muted">${elapsed(job.started_at)}${job.worker_id ? html` on worker ${shortId(job.worker_id)}` : nothing}</span></p></div>`;
    }
    if (job.status === 'pending' && job.reason) {
      return html`<div class="card job-standing"><p class="strong">${prose(job.reason.sentence)}</p><p class="muted">${prose(job.reason.unblocked_by)} ${this.#remedy(job)}</p></div>`;
    }
    return nothing;
  }

  /** The control that would let it start. @param {any} job */
  #remedy(job) {
    const code = job.reason.code;
    const module = link('modules/' + encodeURIComponent(job.module));
    if (code.startsWith('module_')) {
      return html`<a href=${module}>Open the module</a>`;
    }
    if ((code === 'scheduled' || code === 'retry') && session.may('operator')) {
      return html`<button class="button mini" type="button" @click=${() => this.attempt('resume', () => post('/jobs/' + job.id + '/resume'))}>Start it now</button>`;
    }
    return code === 'queue_paused' || code === 'worker_disabled' || code === 'queued' ? html`<a href=${link('queue')}>Open the queue</a>` : (job.waiting_for ?? []).slice(0, 5).map((/** @type {any} */ other) => html`<a href=${link('jobs/' + (other.id ?? other))}>${shortId(other.id ?? other)}</a> `);
  }

  /** @param {any} job */
  #part(job) {
    switch (this.#tab) {
      case 'results':
        return html`<pawl-results .job=${job.id} .isOpen=${['pending', 'running'].includes(job.status)}></pawl-results>`;
      case 'inputs':
        return inputsTab(job);
      case 'artifacts':
        return artifactsTab(job);
      case 'checkpoint':
        return checkpointTab(job);
      case 'deliveries':
        return deliveriesTab(job, this);
      default:
        return html`<pawl-log .job=${job.id} .start=${job.started_at ?? job.created_at} .isOpen=${['pending', 'running'].includes(job.status)}></pawl-log>`;
    }
  }
}

/** The list from which the reader came. @returns {{back: string, ids: string[]}} */
function list() {
  try {
    const kept = JSON.parse(sessionStorage.getItem('pawl.list') ?? '{}');
    return { back: typeof kept.back === 'string' ? kept.back : link('jobs'), ids: Array.isArray(kept.ids) ? kept.ids : [] };
  } catch {
    return { back: link('jobs'), ids: [] };
  }
}
