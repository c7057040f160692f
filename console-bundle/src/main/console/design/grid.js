/** The table of many rows. Only the rows in sight are in the page, more are asked for before the end is reached, and the keyboard moves an active row, so that no row that leaves can take the focus with it. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { repeat } from '../lib/lit-html/directives/repeat.js';
import { css } from '../core/css.js';
import { View } from '../core/view.js';

/** Browsers cap the height of an element at some 16 million pixels or more; the rows end long before. */
const MOST_PIXELS = 8_000_000;
const MARGIN_ROWS = 8;
const NARROW = matchMedia('(max-width: 640px)');
const CARD_PX = 84;

/**
 * @typedef {object} Column
 * @property {string} name the heading
 * @property {string} width as in `grid-template-columns`
 * @property {(row: any) => unknown} cell
 * @property {string} [kind] classes: `right`; on a narrow screen `hides` or `whole`
 * @property {string} [sort] the word by which the server sorts
 */

export class Grid extends View {
  /** @type {Column[]} */
  columns = [];
  /** @type {any[]} */
  rows = [];
  /** The number of all rows, when it is known. @type {number | null} */
  total = null;
  /** What the table holds, for those who do not see it. */
  label = 'Rows';
  /** The least width, below which the table scrolls sideways. */
  least = '0px';
  /** @type {(row: any) => string} */
  key = row => row.id;
  /** Whether there are rows after these. */
  hasMore = false;
  /** Whether the rows are the answer to an older question. */
  isStale = false;
  /** Called when the end comes near. */
  onmore = () => {};
  /** Opens a row. @type {(row: any, event: Event) => void} */
  onopen = () => {};
  /** The address of a row. @type {(row: any) => string | undefined} */
  href = () => undefined;
  /** Called when a person sorts. @type {(sort: string) => void} */
  onsort = () => {};
  /** The order, as the server names it. */
  sort = '';
  /** Whether a row is selected. @type {(row: any) => boolean} */
  isPicked = () => false;
  /** Called when the active row moves, by its key. @type {(key: string) => void} */
  onactive = () => {};
  /** What stands below the last row. @type {unknown} */
  end = nothing;

  /** The key of the active row. */
  active = '';
  #first = 0;
  #last = 40;
  /** @type {ResizeObserver | undefined} */
  #sizes;

  begin() {
    this.classList.add('grid');
    this.tabIndex = 0;
    this.setAttribute('role', 'grid');
    this.addEventListener('scroll', () => this.changed(), { passive: true, signal: this.signal });
    this.addEventListener('keydown', event => this.#key(event), { signal: this.signal });
    NARROW.addEventListener('change', () => this.changed(), { signal: this.signal });
    this.#sizes = new ResizeObserver(() => this.changed());
    this.#sizes.observe(this);
    this.signal.addEventListener('abort', () => this.#sizes?.disconnect());
  }

  /** Whether the reader is at the beginning and occupied with nothing: new rows may come in above. */
  get isAtRest() {
    return this.scrollTop < 4 && !this.matches(':hover') && !this.contains(document.activeElement);
  }

  /** The active row. */
  get activeRow() {
    return this.rows.find(row => this.key(row) === this.active);
  }

  #rowHeight() {
    return NARROW.matches ? CARD_PX : parseInt(getComputedStyle(this).getPropertyValue('--row'), 10) || 36;
  }

  /** Makes a row the active one, and brings it into sight. @param {number} index */
  go(index) {
    const row = this.rows[Math.max(0, Math.min(index, this.rows.length - 1))];
    if (row) {
      this.active = this.key(row);
      this.#reveal(this.rows.indexOf(row));
      this.onactive(this.active);
      this.changed();
    }
  }

  /** @param {number} step */
  step(step) {
    const at = this.rows.findIndex(row => this.key(row) === this.active);
    this.go(at < 0 ? 0 : at + step);
  }

  /** @param {number} index */
  #reveal(index) {
    const height = this.#rowHeight();
    const head = NARROW.matches ? 0 : 32;
    const top = index * height;
    if (top < this.scrollTop) {
      this.scrollTop = top;
    } else if (top + height > this.scrollTop + this.clientHeight - head) {
      this.scrollTop = top + height - this.clientHeight + head;
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this) {
      return;
    }
    const page = Math.max(1, Math.floor(this.clientHeight / this.#rowHeight()) - 2);
    const at = this.rows.findIndex(row => this.key(row) === this.active);
    /** @type {Record<string, number>} */
    const moves = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: this.rows.length - 1 };
    if (event.key in moves) {
      event.preventDefault();
      this.go(moves[event.key]);
    } else if (event.key === 'Enter' && this.activeRow) {
      event.preventDefault();
      this.onopen(this.activeRow, event);
    }
  }

  render() {
    const height = this.#rowHeight();
    const most = Math.min(this.rows.length, Math.floor(MOST_PIXELS / height));
    this.#first = Math.max(0, Math.floor(this.scrollTop / height) - MARGIN_ROWS);
    this.#last = Math.min(most, Math.ceil((this.scrollTop + (this.clientHeight || 800)) / height) + MARGIN_ROWS);
    if (this.hasMore && this.#last >= most - MARGIN_ROWS * 2) {
      queueMicrotask(() => this.onmore());
    }
    this.setAttribute('aria-label', this.label);
    this.setAttribute('aria-rowcount', String(this.total === null ? -1 : this.total + 1));
    this.setAttribute('aria-colcount', String(this.columns.length));
    this.classList.toggle('stale', this.isStale);
    this.style.setProperty('--columns', this.columns.map(column => column.width).join(' '));
    this.style.setProperty('--least', this.least);
    const shown = this.rows.slice(this.#first, this.#last);
    const activeAt = shown.findIndex(row => this.key(row) === this.active);
    if (activeAt >= 0) {
      this.setAttribute('aria-activedescendant', this.#id(this.#first + activeAt));
    } else {
      this.removeAttribute('aria-activedescendant');
    }
    return html`
      <div class="grid-head" role="row" aria-rowindex="1">${this.columns.map(column => this.#heading(column))}</div>
      <div class="grid-room" role="rowgroup" ${css({ height: most * height + (this.end === nothing ? 0 : 44) + 'px' })}>
        ${repeat(shown, this.key, (row, index) => this.#row(row, this.#first + index, height))}
        ${this.end === nothing ? nothing : html`<div class="grid-end" role="row" ${css({ top: most * height + 'px' })}><span role="gridcell">${this.end}</span></div>`}
      </div>`;
  }

  /** @param {number} index */
  #id(index) {
    return 'row-' + index;
  }

  /** @param {Column} column */
  #heading(column) {
    const isUp = this.sort === '-' + column.sort;
    const isDown = this.sort === column.sort;
    const word = column.name || html`<span class="away">Selected</span>`;
    return html`<span class=${column.kind ?? ''} role="columnheader" aria-sort=${isDown ? 'descending' : isUp ? 'ascending' : nothing}>${
      column.sort ? html`<button type="button" @click=${() => this.onsort(isDown ? '-' + column.sort : column.sort ?? '')}>${word}${isDown ? ' ↓' : isUp ? ' ↑' : ''}</button>` : word
    }</span>`;
  }

  /** @param {any} row @param {number} index @param {number} height */
  #row(row, index, height) {
    const key = this.key(row);
    const isPicked = this.isPicked(row);
    return html`<div class="grid-row ${isPicked ? 'picked' : ''} ${key === this.active ? 'here' : ''}" id=${this.#id(index)} role="row" aria-rowindex=${index + 2} aria-selected=${isPicked ? 'true' : 'false'} ${css({ transform: 'translateY(' + index * height + 'px)' })}
      @click=${(/** @type {MouseEvent} */ event) => this.#click(row, event)} @auxclick=${(/** @type {MouseEvent} */ event) => this.#click(row, event)}>${this.columns.map(column => html`<div class=${column.kind ?? ''} role="gridcell">${column.cell(row)}</div>`)}</div>`;
  }

  /** @param {any} row @param {MouseEvent} event */
  #click(row, event) {
    const target = /** @type {HTMLElement} */ (event.target);
    if (target.closest('a, button, input, label') || String(getSelection()).length > 0) {
      return;
    }
    const href = this.href(row);
    if (href && (event.ctrlKey || event.metaKey || event.button === 1)) {
      open(href, '_blank', 'noopener');
      return;
    }
    if (event.button === 0) {
      this.active = this.key(row);
      this.onopen(row, event);
    }
  }
}

customElements.define('pawl-grid', Grid);
