/** The bar above a log: what is searched and shown of it, and what is done with it. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { number } from '../core/format.js';
import { icon } from '../design/icon.js';
import { AROUND } from './log-context.js';

const LEVELS = { '': 'All levels', INFO: 'Info and worse', WARNING: 'Warnings and errors', ERROR: 'Errors' };
const TIMES = /** @type {const} */ ({ '': 'No times', relative: 'Times since the start', absolute: 'Times of day' });

/**
 * What the bar asks for.
 *
 * @typedef {object} Acts
 * @property {(text: string) => void} typed
 * @property {(way: 1 | -1) => void} step
 * @property {() => void} filter
 * @property {() => void} context
 * @property {(level: string) => void} level
 * @property {(times: '' | 'relative' | 'absolute') => void} times
 * @property {() => void} wrap
 * @property {() => void} copy
 * @property {() => void} unmark
 * @property {() => void} save
 * @property {() => void} follow
 * @property {() => void} nextError
 * @property {() => void} nextTimes
 * @property {() => void} markAll
 */

/** @param {import('./log-reader.js').LogReader} log @param {import('./log-pane.js').LogPane | null} pane @param {boolean} isMarked whether a text is marked with the mouse @param {string} times @param {Acts} acts */
export function logBar(log, pane, isMarked, times, acts) {
  const look = pane?.look;
  return html`<div class="log-bar line" role="toolbar" aria-label="Log">
    <input type="search" class="log-find" aria-label="Find in the log" placeholder="Find in all lines" @input=${(/** @type {any} */ event) => acts.typed(event.target.value)} @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter') { acts.step(event.shiftKey ? -1 : 1); } }}>
    ${log.find ? html`<span class="num small muted" role="status">${found(log, look?.hit ?? 0)}</span>
      <button class="button mini square" type="button" aria-label="Previous hit" title="Previous hit (N)" @click=${() => acts.step(-1)}>${icon('up')}</button><button class="button mini square" type="button" aria-label="Next hit" title="Next hit (n)" @click=${() => acts.step(1)}>${icon('down')}</button>` : nothing}
    ${log.find || log.level ? html`<button class="button mini" type="button" aria-pressed=${log.isFiltering} @click=${acts.filter}>Only hits</button>` : nothing}
    ${log.find && log.isFiltering ? html`<button class="button mini" type="button" aria-label="With ${AROUND} lines around each hit" title="With ${AROUND} lines around each hit" aria-pressed=${log.hasContext} @click=${acts.context}>±${AROUND}</button>` : nothing}
    <select aria-label="Level" @change=${(/** @type {any} */ event) => acts.level(event.target.value)}>${Object.entries(LEVELS).map(([level, word]) => html`<option value=${level} .selected=${level === log.level}>${word}</option>`)}</select>
    <span class="grow"></span>
    ${isMarked || (look && look.from > 0) ? html`<button class="button mini" type="button" @click=${acts.copy}>${icon('copy')}${isMarked || !look ? 'Copy what is marked' : look.to > look.from ? 'Copy ' + number(look.to - look.from + 1) + ' lines' : 'Copy line'}</button><button class="button mini quiet square" type="button" aria-label="Unmark" @click=${acts.unmark}>${icon('close')}</button>` : nothing}
    <select aria-label="Times" @change=${(/** @type {any} */ event) => acts.times(event.target.value)}>${Object.entries(TIMES).map(([value, word]) => html`<option value=${value} .selected=${value === times}>${word}</option>`)}</select>
    <button class="button mini" type="button" aria-pressed=${pane?.isWrapped ? 'true' : 'false'} @click=${acts.wrap}>${icon('wrap')}Wrap</button>
    <button class="button mini" type="button" @click=${acts.save}>${icon('save')}Download</button>
    ${log.isOpen ? html`<button class="button mini" type="button" aria-pressed=${pane?.isFollowing ? 'true' : 'false'} @click=${acts.follow}>${icon('down')}Follow</button>` : nothing}
  </div>`;
}

/** @param {import('./log-reader.js').LogReader} log @param {number} hit */
function found({ hits }, hit) {
  if (hits.isSearching && hits.sequences.length === 0) {
    return 'Searching …';
  }
  const place = hits.place(hit);
  return hits.matches === 0 ? 'Nothing found' : (place > 0 ? number(place) + ' of ' : '') + number(hits.matches);
}
