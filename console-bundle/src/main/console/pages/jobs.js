/** The jobs: any number of them, by what the address asks for, with actions on one, on some, or on all that match. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as liveValue } from '../lib/lit-html/directives/live.js';
import { get } from '../core/api.js';
import { count, number, plural } from '../core/format.js';
import { addShortcuts } from '../core/keys.js';
import { readList, write } from '../core/prefs.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { asProblem } from '../core/view.js';
import '../design/grid.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { ACTIONS, actOnJobs } from './jobs-actions.js';
import * as cells from './jobs-cells.js';
import { jobFilters } from './jobs-filters.js';
import { JobList, MOST_ROWS } from './jobs-list.js';
import { JobQuery, STATUSES } from './jobs-query.js';
import { Selection } from './jobs-selection.js';
import { Page } from './page.js';

const COUNT_PAUSE_MS = 2000;

export default class extends Page {
  #list = new JobList(new JobQuery(this.query));
  #selection = new Selection();
  #isRead = false;
  #isStale = false;
  #isCounting = false;
  /** @type {any[]} */
  #modules = [];

  begin() {
    this.name('Jobs');
    this.on('job', events => this.#took(events));
    this.on('queue', events => events.some(event => event.change === 'cleared') && this.refresh());
    get('/modules', { signal: this.signal }).then(answer => { this.#modules = answer.modules; this.changed(); }, () => {});
    this.#shortcuts();
  }

  moved() {
    const query = new JobQuery(this.query);
    if (query.key !== this.#list.query.key) {
      this.#selection.clear();
      this.#isStale = true;
      this.refresh();
    }
    this.changed();
  }

  async load() {
    const list = new JobList(new JobQuery(this.query));
    await list.load(this.signal);
    if (list.query.key !== new JobQuery(this.query).key) {
      return; // an answer to an older question
    }
    const isSame = this.#list.query.key === list.query.key;
    list.counts = isSame ? this.#list.counts : null;
    if (!isSame && this.#grid) {
      this.#grid.scrollTop = 0; // another question begins with its first answer
    }
    list.cappedAt = this.#list.cappedAt;
    this.#list = list;
    this.#isRead = true;
    this.#isStale = false;
    this.#count();
  }

  /** Counts once things have settled. */
  #count() {
    const list = this.#list;
    if (this.#isCounting) {
      return;
    }
    this.#isCounting = true;
    list.count(this.signal).catch(() => {}).finally(() => {
      this.changed();
      setTimeout(() => {
        this.#isCounting = false;
        if (list !== this.#list && !this.signal.aborted) {
          this.#count();
        }
      }, COUNT_PAUSE_MS);
    });
  }

  /** @param {any[]} events */
  #took(events) {
    this.#list.take(events);
    if (this.#list.waiting.length > 0 && this.#grid?.isAtRest && this.#list.query.isNewestFirst) {
      this.#list.admit();
    }
    if (events.some(event => event.change !== 'progress')) {
      this.#count();
    }
    this.changed();
  }

  /** @returns {import('../design/grid.js').Grid | null} */
  get #grid() {
    return this.querySelector('pawl-grid');
  }

  async #more() {
    try {
      if (await this.#list.more(this.signal)) {
        this.changed();
      }
    } catch (failure) {
      if (!this.signal.aborted) {
        this.refusal = asProblem(failure);
        this.changed();
      }
    }
  }

  /** @param {any} job */
  #open(job) {
    if (!job.isGone) {
      sessionStorage.setItem('pawl.list', JSON.stringify({ back: location.pathname + location.search, ids: this.#list.rows.slice(0, 2000).map(row => row.id) }));
      router.go('jobs/' + job.id);
    }
  }

  /** @param {string} name */
  async #act(name) {
    const kind = ACTIONS[name];
    const selection = this.#selection;
    const active = this.#grid?.activeRow;
    const filter = this.#list.query.filterFor(kind.applies);
    if (selection.isAll && filter) {
      await this.#done(name, { filter, except: selection.ids, words: this.#list.query.words(filter.status.split(',')) });
    } else if (!selection.isEmpty && !selection.isAll) {
      await this.#done(name, { ids: selection.ids, words: 'the ' + plural(selection.ids.length, 'selected job') });
    } else if (active && !selection.isAll) {
      await this.#done(name, { ids: [active.id], words: active.job_title });
    }
  }

  /** @param {string} name @param {import('./jobs-actions.js').Target} target */
  async #done(name, target) {
    if (await actOnJobs(name, target)) {
      this.#selection.clear();
      await this.refresh();
    }
    this.#grid?.focus();
  }

  #shortcuts() {
    const group = 'Jobs';
    const change = (/** @type {() => void} */ act) => () => { act(); this.changed(); };
    const all = [
      { keys: 'j', label: 'Next job', group, run: () => this.#grid?.step(1) },
      { keys: 'k', label: 'Previous job', group, run: () => this.#grid?.step(-1) },
      { keys: 'G', label: 'Jump to the last job, or to the newest', group, run: () => this.#turn() },
      { keys: '/', label: 'Search', group, run: () => this.querySelector('input')?.focus() },
      { keys: 'Escape', label: 'Select nothing', group, run: change(() => this.#selection.clear()) },
    ];
    const acting = [
      { keys: 'x', label: 'Select the job, or not', group, run: change(() => { const row = this.#grid?.activeRow; if (row) { this.#selection.toggle(row.id); } }) },
      { keys: 'X', label: 'Select all that match', group, run: change(() => this.#selection.selectAll()) },
      { keys: 's', label: 'Stop', group, run: () => this.#act('stop') },
      { keys: 'r', label: 'Retry', group, run: () => this.#act('retry') },
      { keys: '#', label: 'Remove', group, run: () => this.#act('remove') },
    ];
    addShortcuts(session.may('operator') ? [...all, ...acting] : all, this.signal);
  }

  render() {
    return html`
      <div class="page-head"><h1>Jobs</h1>${jobFilters(this, new JobQuery(this.query), this.#modules, this.#views(new JobQuery(this.query)))}</div>
      <div class="line jobs-chips">${this.#chips()}<span class="grow"></span>${this.#list.waiting.length > 0 ? html`<button class="chip" type="button" @click=${() => this.#showNew()}>${icon('up')}${number(this.#list.waiting.length)} new</button>` : nothing}<button class="button mini quiet" type="button" title="G" @click=${() => this.#turn()}>${new JobQuery(this.query).isNewestFirst ? 'Jump to the last' : 'Jump to the newest'}</button></div>
      ${session.may('operator') ? this.#actions() : nothing}
      ${this.#content()}`;
  }

  /** Goes to the other end: there are no numbers of pages, and a list begins as fast at its one end as at the other. */
  #turn() {
    router.set({ sort: this.#list.query.isNewestFirst ? '-created' : '' });
  }

  /** New jobs are at the beginning of the newest first, and nowhere else that is in sight. */
  #showNew() {
    const grid = this.#grid;
    if (!this.#list.query.isNewestFirst) {
      router.set({ sort: '' });
      return;
    }
    this.#list.admit();
    if (grid) {
      grid.scrollTop = 0;
    }
    this.changed();
  }

  /** @param {JobQuery} query */
  #views(query) {
    const views = readList('views');
    const here = this.query.toString();
    const known = views.find(view => view.query === here);
    const save = () => {
      write('views', JSON.stringify(known ? views.filter(view => view !== known) : [...views, { name: query.words(), query: here }].slice(-8)));
      this.changed();
    };
    return query.isFiltered ? html`<button class="button quiet" type="button" title=${known ? 'Forget this view' : 'Keep this view in this browser'} aria-pressed=${known ? 'true' : 'false'} @click=${save}>${icon('save')}${known ? 'Kept' : 'Keep view'}</button>` : nothing;
  }

  #chips() {
    const { statuses } = new JobQuery(this.query);
    const counts = this.#list.counts;
    const shown = (/** @type {number | undefined} */ value) => (value === undefined ? nothing : html`<span class="num">${count(value, this.#list.cappedAt)}</span>`);
    const views = readList('views');
    const sum = counts ? Object.values(counts).reduce((all, each) => all + each, 0) : undefined;
    const isCapped = counts && this.#list.cappedAt !== null && Object.values(counts).some(each => each >= (this.#list.cappedAt ?? 0));
    return html`<a class="chip" href=${this.#with({ status: '' })} aria-current=${statuses.length === 0 ? 'true' : nothing}>All ${sum === undefined ? nothing : html`<span class="num">${number(sum)}${isCapped ? '+' : ''}</span>`}</a>
      ${STATUSES.map(status => html`<a class="chip" href=${this.#with({ status })} aria-current=${statuses.includes(status) ? 'true' : nothing} @click=${(/** @type {MouseEvent} */ event) => this.#chip(event, status)}>${statusOf(status)} ${shown(counts?.[status])}</a>`)}
      ${isCapped ? html`<button class="button mini quiet" type="button" @click=${() => this.attempt('count', () => this.#list.count(this.signal, true))}>${this.isBusy('count') ? 'Counting …' : 'Count exactly'}</button>` : nothing}
      ${views.map(view => html`<a class="chip" href=${link('jobs') + '?' + view.query} aria-current=${view.query === this.query.toString() ? 'true' : nothing}>${view.name}</a>`)}`;
  }

  /** A click with a modifier adds a status to the others. @param {MouseEvent} event @param {string} status */
  #chip(event, status) {
    if (event.shiftKey) {
      event.preventDefault();
      const { statuses } = new JobQuery(this.query);
      router.set({ status: (statuses.includes(status) ? statuses.filter(each => each !== status) : [...statuses, status]).join(',') });
    }
  }

  /** @param {Record<string, string>} changed */
  #with(changed) {
    return link('jobs', { ...Object.fromEntries(this.query), ...changed });
  }

  #actions() {
    const selection = this.#selection;
    if (selection.isEmpty) {
      return nothing;
    }
    const total = this.#list.total ?? 0;
    const selected = selection.isAll ? total - selection.ids.length : selection.ids.length;
    const statuses = new Set(selection.isAll ? (this.#list.query.statuses.length > 0 ? this.#list.query.statuses : STATUSES) : this.#list.rows.filter(job => selection.has(job.id)).map(job => job.status));
    return html`<div class="card jobs-actions line" role="toolbar" aria-label="Actions on the selected jobs">
      <span class="strong num">${selection.isAll ? 'All ' + number(selected) + (this.#list.isCapped ? '+' : '') + ' that match' : plural(selected, 'job') + ' selected'}</span>
      ${!selection.isAll && (this.#list.cursor !== null || this.#list.rows.length > selected) ? html`<button class="button mini" type="button" @click=${() => { selection.selectAll(); this.changed(); }}>Select all ${this.#list.total === null ? '' : number(total) + (this.#list.isCapped ? '+' : '') + ' '}that match</button>` : nothing}
      <span class="grow"></span>
      ${Object.entries(ACTIONS).filter(([, kind]) => kind.applies.some(status => statuses.has(status))).map(([name, kind]) => html`<button class="button ${kind.danger ? 'danger' : ''}" type="button" @click=${() => this.#act(name)}>${icon(kind.icon)}${kind.word} …</button>`)}
      <button class="button quiet" type="button" @click=${() => { selection.clear(); this.changed(); }}>Select none</button></div>`;
  }

  #content() {
    if (this.refusal && !this.#isRead) {
      return refused(this.refusal, () => this.refresh());
    }
    if (!this.#isRead) {
      return loading(10);
    }
    const list = this.#list;
    if (this.refusal) {
      return refused(this.refusal, () => this.refresh());
    }
    if (list.rows.length === 0 && !this.#isStale) {
      return list.query.isFiltered
        ? empty('No job matches', html`There are no ${list.query.words()}. <a href=${link('jobs')}>Show all jobs</a>`)
        : empty('No jobs yet', html`${session.may('operator') ? html`<a href=${link('new')}>Start the first one</a>, or ` : ''}<code>pawl run hello -i name=World</code>`);
    }
    return html`<pawl-grid class="jobs-grid" .label=${'Jobs'} .columns=${this.#columns()} .rows=${list.rows} .total=${list.isCapped ? null : list.total} .hasMore=${list.hasMore} .isStale=${this.#isStale} .least=${'900px'}
      .sort=${list.query.sort || 'created'} .onsort=${(/** @type {string} */ sort) => router.set({ sort: sort === 'created' ? '' : sort })} .isPicked=${(/** @type {any} */ job) => this.#selection.has(job.id)}
      .href=${(/** @type {any} */ job) => link('jobs/' + job.id)} .onopen=${(/** @type {any} */ job) => this.#open(job)} .onmore=${() => this.#more()} .version=${this.#selection.ids.length + (this.#selection.isAll ? 1e9 : 0)}
      .end=${list.cursor === null ? nothing : list.hasMore ? 'Reading more …' : 'The list shows ' + number(MOST_ROWS) + ' jobs; narrow the question to see others.'}></pawl-grid>`;
  }

  drawn() {
    this.#grid?.changed();
  }

  /** @returns {import('../design/grid.js').Column[]} */
  #columns() {
    const pick = {
      name: '',
      width: '42px',
      kind: 'hides',
      cell: (/** @type {any} */ job) => html`<input type="checkbox" aria-label="Select ${job.job_title}" .checked=${liveValue(this.#selection.has(job.id))} @change=${() => { this.#selection.toggle(job.id); this.changed(); }}>`,
    };
    const columns = [
      { name: 'Title', width: 'minmax(200px, 3fr)', kind: 'whole', cell: cells.title },
      { name: 'Status', width: '116px', cell: cells.status },
      { name: 'Id', width: '92px', kind: 'hides', cell: cells.id },
      { name: 'Requested', width: '104px', sort: 'created', cell: cells.created },
      { name: 'Waited', width: '96px', kind: 'right hides', cell: cells.waited },
      { name: 'Ran', width: '110px', kind: 'right hides', cell: cells.ran },
      { name: 'Progress, reason or error', width: 'minmax(180px, 2fr)', kind: 'whole', cell: cells.telling },
    ];
    return session.may('operator') ? [pick, ...columns] : columns;
  }
}
