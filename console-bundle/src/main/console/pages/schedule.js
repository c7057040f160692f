/** One schedule: when it is due next, what came of its due times, and its editor. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, post, remove, send } from '../core/api.js';
import { shortId } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, timeOf, zone } from '../core/time.js';
import { confirmed } from '../design/dialog.js';
import { statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { parse, print } from '../form/document.js';
import { there } from '../schedules/editor.js';
import { Page } from './page.js';

const NEXT = 10;
const PAGE = 100;

/** @type {Record<string, [string, string]>} */
const OUTCOMES = { started: ['completed', 'started'], skipped_overlap: ['stopped', 'skipped: the earlier job ran'], skipped_missed: ['stopped', 'skipped: the server was down'], failed: ['failed', 'failed'] };

export default class extends Page {
  /** @type {any} */
  #schedule = null;
  #text = '';
  #tag = '';
  /** @type {string[]} */
  #next = [];
  /** @type {any[]} */
  #fires = [];
  /** @type {string | null} */
  #before = null;
  /** @type {any[] | null} */
  #modules = null;
  /** @type {import('../schedules/editor.js').ScheduleEditor | null} */
  #editor = null;

  begin() {
    this.on('schedule', events => {
      if (events.some(event => event.name === this.parts.name)) {
        this.refresh();
      }
    });
  }

  get #path() {
    return '/schedules/' + encodeURIComponent(this.parts.name);
  }

  get #isEdited() {
    return this.query.has('edit') && session.may('operator');
  }

  async load() {
    const answer = await send('GET', this.#path, { signal: this.signal });
    this.#text = await answer.text();
    this.#tag = answer.headers.get('ETag') ?? '';
    this.#schedule = JSON.parse(this.#text);
    if (this.#isEdited) {
      this.#modules ??= (await get('/modules', { signal: this.signal })).modules;
      return;
    }
    this.#editor = null;
    const { cron, every, time_zone: timeZone, start_at: from, end_at: to } = this.#schedule;
    const [preview, history] = await Promise.all([
      this.#schedule.paused ? { next: [] } : post('/schedules/preview', { ...(cron ? { cron } : { every }), ...(timeZone ? { time_zone: timeZone } : {}), ...(from ? { start_at: from } : {}), ...(to ? { end_at: to } : {}), count: NEXT }, { signal: this.signal }),
      get(this.#path + '/history', { query: { limit: PAGE }, signal: this.signal }),
    ]);
    this.#next = preview.next;
    this.#fires = history.fires;
    this.#before = history.next_before;
  }

  async #more() {
    const page = await this.attempt('more', () => get(this.#path + '/history', { query: { limit: PAGE, before: this.#before }, signal: this.signal }));
    if (page) {
      this.#fires = [...this.#fires, ...page.fires];
      this.#before = page.next_before;
    }
  }

  async #run() {
    const started = await this.attempt('act', () => post(this.#path + '/run'));
    if (started) {
      toast('A job was started.', 'done', { label: 'Show it', run: () => router.go('jobs/' + started.job_id) });
      this.refresh();
    }
  }

  /** @param {boolean} paused */
  async #pause(paused) {
    if (await this.attempt('act', () => post(this.#path + (paused ? '/pause' : '/resume')))) {
      toast(paused ? 'Its due times pass without a job.' : 'Its jobs start again.');
      this.refresh();
    }
  }

  async #remove() {
    if (await confirmed({ title: 'Remove the schedule ' + this.parts.name + '?', text: 'Its jobs start no more; those that were started stay. Its history goes.', yes: 'Remove schedule', no: 'Keep it', danger: true, act: () => remove(this.#path) })) {
      toast('The schedule was removed.');
      router.go('schedules');
    }
  }

  render() {
    const schedule = this.#schedule;
    this.name(this.parts.name);
    if (!schedule || schedule.name !== this.parts.name) {
      return html`<div class="page-head"><h1>${this.parts.name}</h1></div>${this.refusal ? refused(this.refusal, () => this.refresh()) : loading(6)}`;
    }
    const mayAct = session.may('operator');
    return html`
      <div class="page-head"><h1>${schedule.name}</h1>${schedule.paused ? statusOf('paused') : nothing}<span class="muted">${schedule.sentence}</span>
        ${mayAct && !this.#isEdited ? html`<div class="end">
          <button class="button first" type="button" ?disabled=${this.isBusy('act')} @click=${() => this.#run()}>Run now</button>
          <button class="button" type="button" ?disabled=${this.isBusy('act')} @click=${() => this.#pause(!schedule.paused)}>${schedule.paused ? 'Resume' : 'Pause'}</button>
          <a class="button" href=${link(router.place.path, { edit: '1' })}>Edit</a>
          <button class="button danger" type="button" @click=${() => this.#remove()}>Remove</button></div>` : nothing}</div>
      ${this.trouble('act')}
      ${this.refusal ? refused(this.refusal, () => this.refresh()) : this.#isEdited ? this.#edited() : this.#shown(schedule)}`;
  }

  #edited() {
    if (!this.#modules) {
      return loading(5);
    }
    if (!this.#editor) {
      this.#editor = /** @type {import('../schedules/editor.js').ScheduleEditor} */ (document.createElement('pawl-schedule-editor'));
      this.#editor.text = this.#text;
      this.#editor.tag = this.#tag;
      this.#editor.modules = this.#modules;
      this.#editor.oncancel = () => router.go(router.place.path);
      this.#editor.onsaved = () => { toast('The schedule was saved.'); router.go(router.place.path); };
    }
    return html`${this.#tag !== this.#editor.tag ? html`<p class="notice">The schedule was changed meanwhile: what you save is refused. <button class="button mini" type="button" @click=${() => { this.#editor = null; this.changed(); }}>Show what there is now</button></p>` : nothing}${this.#editor}`;
  }

  /** @param {any} schedule */
  #shown(schedule) {
    const own = schedule.time_zone ?? '';
    const isElsewhere = own !== '' && own !== zone();
    return html`<div class="stack wide">
      <div class="ahead">
        <section class="card"><header><h2>Next times</h2></header><div class="inside">${this.#next.length === 0 ? html`<p class="muted">${schedule.paused ? 'It is paused.' : 'It is not due any more.'}</p>` : html`<table class="plain"><thead><tr><th>${zone()}</th>${isElsewhere ? html`<th>${own}</th>` : nothing}<th><span class="away">In</span></th></tr></thead><tbody>${this.#next.map(at => html`<tr><td class="num">${timeOf(at)}</td>${isElsewhere ? html`<td class="num">${there(at, own)}</td>` : nothing}<td class="muted small">${ago(at)}</td></tr>`)}</tbody></table>`}</div></section>
        <section class="card"><header><h2>What it starts</h2></header><div class="inside stack">
          <dl class="facts"><dt>${schedule.cron ? 'Cron' : 'Every'}</dt><dd class="mono">${schedule.cron ?? schedule.every}</dd><dt>Zone</dt><dd>${own || 'the server’s'}</dd><dt>Overlap</dt><dd>${schedule.overlap}</dd><dt>Missed</dt><dd>${schedule.missed}</dd>
            ${schedule.jitter ? html`<dt>Jitter</dt><dd>${schedule.jitter}</dd>` : nothing}${schedule.start_at ? html`<dt>From</dt><dd>${timeOf(schedule.start_at)}</dd>` : nothing}${schedule.end_at ? html`<dt>Until</dt><dd>${timeOf(schedule.end_at)}</dd>` : nothing}
            ${schedule.declared_by ? html`<dt>Declared by</dt><dd>${schedule.declared_by.kind} ${schedule.declared_by.name}${schedule.declared_by.changed ? ', changed since' : ''}</dd>` : nothing}<dt>Changed</dt><dd>${timeOf(schedule.changed_at)}</dd></dl>
          <pre>${jobText(this.#text)}</pre></div></section>
      </div>
      <section class="card"><header><h2>History</h2></header><div class="inside">${this.#fires.length === 0 ? empty('It has not been due yet', nothing, true) : html`<table class="plain cards"><thead><tr><th>Due</th><th>Fired</th><th>Outcome</th><th>Job</th></tr></thead><tbody>${this.#fires.map(fire => html`<tr><td class="num nowrap">${timeOf(fire.due_at)}</td><td class="num nowrap">${timeOf(fire.fired_at)}</td><td>${statusOf(...(OUTCOMES[fire.outcome] ?? ['warning', fire.outcome]))} <span class="muted small">${fire.detail}</span></td><td>${fire.job_id ? html`<a class="mono" href=${link('jobs/' + fire.job_id)}>${shortId(fire.job_id)}</a>` : nothing}</td></tr>`)}</tbody></table>
        ${this.#before ? html`<p><button class="button" type="button" ?disabled=${this.isBusy('more')} @click=${() => this.#more()}>Earlier ones</button></p>` : nothing}${this.trouble('more')}`}</div></section>
    </div>`;
  }
}

/** The job as it is kept, with every digit. @param {string} text */
function jobText(text) {
  const job = /** @type {Map<string, any>} */ (parse(text)).get('job');
  return print(job);
}
