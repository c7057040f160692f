/** The overview: the worst thing first, then what runs, what waits and why, what failed, and what comes next. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, patch, serverNow } from '../core/api.js';
import { number, plural, shortDuration } from '../core/format.js';
import { link } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, elapsed, shortClock } from '../core/time.js';
import { addShortcuts } from '../core/keys.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { prose } from '../design/prose.js';
import { loading, refused } from '../design/states.js';
import { RunningJobs } from './overview-running.js';
import { Throughput } from './overview-throughput.js';
import { failureGroups, moduleTroubles, verdict } from './overview-verdict.js';
import { Page } from './page.js';

const ROWS = 8;
const DAY_MS = 86_400_000;
const SETTLE_MS = 1500;

export default class extends Page {
  #running = new RunningJobs(() => this.changed());
  #hour = new Throughput('hour');
  #day = new Throughput('day');
  /** @type {any[]} */
  #reasons = [];
  /** @type {any[]} */
  #failures = [];
  /** @type {any[]} */
  #modules = [];
  /** @type {any[]} */
  #leaks = [];
  /** @type {any[]} */
  #fires = [];
  /** @type {Map<string, string>} */
  #hosts = new Map();
  #isQueuePaused = false;
  #isRead = false;
  /** @type {Set<string>} */
  #due = new Set();
  #isSettling = false;

  begin() {
    this.name('Overview');
    this.on('job', events => this.#took(events));
    this.on('queue', () => this.#settle('reasons'));
    this.on('module', () => this.#settle('modules', 'reasons'));
    this.on('worker', () => this.#settle('hosts'));
    this.on('schedule', () => this.#settle('fires'));
    addShortcuts([{ keys: 'r', label: 'Read everything anew', group: 'Overview', run: () => this.refresh() }], this.signal);
  }

  async load() {
    await Promise.all(['running', 'reasons', 'failures', 'modules', 'fires', 'series', 'hosts'].map(part => this.#read(part)));
    this.#isRead = true;
  }

  /** @param {string} part */
  async #read(part) {
    const options = { signal: this.signal };
    if (part === 'running') {
      const [list, counted] = await Promise.all([get('/jobs', { query: { status: 'running', limit: 100 }, ...options }), get('/jobs/counts', { query: { status: 'running' }, ...options })]);
      this.#running.replace(list.jobs, counted.counts.running);
    } else if (part === 'reasons') {
      const [reasons, queue] = await Promise.all([get('/queue/reasons', options), get('/queue', { query: { limit: 1 }, ...options })]);
      this.#reasons = reasons.reasons;
      this.#isQueuePaused = queue.attributes.disabled;
    } else if (part === 'failures') {
      this.#failures = failureGroups((await get('/jobs', { query: { status: 'failed', since: new Date(serverNow() - DAY_MS).toISOString(), limit: 200 }, ...options })).jobs);
    } else if (part === 'modules') {
      const answer = await get('/modules', options);
      this.#modules = answer.modules;
      this.#leaks = answer.leaks ?? [];
    } else if (part === 'fires') {
      this.#fires = (await get('/schedules/upcoming', { query: { limit: 5 }, ...options })).fires;
    } else if (part === 'hosts') {
      this.#hosts = new Map((await get('/workers', options)).workers.map((/** @type {any} */ worker) => [worker.worker_id, worker.hostname || worker.worker_id.slice(0, 8)]));
    } else {
      await Promise.all([this.#hour.load(this.signal), this.#day.load(this.signal)]);
    }
  }

  /** @param {any[]} events */
  #took(events) {
    this.#running.take(events);
    this.#hour.take(events);
    this.#day.take(events);
    if (events.some(event => event.status === 'failed')) {
      this.#settle('failures');
    }
    if (events.some(event => event.change !== 'progress')) {
      this.#settle('reasons');
    }
    this.changed();
  }

  /** Reads parts anew once things have settled: at most every second and a half, however much happens. @param {string[]} parts */
  #settle(...parts) {
    parts.forEach(part => this.#due.add(part));
    if (this.#isSettling || document.hidden) {
      return;
    }
    this.#isSettling = true;
    setTimeout(async () => {
      const due = [...this.#due];
      this.#due.clear();
      this.#isSettling = false;
      if (!this.signal.aborted) {
        await Promise.all(due.map(part => this.#read(part).catch(() => {}))); // what cannot be read now stays as it is; the bar says why
        this.changed();
      }
    }, SETTLE_MS);
  }

  async #toggleQueue() {
    const disabled = !this.#isQueuePaused;
    await confirmed({
      title: disabled ? 'Pause the queue?' : 'Let the queue go on?',
      text: disabled ? 'No job starts until it goes on. Jobs that run are not touched.' : 'Waiting jobs start in their order.',
      yes: disabled ? 'Pause queue' : 'Go on',
      act: () => patch('/queue', { disabled }),
    });
    await this.#read('reasons');
    this.changed();
  }

  render() {
    if (!this.#isRead) {
      return this.refusal ? refused(this.refusal, () => this.refresh()) : loading(8);
    }
    const troubles = moduleTroubles(this.#modules, this.#leaks);
    const word = verdict({ troubles, paused: this.#modules.filter(module => module.paused).length, reasons: this.#reasons, isQueuePaused: this.#isQueuePaused, failures: this.#failures, running: this.#running.total });
    return html`
      <div class="page-head"><h1 class="away">Overview</h1>
        <p class="verdict ${word.kind}">${statusOf(word.kind, word.sentence)}${word.href ? html` <a href=${word.href}>See</a>` : nothing}</p>
        <div class="end">${session.may('operator') ? html`<button class="button" type="button" @click=${() => this.#toggleQueue()}>${icon(this.#isQueuePaused ? 'play' : 'pause')}${this.#isQueuePaused ? 'Let the queue go on' : 'Pause the queue'}</button>` : nothing}</div>
      </div>
      <div class="overview">
        <div class="stack">
          ${this.#runningCard()} ${this.#waitingCard()} ${this.#failureCard()}
        </div>
        <div class="stack">
          ${this.#chartCard(this.#hour, 'Last hour', '1h')} ${this.#chartCard(this.#day, 'Last day', '24h')} ${this.#firesCard()} ${this.#moduleCard(troubles)}
        </div>
      </div>`;
  }

  #runningCard() {
    const rows = this.#running.rows(ROWS);
    const total = this.#running.total;
    return html`<section class="card"><header><h2>Running <span class="num muted">${number(total)}</span></h2>${total > rows.length ? html`<a class="more" href=${link('jobs', { status: 'running' })}>All ${number(total)}</a>` : nothing}</header>
      <div class="inside">${rows.length === 0 ? html`<p class="muted">Nothing runs now.</p>` : html`<ul class="rows">${rows.map(job => this.#runningRow(job))}</ul>`}</div></section>`;
  }

  /** @param {any} job */
  #runningRow(job) {
    const progress = job.progress ?? 0;
    return html`<li class="running-row">
      <a class="cut strong" href=${link('jobs/' + job.id)}>${job.job_title}</a>
      <progress max="100" value=${progress} aria-label="Progress of ${job.job_title}"></progress><span class="num right">${Math.floor(progress)} %</span>
      <span class="muted small cut">${job.module} · ${elapsed(job.started_at)} · ${this.#hosts.get(job.worker_id) ?? 'another worker'}</span></li>`;
  }

  #waitingCard() {
    const total = this.#reasons.reduce((sum, reason) => sum + reason.count, 0);
    const rows = this.#reasons.slice(0, ROWS);
    return html`<section class="card"><header><h2>Waiting <span class="num muted">${number(total)}</span></h2>${total > 0 ? html`<a class="more" href=${link('jobs', { status: 'pending' })}>All ${number(total)}</a>` : nothing}</header>
      <div class="inside">${rows.length === 0 ? html`<p class="muted">No job waits.</p>` : html`<ul class="rows">${rows.map(reason => html`<li class="waiting-row"><span class="num strong">${number(reason.count)}</span><span>${prose(reason.sentence)} <span class="muted small">${prose(reason.unblocked_by)}</span></span><span class="muted small nowrap" title="The oldest of them">${ago(reason.oldest_created_at)}</span></li>`)}</ul>`}</div></section>`;
  }

  #failureCard() {
    const rows = this.#failures.slice(0, ROWS);
    const day = { status: 'failed', since: '24h' };
    return html`<section class="card"><header><h2>Failures of the last day</h2>${this.#failures.length > 0 ? html`<a class="more" href=${link('jobs', day)}>All</a>` : nothing}</header>
      <div class="inside">${rows.length === 0 ? html`<p class="muted">No job has failed.</p>` : html`<ul class="rows">${rows.map(group => html`<li class="failure-row">${statusOf('failed', String(group.count))}<span class="cut"><a href=${group.count === 1 ? link('jobs/' + group.newest.id) : link('jobs', { ...day, module: group.module })} title=${group.line}>${group.line}</a></span><span class="muted small nowrap">${group.module} · ${ago(group.newest.completed_at)}</span></li>`)}</ul>`}</div></section>`;
  }

  /** @param {Throughput} series @param {string} title @param {string} since */
  #chartCard(series, title, since) {
    const sums = series.sums();
    return html`<section class="card"><header><h2>${title}</h2><span class="more"><a href=${link('jobs', { since })}>${plural(sums.ended, 'job')} ended</a>${sums.failed > 0 ? html`, <a class="bad" href=${link('jobs', { since, status: 'failed' })}>${number(sums.failed)} failed</a>` : nothing}</span></header>
      <div class="inside">${series.draw(title)}<p class="muted small line keep nowrap"><span>${shortClock(series.from)}</span><span class="grow"></span>${title === 'Last hour' && series.median() !== null ? html`<span>half of them run less than ${shortDuration(Math.max(1000, series.median() ?? 0))}</span>` : nothing}<span class="grow"></span><span>now</span></p></div></section>`;
  }

  #firesCard() {
    return html`<section class="card"><header><h2>Next by schedule</h2><a class="more" href=${link('schedules')}>All</a></header>
      <div class="inside">${this.#fires.length === 0 ? html`<p class="muted">No schedule is due.</p>` : html`<ul class="rows">${this.#fires.map(fire => html`<li class="fire-row"><span class="num">${shortClock(fire.due_at)}</span><a class="cut" href=${link('schedules/' + encodeURIComponent(fire.schedule))}>${fire.schedule}</a><span class="muted small nowrap">${ago(fire.due_at)}</span></li>`)}</ul>`}</div></section>`;
  }

  /** @param {ReturnType<typeof moduleTroubles>} troubles */
  #moduleCard(troubles) {
    if (troubles.length === 0) {
      return nothing;
    }
    return html`<section class="card"><header><h2>Modules with trouble</h2><a class="more" href=${link('modules')}>All</a></header>
      <div class="inside"><ul class="rows">${troubles.slice(0, ROWS).map(trouble => html`<li>${statusOf('warning', '')} <a href=${link('modules/' + encodeURIComponent(trouble.id))}>${trouble.name}</a> <span class="muted small">${prose(trouble.why)}</span></li>`)}</ul></div></section>`;
  }
}
