/** Audit: who changed what, or was refused. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get } from '../core/api.js';
import { css } from '../core/css.js';
import { copy } from '../core/copy.js';
import { number } from '../core/format.js';
import { SERVER } from '../core/root.js';
import { link, router } from '../core/router.js';
import { timeOf } from '../core/time.js';
import { openDialog } from '../design/dialog.js';
import { icon } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import '../design/grid.js';
import { Page } from './page.js';

const PAGE = 200;
const TYPING_MS = 250;
const OUTCOMES = /** @type {Record<string, string>} */ ({ done: 'completed', refused: 'warning', failed: 'failed' });
const FILTERS = [['who', 'Who', 'a name'], ['action', 'Action', 'job, or job.start'], ['target', 'Target', 'an id, a name'], ['since', 'Since', '24h, or a time']];

export default class extends Page {
  /** @type {any[] | null} */
  #entries = null;
  /** @type {string | null} */
  #cursor = null;
  #asked = '';
  #isStale = false;
  #isMore = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  get #filter() {
    return Object.fromEntries(FILTERS.map(([name]) => [name, this.query.get(name) ?? '']));
  }

  async load() {
    const filter = this.#filter;
    const asked = JSON.stringify(filter);
    this.#isStale = asked !== this.#asked && this.#entries !== null;
    this.changed();
    try {
      const page = await get('/audit', { query: { ...filter, limit: PAGE }, signal: this.signal });
      if (asked === JSON.stringify(this.#filter)) {
        this.#entries = page.entries;
        this.#cursor = page.next_cursor;
        this.#asked = asked;
      }
    } finally {
      this.#isStale = false;
    }
  }

  async #more() {
    if (this.#isMore || !this.#cursor) {
      return;
    }
    this.#isMore = true;
    const asked = this.#asked;
    try {
      const page = await get('/audit', { query: { ...this.#filter, limit: PAGE, cursor: this.#cursor }, signal: this.signal });
      if (asked === this.#asked) {
        this.#entries = [...(this.#entries ?? []), ...page.entries];
        this.#cursor = page.next_cursor;
      }
    } catch {
      this.#cursor = null;
    } finally {
      this.#isMore = false;
      this.changed();
    }
  }

  /** @param {string} name @param {string} text */
  #typed(name, text) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => router.set({ [name]: text.trim() }, { replace: true }), TYPING_MS);
  }

  async #verify() {
    const found = await this.attempt('verify', () => get('/audit/verify', { signal: this.signal }));
    if (found) {
      toast(found.sound ? number(found.entries) + ' entries, and the chain of their hashes is whole.' : 'The chain is broken at entry ' + found.broken + ': ' + found.defect, found.sound ? 'done' : 'failed');
    }
  }

  render() {
    const isFiltered = FILTERS.some(([name]) => this.query.get(name));
    return html`
      <div class="page-head"><h1>Audit</h1><div class="end"><button class="button" type="button" ?disabled=${this.isBusy('verify')} @click=${() => this.#verify()}>${this.isBusy('verify') ? 'Checking …' : 'Check the chain'}</button><a class="button" href=${new URL('audit/export?limit=5000', SERVER).href} download="audit.jsonl">${icon('save')}Export</a><button class="button" type="button" @click=${() => this.refresh()}>Look again</button></div></div>
      ${this.trouble('verify')}
      <div class="stack">
        <div class="filters">${FILTERS.map(([name, word, hint]) => html`<div class="field"><label for=${'audit-' + name}>${word}</label><input id=${'audit-' + name} type="search" spellcheck="false" autocomplete="off" placeholder=${hint} .value=${this.query.get(name) ?? ''} @input=${(/** @type {any} */ event) => this.#typed(name, event.target.value)}></div>`)}</div>
        ${this.refusal ? refused(this.refusal, () => this.refresh()) : this.#entries === null ? loading(6) : this.#entries.length === 0 ? (isFiltered ? empty('No entry is like this', html`<a href=${link('audit')}>Show all</a>`) : empty('Nothing has been changed yet')) : html`
          <pawl-grid class="fit-grid" .columns=${COLUMNS} .rows=${this.#entries} .total=${this.#cursor ? null : this.#entries.length} .hasMore=${this.#cursor !== null} .onmore=${() => this.#more()} .isStale=${this.#isStale} .label=${'Entries of the audit'} .least=${'860px'} .key=${(/** @type {any} */ row) => String(row.n)} .onopen=${(/** @type {any} */ row) => openEntry(row)} ${css({ '--rows': String(this.#entries.length) })}></pawl-grid>`}
      </div>`;
  }
}

/** @param {any} entry */
function openEntry(entry) {
  openDialog(
    close => html`<div class="head"><h2>${entry.action}</h2></div>
      <div class="body"><dl class="facts"><dt>When</dt><dd>${timeOf(entry.at)}</dd><dt>Who</dt><dd>${entry.who}, ${entry.role}</dd><dt>From</dt><dd>${entry.remote ?? ''} ${entry.door}</dd><dt>Target</dt><dd class="mono">${entry.target}</dd><dt>Outcome</dt><dd>${entry.outcome}</dd><dt>Detail</dt><dd>${entry.detail}</dd><dt>Request</dt><dd class="mono">${entry.request_id}</dd><dt>Number</dt><dd class="num">${entry.n}</dd><dt>Hash</dt><dd class="mono">${entry.hash}</dd></dl></div>
      <div class="foot">${/^[0-9a-f]{8}-/.test(entry.target) && entry.action.startsWith('job.') ? html`<a class="button" href=${link('jobs/' + entry.target)} @click=${() => close()}>Show the job</a>` : nothing}<button class="button" type="button" @click=${() => copy(entry.request_id, 'The request id was copied.')}>Copy the request id</button><button class="button first" type="button" autofocus @click=${() => close()}>Close</button></div>`,
    { label: 'Entry ' + entry.n, kind: 'wide sheet' },
  );
}

/** @param {string} outcome */
function outcomeOf(outcome) {
  return html`<span class="outcome ${OUTCOMES[outcome] ?? ''}">${outcome}</span>`;
}

const COLUMNS = [
  { name: 'When', width: '150px', cell: (/** @type {any} */ row) => html`<span class="num">${timeOf(row.at)}</span>` },
  { name: 'Who', width: 'minmax(100px, 1fr)', cell: (/** @type {any} */ row) => html`${row.who} <span class="muted small">${row.role}</span>` },
  { name: 'Action', width: 'minmax(120px, 1fr)', cell: (/** @type {any} */ row) => html`<span class="strong">${row.action}</span>` },
  { name: 'Target', width: 'minmax(140px, 2fr)', kind: 'hides', cell: (/** @type {any} */ row) => html`<span class="mono" title=${row.target}>${row.target}</span>` },
  { name: 'Outcome', width: '90px', cell: (/** @type {any} */ row) => outcomeOf(row.outcome) },
  { name: 'Detail', width: 'minmax(100px, 1.5fr)', kind: 'whole', cell: (/** @type {any} */ row) => html`<span class="muted" title=${row.detail}>${row.detail}</span>` },
];
