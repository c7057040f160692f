/** JSON as a tree that opens part by part, so that a large document costs no more than what is looked at. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { ExactNumber, pretty } from '../core/json.js';
import { copy } from '../core/copy.js';
import { number, plural } from '../core/format.js';
import { View } from '../core/view.js';
import { icon } from './icon.js';

const SHOWN = 100;
const OPEN_BELOW = 30;

export class JsonTree extends View {
  #value = /** @type {any} */ (null);
  /** @type {Map<string, boolean>} */
  #open = new Map();
  /** @type {Map<string, number>} */
  #more = new Map();

  set value(/** @type {any} */ value) {
    this.#value = value;
    this.changed();
  }

  render() {
    return html`<div class="tree"><button class="button mini tree-copy" type="button" @click=${() => copy(pretty(this.#value), 'JSON copied')}>${icon('copy')}Copy</button><ul>${this.#node('', this.#value, '', true)}</ul></div>`;
  }

  /** @param {string} name @param {any} value @param {string} path @param {boolean} isRoot @returns {unknown} */
  #node(name, value, path, isRoot = false) {
    const key = name === '' && isRoot ? nothing : html`<span class="tree-key">${name}</span>: `;
    if (value === null || typeof value !== 'object' || value instanceof ExactNumber) {
      return html`<li>${key}<span class="tree-${kindOf(value)}">${textOf(value)}</span></li>`;
    }
    const entries = Object.entries(value);
    const isList = Array.isArray(value);
    if (entries.length === 0) {
      return html`<li>${key}<span class="muted">${isList ? '[ ]' : '{ }'}</span></li>`;
    }
    const isOpen = this.#open.get(path) ?? (isRoot || entries.length <= OPEN_BELOW);
    const shown = this.#more.get(path) ?? SHOWN;
    const toggle = () => { this.#open.set(path, !isOpen); this.changed(); };
    return html`<li>${isRoot && name === '' ? nothing : html`<button class="tree-toggle" type="button" aria-expanded=${isOpen} @click=${toggle}>${icon(isOpen ? 'down' : 'right')}${key}<span class="muted">${isList ? plural(entries.length, 'element') : plural(entries.length, 'field')}</span></button>`}
      ${isOpen ? html`<ul>${entries.slice(0, shown).map(([child, inner]) => this.#node(child, inner, path + '/' + child))}${entries.length > shown ? html`<li><button class="button mini" type="button" @click=${() => { this.#more.set(path, shown + 10 * SHOWN); this.changed(); }}>${number(entries.length - shown)} more</button></li>` : nothing}</ul>` : nothing}</li>`;
  }
}

/** @param {any} value */
function kindOf(value) {
  return value === null ? 'null' : value instanceof ExactNumber ? 'number' : typeof value;
}

/** @param {any} value */
function textOf(value) {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

customElements.define('pawl-json', JsonTree);
