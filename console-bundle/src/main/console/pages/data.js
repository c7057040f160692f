/** Data: the documents that the server keeps for modules. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get } from '../core/api.js';
import { css } from '../core/css.js';
import { bytes } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { timeOf } from '../core/time.js';
import { openDialog } from '../design/dialog.js';
import { icon } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import '../design/grid.js';
import { Page } from './page.js';

const PAGE = 200;

export default class extends Page {
  /** @type {any[] | null} */
  #documents = null;
  /** @type {string | null} */
  #cursor = null;
  /** @type {any[]} */
  #modules = [];
  #asked = '';
  #isMore = false;

  get #module() {
    return this.query.get('module') ?? '';
  }

  async load() {
    const module = this.#module;
    const [page, modules] = await Promise.all([
      get('/data' + (module ? '/' + encodeURIComponent(module) : ''), { query: { limit: PAGE }, signal: this.signal }),
      get('/modules', { signal: this.signal }),
    ]);
    this.#documents = page.documents;
    this.#cursor = page.next_cursor;
    this.#modules = modules.modules;
    this.#asked = module;
  }

  async #more() {
    if (this.#isMore || !this.#cursor) {
      return;
    }
    this.#isMore = true;
    const module = this.#asked;
    try {
      const page = await get('/data' + (module ? '/' + encodeURIComponent(module) : ''), { query: { limit: PAGE, cursor: this.#cursor }, signal: this.signal });
      if (module === this.#asked) {
        this.#documents = [...(this.#documents ?? []), ...page.documents];
        this.#cursor = page.next_cursor;
        this.changed();
      }
    } catch {
      this.#cursor = null; // the end says so, and refresh() begins anew
    } finally {
      this.#isMore = false;
    }
  }

  render() {
    return html`
      <div class="page-head"><h1>Data</h1>${session.may('operator') ? html`<div class="end"><button class="button first" type="button" @click=${() => this.#new()}>${icon('new')}New document</button></div>` : nothing}</div>
      ${this.refusal && !this.#documents ? refused(this.refusal, () => this.refresh()) : this.#documents === null ? loading(6) : this.#body(this.#documents)}`;
  }

  /** @param {any[]} documents */
  #body(documents) {
    const known = [...new Set([...this.#modules.map(each => each.id), ...documents.map(each => each.module), this.#module].filter(Boolean))].sort();
    return html`<div class="stack">
      <div class="field slim"><label for="data-module">Module</label><select id="data-module" @change=${(/** @type {any} */ event) => router.go('data', { module: event.target.value })}><option value="" ?selected=${this.#module === ''}>All</option>${known.map(each => html`<option value=${each} ?selected=${each === this.#module}>${each}</option>`)}</select></div>
      ${documents.length === 0 ? empty(this.#module ? 'The module has no documents' : 'There are no documents yet', this.#module ? html`<a href=${link('data')}>Show all</a>` : 'Modules and programs keep JSON here, by name.') : html`<pawl-grid class="fit-grid" .columns=${COLUMNS} .rows=${documents} .total=${this.#cursor ? null : documents.length} .hasMore=${this.#cursor !== null} .onmore=${() => this.#more()} .label=${'Documents'} .least=${'480px'} .key=${(/** @type {any} */ row) => row.module + '/' + row.name} .href=${address} .onopen=${(/** @type {any} */ row) => router.goTo(address(row))} .isStale=${this.#asked !== this.#module}
        ${css({ '--rows': String(documents.length) })}></pawl-grid>`}
    </div>`;
  }

  async #new() {
    let module = this.#module || this.#modules[0]?.id || '';
    let name = '';
    const wanted = await openDialog(
      (close, redraw) => html`<form @submit=${(/** @type {Event} */ event) => { event.preventDefault(); if (module && name) { close(true); } }}>
        <div class="head"><h2>New document</h2></div>
        <div class="body"><div class="field"><label for="new-doc-module">Module</label><input id="new-doc-module" type="text" spellcheck="false" .value=${module} @input=${(/** @type {any} */ event) => { module = event.target.value.trim(); redraw(); }}></div>
          <div class="field"><label for="new-doc-name">Name</label><input id="new-doc-name" type="text" spellcheck="false" autofocus @input=${(/** @type {any} */ event) => { name = event.target.value.trim(); redraw(); }}></div></div>
        <div class="foot"><button class="button first" type="submit" ?disabled=${!module || !name}>Write it</button><button class="button" type="button" @click=${() => close()}>Cancel</button></div></form>`,
      { label: 'New document', kind: 'sheet' },
    );
    if (wanted) {
      router.go('data/' + encodeURIComponent(module) + '/' + encodeURIComponent(name));
    }
  }
}

/** @param {any} document */
function address(document) {
  return link('data/' + encodeURIComponent(document.module) + '/' + encodeURIComponent(document.name));
}

const COLUMNS = [
  { name: 'Module', width: 'minmax(100px, 1fr)', cell: (/** @type {any} */ row) => html`<span class="muted">${row.module}</span>` },
  { name: 'Name', width: 'minmax(160px, 2fr)', cell: (/** @type {any} */ row) => html`<a class="strong" href=${address(row)}>${row.name}</a>` },
  { name: 'Size', width: '90px', kind: 'right', cell: (/** @type {any} */ row) => html`<span class="num">${bytes(row.size)}</span>` },
  { name: 'Changed', width: '170px', cell: (/** @type {any} */ row) => (row.changed_at ? timeOf(row.changed_at) : html`<span class="muted">long ago</span>`) },
];
