/** The results of a job, as a table when they are alike, or as JSON; copied and saved as JSON or CSV. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { getExact } from '../core/api.js';
import { copy, save } from '../core/copy.js';
import { csv, columnsOf, cellText } from '../core/csv.js';
import { number, plural } from '../core/format.js';
import { pretty } from '../core/json.js';
import { live } from '../core/live.js';
import { View } from '../core/view.js';
import '../design/grid.js';
import { icon } from '../design/icon.js';
import { openDialog } from '../design/dialog.js';
import { empty, loading, refused } from '../design/states.js';

const PAGE = 1000;
const MOST_ROWS = 20_000;
const MOST_SAVED = 1_000_000;
const SETTLE_MS = 1000;

class Results extends View {
  job = '';
  isOpen = false;
  /** @type {any[]} */
  #rows = [];
  #total = 0;
  #isRead = false;
  #isReading = false;
  #isTree = false;
  #isSettling = false;

  begin() {
    live.addEventListener('job', event => this.#took(/** @type {CustomEvent} */ (event).detail), { signal: this.signal });
    this.#more();
  }

  /** @param {any[]} events */
  #took(events) {
    if (events.some(event => event.id === this.job) && !this.#isSettling) {
      this.#isSettling = true;
      setTimeout(() => { this.#isSettling = false; this.#more(); }, SETTLE_MS);
    }
  }

  async #more() {
    if (this.#isReading || this.signal.aborted || this.#rows.length >= MOST_ROWS) {
      return;
    }
    this.#isReading = true;
    await this.attempt('read', async () => {
      const page = await this.#page(this.#rows.at(-1)?.sequence ?? 0);
      this.#rows = [...this.#rows, ...page.results];
      this.#total = page.total;
      this.#isRead = true;
    });
    this.#isReading = false;
    this.changed();
  }

  /** @param {number} after @returns {Promise<any>} */
  #page(after) {
    return getExact('/jobs/' + encodeURIComponent(this.job) + '/results', { query: { after: String(after), limit: PAGE }, signal: this.signal });
  }

  /** All of them, read to their end. */
  async #all() {
    const all = [];
    for (let after = 0; all.length < MOST_SAVED; ) {
      const { results } = await this.#page(after);
      if (results.length === 0) {
        break;
      }
      all.push(...results.map((/** @type {any} */ row) => row.data));
      after = results.at(-1).sequence;
    }
    return all;
  }

  /** @param {'json' | 'csv'} kind */
  #save(kind) {
    return this.attempt('save', async () => {
      const all = await this.#all();
      const name = 'results-' + this.job.slice(0, 8) + '.' + kind;
      save(new Blob([kind === 'json' ? pretty(all) : csv(all)], { type: kind === 'json' ? 'application/json' : 'text/csv' }), name);
    });
  }

  render() {
    const refusal = this.problem('read');
    if (!this.#isRead) {
      return refusal ? refused(refusal, () => this.#more()) : loading(6);
    }
    if (this.#rows.length === 0) {
      return this.isOpen ? empty('No result yet', 'Results appear here as they are emitted.') : empty('It emitted no result');
    }
    return html`<div class="line job-bar"><span class="muted num">${plural(this.#total, 'result')}</span><span class="grow"></span>
        <button class="button mini" type="button" aria-pressed=${!this.#isTree} @click=${() => { this.#isTree = false; this.changed(); }}>Table</button><button class="button mini" type="button" aria-pressed=${this.#isTree} @click=${() => { this.#isTree = true; this.changed(); }}>JSON</button>
        <button class="button mini" type="button" ?disabled=${this.isBusy('save')} @click=${() => this.attempt('save', async () => copy(pretty(await this.#all()), 'Results copied'))}>${icon('copy')}Copy</button>
        <button class="button mini" type="button" ?disabled=${this.isBusy('save')} @click=${() => this.#save('json')}>${icon('save')}JSON</button><button class="button mini" type="button" ?disabled=${this.isBusy('save')} @click=${() => this.#save('csv')}>${icon('save')}CSV</button></div>
      ${this.trouble('save')}
      ${this.#isTree ? html`<div class="card"><div class="inside"><pawl-json .value=${this.#rows.slice(0, PAGE).map(row => row.data)}></pawl-json></div></div>${this.#total > PAGE ? html`<p class="muted small">The first ${number(PAGE)}; the files hold all.</p>` : nothing}` : this.#table()}`;
  }

  #table() {
    const names = columnsOf(this.#rows.slice(0, 200).map(row => row.data));
    const columns = [
      { name: '#', width: '72px', kind: 'right hides', cell: (/** @type {any} */ row) => html`<span class="num muted">${row.sequence}</span>` },
      ...names.map((name, index) => ({ name, width: 'minmax(120px, 1fr)', kind: index < 3 ? 'whole' : 'hides', cell: (/** @type {any} */ row) => html`<span class="mono"><span class="narrow-only muted">${name} </span>${cellText(row.data?.[name])}</span>` })),
      ...(this.#rows.some(row => row.tentative) ? [{ name: 'Kept', width: '110px', kind: 'hides', cell: (/** @type {any} */ row) => (row.tentative ? html`<span class="muted" title="The task's next checkpoint makes it final">not yet final</span>` : nothing) }] : []),
    ];
    return html`<pawl-grid class="results-grid" .label=${'Results'} .key=${(/** @type {any} */ row) => String(row.sequence)} .columns=${columns} .rows=${this.#rows} .total=${this.#total} .least=${72 + names.length * 120 + 'px'}
      .hasMore=${this.#rows.length < Math.min(this.#total, MOST_ROWS)} .onmore=${() => this.#more()} .onopen=${(/** @type {any} */ row) => open(row)} .end=${this.#rows.length >= MOST_ROWS ? 'The table shows ' + number(MOST_ROWS) + ' results; the files hold all.' : nothing}></pawl-grid>`;
  }

  drawn() {
    /** @type {import('../design/grid.js').Grid | null} */ (this.querySelector('pawl-grid'))?.changed();
  }
}

/** @param {any} row */
function open(row) {
  openDialog(
    close => html`<div class="head"><h2>Result ${number(row.sequence)}</h2></div><div class="body"><pawl-json .value=${row.data}></pawl-json></div>
      <div class="foot"><button class="button first" type="button" autofocus @click=${() => close()}>Close</button></div>`,
    { label: 'Result ' + row.sequence, kind: 'wide' },
  );
}

customElements.define('pawl-results', Results);
