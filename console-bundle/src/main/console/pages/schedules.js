/** Schedules: the week ahead by density, and all of them by their next time. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, getAll, serverNow } from '../core/api.js';
import { css } from '../core/css.js';
import { plural } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, shortClock, timeOf, zone } from '../core/time.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import '../design/grid.js';
import '../schedules/editor.js';
import { Page } from './page.js';

const HOUR_MS = 3_600_000;
const WEEK_H = 168;
const MOST = 10_000;
const FEW = 6;
const REST_MS = 1500;
const NAMED = 5;

export default class extends Page {
  /** @type {any[] | null} */
  #schedules = null;
  /** @type {any[]} */
  #fires = [];
  #isCut = false;
  /** @type {any[] | null} */
  #modules = null;
  /** @type {import('../schedules/editor.js').ScheduleEditor | null} */
  #editor = null;
  #isResting = false;

  begin() {
    this.on('schedule', () => this.#soon());
    this.on('job', events => {
      const known = new Map((this.#schedules ?? []).map(each => [each.last_job_id, each]));
      for (const event of events) {
        const schedule = known.get(event.id ?? event.job?.id);
        if (schedule && event.status) {
          schedule.last_status = event.status;
          this.changed();
        }
      }
    });
  }

  /** Reads anew, not more often than is good. */
  #soon() {
    if (!this.#isResting) {
      this.#isResting = true;
      setTimeout(() => { this.#isResting = false; if (!this.signal.aborted) { this.refresh(); } }, REST_MS);
    }
  }

  async load() {
    if (this.query.has('new') && session.may('operator')) {
      this.#modules ??= (await get('/modules', { signal: this.signal })).modules;
      return;
    }
    this.#editor = null;
    const from = new Date(Math.floor(serverNow() / HOUR_MS) * HOUR_MS);
    const [all, upcoming] = await Promise.all([
      getAll('/schedules', 'schedules', this.signal, all => all.length < MOST),
      get('/schedules/upcoming', { query: { from: new Date(serverNow()).toISOString(), to: new Date(from.getTime() + WEEK_H * HOUR_MS).toISOString() }, signal: this.signal }),
    ]);
    this.#schedules = all;
    this.#fires = upcoming.fires;
    this.#isCut = upcoming.fires.length >= upcoming.limit;
  }

  moved() {
    if (this.query.has('new') || !this.#schedules) {
      this.refresh();
    } else if (this.#editor) {
      this.#editor = null;
      this.refresh();
    } else {
      this.changed();
    }
  }

  render() {
    const isNew = this.query.has('new') && session.may('operator');
    return html`
      <div class="page-head"><h1>${isNew ? 'New schedule' : 'Schedules'}</h1>${!isNew ? html`<span class="muted small">Times in ${zone()}</span>` : nothing}
        ${session.may('operator') && !isNew ? html`<div class="end"><a class="button first" href=${link('schedules', { new: '1' })}>${icon('new')}New schedule</a></div>` : nothing}</div>
      ${isNew ? this.#made() : this.refusal && !this.#schedules ? refused(this.refusal, () => this.refresh()) : this.#schedules === null ? loading(6) : this.#body(this.#schedules)}`;
  }

  #made() {
    if (!this.#modules) {
      return this.refusal ? refused(this.refusal, () => this.refresh()) : loading(5);
    }
    if (!this.#editor) {
      this.#editor = /** @type {import('../schedules/editor.js').ScheduleEditor} */ (document.createElement('pawl-schedule-editor'));
      this.#editor.modules = this.#modules;
      this.#editor.onsaved = name => { toast('The schedule was made.'); router.go('schedules/' + encodeURIComponent(name)); };
      this.#editor.oncancel = () => router.go('schedules');
    }
    return this.#editor;
  }

  /** @param {any[]} all */
  #body(all) {
    if (all.length === 0) {
      return empty('There is no schedule yet', session.may('operator') ? html`<a href=${link('schedules', { new: '1' })}>Make one</a>, and its jobs start by themselves.` : 'An operator can make one.');
    }
    const words = (this.query.get('q') ?? '').toLowerCase();
    const shown = all.filter(each => (each.name + ' ' + each.sentence + ' ' + (each.job.module_id ?? '')).toLowerCase().includes(words));
    shown.sort((one, other) => (one.next_at ?? '9').localeCompare(other.next_at ?? '9') || one.name.localeCompare(other.name));
    return html`<div class="stack wide">
      <div class="ahead"><section class="card"><header><h2>Next</h2></header><div class="inside">${this.#fires.length === 0 ? html`<p class="muted">Nothing is due within a week.</p>` : html`<ol class="stack tight">${this.#fires.slice(0, 8).map(fire => html`<li class="line keep"><span class="num muted next-at">${shortClock(fire.due_at)}</span><a class="cut" href=${link('schedules/' + encodeURIComponent(fire.schedule))}>${fire.schedule}</a><span class="muted small nowrap">${ago(fire.due_at)}</span></li>`)}</ol>`}</div></section>
        <section class="card"><header><h2>The week ahead</h2><span class="more muted small">${this.#isCut ? 'The next 1,000 due times' : plural(this.#fires.length, 'due time')}</span></header><div class="inside scrolls" role="region" aria-label="The week ahead, by hours" tabindex="0">${this.#week()}</div></section></div>
      ${all.length < FEW ? nothing : html`<div class="field slim"><label class="away" for="schedule-filter">Find a schedule</label><input id="schedule-filter" type="search" placeholder=${'Find one of ' + all.length} .value=${this.query.get('q') ?? ''} @input=${(/** @type {any} */ event) => router.set({ q: event.target.value }, { replace: true })}></div>`}
      ${shown.length === 0 ? empty('No schedule has such a name', html`<a href=${link('schedules')}>Show all</a>`) : html`<pawl-grid class="fit-grid" .columns=${COLUMNS} .rows=${shown} .total=${shown.length} .label=${'Schedules'} .least=${'680px'} .key=${(/** @type {any} */ row) => row.name} .href=${(/** @type {any} */ row) => address(row)} .onopen=${(/** @type {any} */ row) => router.goTo(address(row))} ${css({ '--rows': String(shown.length) })}></pawl-grid>`}
    </div>`;
  }

  /** Days by hours, shaded by the number of due times. */
  #week() {
    const parts = new Intl.DateTimeFormat('en-GB', { timeZone: zone(), weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', hourCycle: 'h23' });
    const place = (/** @type {number} */ at) => {
      const found = Object.fromEntries(parts.formatToParts(at).map(each => [each.type, each.value]));
      return { day: found.weekday + ' ' + found.day + ' ' + found.month, hour: Number(found.hour) };
    };
    /** @type {Map<string, string[][]>} */
    const days = new Map();
    for (let hour = 0; hour < WEEK_H; hour++) {
      const { day } = place(serverNow() + hour * HOUR_MS);
      if (!days.has(day)) {
        days.set(day, Array.from({ length: 24 }, () => []));
      }
    }
    for (const fire of this.#fires) {
      const { day, hour } = place(Date.parse(fire.due_at));
      days.get(day)?.[hour].push(fire.schedule);
    }
    const most = Math.max(1, ...[...days.values()].flat().map(names => names.length));
    return html`<table class="week"><caption class="away">Due times by day and hour</caption><thead><tr><th><span class="away">Day</span></th>${Array.from({ length: 24 }, (unused, hour) => html`<th scope="col">${hour % 3 === 0 ? String(hour).padStart(2, '0') : html`<span class="away">${hour}</span>`}</th>`)}</tr></thead>
      <tbody>${[...days].map(([day, hours]) => html`<tr><th scope="row">${day}</th>${hours.map((names, hour) => html`<td title=${day + ' ' + String(hour).padStart(2, '0') + ':00, ' + plural(names.length, 'due time') + named(names)} ${css({ '--heat': names.length === 0 ? '0%' : Math.round(18 + 72 * (names.length / most)) + '%' })}><span class="away">${names.length}</span></td>`)}</tr>`)}</tbody></table>`;
  }
}

/** The schedules of an hour, for the one who points at it. @param {string[]} names */
function named(names) {
  const each = [...new Set(names)];
  return each.length === 0 ? '' : ': ' + each.slice(0, NAMED).join(', ') + (each.length > NAMED ? ' and ' + (each.length - NAMED) + ' more' : '');
}

/** @param {any} schedule */
function address(schedule) {
  return link('schedules/' + encodeURIComponent(schedule.name));
}

const COLUMNS = [
  { name: 'Name', width: 'minmax(140px, 1fr)', cell: (/** @type {any} */ row) => html`<a class="strong" href=${address(row)}>${row.name}</a>` },
  { name: 'When', width: 'minmax(180px, 2fr)', kind: 'whole', cell: (/** @type {any} */ row) => html`<span title=${row.sentence}>${row.sentence}</span>` },
  { name: 'Starts', width: 'minmax(90px, 1fr)', kind: 'hides', cell: (/** @type {any} */ row) => html`<span class="muted">${row.job.module_id ?? row.job.tasks?.map((/** @type {any} */ each) => each.module).join(', ')}</span>` },
  { name: 'Next', width: '150px', cell: (/** @type {any} */ row) => (row.paused ? statusOf('paused') : row.next_at ? html`<span class="num">${timeOf(row.next_at)}</span>` : html`<span class="muted">over</span>`) },
  { name: 'Last job', width: '120px', kind: 'hides', cell: (/** @type {any} */ row) => (row.last_status ? html`<a href=${link('jobs/' + row.last_job_id)}>${statusOf(row.last_status)}</a>` : html`<span class="muted">–</span>`) },
];
