/** Queue and workers: why jobs wait, in which order they would start, and who runs them. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, patch, remove, send, serverNow } from '../core/api.js';
import { css } from '../core/css.js';
import { number, plural, shortId } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, elapsed, exact } from '../core/time.js';
import { prose } from '../design/prose.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import '../design/grid.js';
import { Page } from './page.js';

const SHOWN = 500;
const REST_MS = 1000;

/** The server tells of a worker that is silent for 15 seconds, and forgets it after 30. */
const SILENCE_MS = 12_000;
const EXPIRY_MS = 30_000;

export default class extends Page {
  /** @type {any} */
  #queue = null;
  /** @type {any[]} */
  #reasons = [];
  /** @type {any[]} */
  #workers = [];
  /** The server's own worker, which cannot be removed. */
  #own = '';
  #isResting = false;
  #isDirty = false;

  begin() {
    this.on('job', () => this.#soon());
    this.on('queue', () => this.#soon());
    this.on('worker', () => this.#soon());
  }

  /** Reads anew, once a second at most. */
  #soon() {
    this.#isDirty = true;
    if (this.#isResting) {
      return;
    }
    this.#isResting = true;
    this.#isDirty = false;
    this.refresh().finally(() => setTimeout(() => {
      this.#isResting = false;
      if (this.#isDirty && !this.signal.aborted) {
        this.#soon();
      }
    }, REST_MS));
  }

  async load() {
    this.#own ||= (await get('/status', { signal: this.signal })).worker_id;
    const [queue, reasons, workers] = await Promise.all([
      get('/queue', { query: { limit: SHOWN }, signal: this.signal }),
      get('/queue/reasons', { signal: this.signal }),
      get('/workers', { signal: this.signal }),
    ]);
    this.#queue = queue;
    this.#reasons = reasons.reasons;
    const now = serverNow();
    this.#workers = workers.workers.map((/** @type {any} */ each) => ({ ...each, isSilent: now - Date.parse(each.seen_at) > SILENCE_MS }));
  }

  /** @param {boolean} disabled */
  async #pause(disabled) {
    if (await this.attempt('queue', () => patch('/queue', { disabled }))) {
      toast(disabled ? 'The queue is paused: nothing starts, and what runs goes on.' : 'The queue goes on.');
      this.refresh();
    }
  }

  async #clear() {
    const waiting = this.#queue.entries;
    const isDone = await confirmed({
      title: 'Remove all waiting jobs?',
      text: html`<p>${plural(waiting, 'waiting job')} ${waiting === 1 ? 'is' : 'are'} removed, also those that are scheduled for later. This cannot be undone. Jobs that run go on.</p>`,
      yes: 'Remove ' + plural(waiting, 'job'),
      no: 'Keep them',
      danger: true,
      typed: waiting > 1000 ? String(waiting) : undefined,
      act: () => remove('/queue'),
    });
    if (isDone) {
      toast('The waiting jobs were removed.');
      this.refresh();
    }
  }

  /** @param {any} worker */
  async #able(worker) {
    const disabled = !worker.attributes.disabled;
    if (await this.attempt('worker-' + worker.worker_id, () => patch('/workers/' + encodeURIComponent(worker.worker_id), { disabled }))) {
      toast(nameOf(worker) + (disabled ? ' gets no further jobs.' : ' gets jobs again.'));
      this.refresh();
    }
  }

  /** Drains a server, or takes it back. @param {any} worker */
  async #drain(worker) {
    const path = '/workers/' + encodeURIComponent(worker.worker_id);
    if (worker.attributes.drain) {
      if (await this.attempt('worker-' + worker.worker_id, () => patch(path, { drain: false }))) {
        toast(nameOf(worker) + ' takes jobs again.');
        this.refresh();
      }
    } else if (await confirmed({
      title: 'Drain ' + nameOf(worker) + '?',
      text: html`<p>It takes no jobs, also after a restart, until it is taken back. Those that it runs ${this.#servers > 1 ? 'go on at other servers' : 'wait'} from their next checkpoints. It goes on to answer.</p>`,
      yes: 'Drain it',
      no: 'Leave it',
      act: () => patch(path, { drain: true }),
    })) {
      this.refresh();
    }
  }

  /** The number of servers that share the store. */
  get #servers() {
    return this.#workers.filter(worker => worker.server).length;
  }

  /** @param {any} worker */
  async #forget(worker) {
    if (await confirmed({ title: 'Remove the worker ' + nameOf(worker) + '?', text: 'It leaves the list until its next heartbeat.', yes: 'Remove worker', no: 'Keep it', danger: true, act: () => send('DELETE', '/workers/' + encodeURIComponent(worker.worker_id)) })) {
      this.refresh();
    }
  }

  render() {
    const queue = this.#queue;
    const mayAct = session.may('operator');
    const isPaused = queue?.attributes.disabled === true;
    return html`
      <div class="page-head"><h1>Queue and workers</h1>${isPaused ? statusOf('paused', 'the queue is paused') : nothing}
        ${queue && mayAct ? html`<div class="end"><button class="button ${isPaused ? 'first' : ''}" type="button" ?disabled=${this.isBusy('queue')} @click=${() => this.#pause(!isPaused)}>${icon(isPaused ? 'play' : 'pause')}${isPaused ? 'Let the queue go on' : 'Pause the queue'}</button>
          ${queue.entries > 0 ? html`<button class="button danger" type="button" @click=${() => this.#clear()}>Remove all waiting</button>` : nothing}</div>` : nothing}</div>
      ${this.trouble('queue')}
      ${this.refusal && !queue ? refused(this.refusal, () => this.refresh()) : queue === null ? loading(6) : html`<div class="stack wide">${this.#why(queue)}${this.#workersCard(mayAct)}${this.#order(queue)}</div>`}`;
  }

  /** @param {any} queue */
  #why(queue) {
    return html`<section class="card"><header><h2>Why jobs wait</h2><span class="more muted small">${queue.entries === 0 ? '' : number(queue.entries) + ' waiting'}</span></header><div class="inside">${this.#reasons.length === 0 ? html`<p class="muted">No job waits.</p>` : html`<table class="plain cards"><thead><tr><th class="right">Jobs</th><th>Reason</th><th>What lets them run</th><th>Oldest</th></tr></thead><tbody>${this.#reasons.map(
      each => html`<tr><td class="right num strong">${number(each.count)}<span class="narrow-word"> ${each.count === 1 ? 'job' : 'jobs'}</span></td><td>${each.sentence}</td><td class="muted">${prose(each.unblocked_by)}</td><td class="nowrap"><span class="narrow-word muted small">oldest </span>${ago(each.oldest_created_at)}</td></tr>`,
    )}</tbody></table>`}</div></section>`;
  }

  /** @param {boolean} mayAct */
  #workersCard(mayAct) {
    return html`<section class="card"><header><h2>Workers</h2><span class="more muted small">${this.#workers.length === 0 ? '' : plural(this.#workers.length, 'worker')}</span></header><div class="inside">${this.#workers.length === 0 ? html`<p class="muted">None has been heard within 30 seconds.</p>` : html`<table class="plain cards"><thead><tr><th>Host</th><th>State</th><th>Runs</th><th>Version</th><th>Heartbeats</th>${mayAct ? html`<th><span class="away">Actions</span></th>` : nothing}</tr></thead><tbody>${this.#workers.map(worker => this.#worker(worker, mayAct))}</tbody></table>`}</div></section>`;
  }

  /** @param {any} worker @param {boolean} mayAct */
  #worker(worker, mayAct) {
    const isOff = worker.attributes.disabled;
    const isServer = worker.server || worker.worker_id === this.#own;
    const isBusy = this.isBusy('worker-' + worker.worker_id);
    return html`<tr class=${isOff || worker.drain_state ? 'off' : ''}>
      <td><strong>${nameOf(worker)}</strong><br><span class="mono muted small">${worker.worker_id}</span></td>
      <td>${worker.drain_state ? statusOf('paused', worker.drain_state) : isOff ? statusOf('paused', 'disabled') : worker.status === 'in_progress' ? statusOf('running', 'busy') : statusOf('completed', worker.status)}</td>
      <td>${worker.running.length === 0 ? html`<span class="muted"><span class="narrow-word">runs </span>nothing</span>` : html`<ul class="stack tight">${worker.running.slice(0, 20).map((/** @type {any} */ each) => html`<li class="runs"><a class="cut" href=${link('jobs/' + each.job_id)}>${each.job_title || each.task || shortId(each.job_id)}</a><progress max="100" value=${each.progress ?? 0} aria-label=${'Progress of ' + (each.job_title || each.task)}></progress><span class="num muted small">${Math.round(each.progress ?? 0)} %</span></li>`)}${worker.running.length > 20 ? html`<li class="muted small">and ${worker.running.length - 20} more</li>` : nothing}</ul>`}</td>
      <td class="num">${worker.version}</td>
      <td class="nowrap">${worker.isSilent ? html`${statusOf('warning', 'silent')}<br><span class="small muted">last one ${ago(worker.seen_at)}, lost ${ago(new Date(Date.parse(worker.seen_at) + EXPIRY_MS).toISOString())}</span>` : html`<span class="muted"><span class="narrow-word">heartbeats </span></span><span class="muted" title=${'The last one that was read came at ' + exact(worker.seen_at)}>regular</span>`}</td>
      ${mayAct ? html`<td class="right nowrap">${isServer ? html`<button class="button mini" type="button" ?disabled=${isBusy} @click=${() => this.#drain(worker)} aria-label=${(worker.attributes.drain ? 'Take back ' : 'Drain ') + nameOf(worker)}>${worker.attributes.drain ? 'Take back' : 'Drain'}</button> ` : nothing}<button class="button mini" type="button" ?disabled=${isBusy} @click=${() => this.#able(worker)} aria-label=${(isOff ? 'Enable ' : 'Disable ') + nameOf(worker)}>${isOff ? 'Enable' : 'Disable'}</button> ${worker.worker_id === this.#own ? nothing : html`<button class="button mini quiet square" type="button" aria-label=${'Remove ' + nameOf(worker)} @click=${() => this.#forget(worker)}>${icon('remove')}</button>`}${this.trouble('worker-' + worker.worker_id)}</td>` : nothing}</tr>`;
  }

  /** @param {any} queue */
  #order(queue) {
    if (queue.queue.length === 0) {
      return empty('The queue is empty', session.may('operator') ? html`<a href=${link('new')}>Start a job</a>.` : nothing, true);
    }
    const more = queue.entries - queue.queue.length;
    return html`<section class="stack"><h2>In this order</h2>
      <pawl-grid class=${more > 0 ? 'fit-grid ends' : 'fit-grid'} .columns=${COLUMNS} .rows=${queue.queue} .total=${queue.entries} .label=${'Waiting jobs in order'} .least=${'640px'} .href=${(/** @type {any} */ row) => link('jobs/' + row.id)} .onopen=${(/** @type {any} */ row) => router.go('jobs/' + row.id)} .end=${more > 0 ? html`and <a href=${link('jobs', { status: 'pending' })}>${number(more)} more</a>` : nothing}
        ${css({ '--rows': String(queue.queue.length) })}></pawl-grid></section>`;
  }
}

/** @param {any} worker */
function nameOf(worker) {
  return worker.server?.name || worker.hostname || worker.worker_id;
}

const COLUMNS = [
  { name: '', width: '64px', kind: 'right hides', cell: (/** @type {any} */ row) => html`<span class="num muted">${row.reason?.position ?? ''}</span>` },
  { name: 'Job', width: 'minmax(160px, 1.5fr)', cell: (/** @type {any} */ row) => html`<a class="strong" href=${link('jobs/' + row.id)}>${row.job_title}</a>` },
  { name: 'Module', width: 'minmax(90px, 1fr)', kind: 'hides', cell: (/** @type {any} */ row) => html`<span class="muted">${row.module_id ?? row.module}</span>` },
  { name: 'Why', width: 'minmax(180px, 3fr)', kind: 'whole', cell: (/** @type {any} */ row) => html`<span title=${row.reason?.sentence ?? ''}>${row.reason?.sentence ?? ''}</span>` },
  { name: 'Waits', width: '100px', cell: (/** @type {any} */ row) => elapsed(row.created_at) },
];
