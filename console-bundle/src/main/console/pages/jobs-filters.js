/** The fields by which the list of jobs is narrowed: text, module and time. What they say goes into the address, and nowhere else. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as liveValue } from '../lib/lit-html/directives/live.js';
import { router } from '../core/router.js';
import { shortClock } from '../core/time.js';
import { SPANS } from './jobs-query.js';
import { askRange } from './jobs-range.js';

const TYPING_MS = 250;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let typing;

/** @param {import('../core/view.js').View} page @param {import('./jobs-query.js').JobQuery} query @param {any[]} modules those that are installed @param {unknown} further what stands beside them */
export function jobFilters(page, query, modules, further) {
  const typed = (/** @type {any} */ event) => {
    clearTimeout(typing);
    typing = setTimeout(() => page.isConnected && router.set({ q: event.target.value.trim() }, { replace: true }), TYPING_MS);
  };
  const focused = document.activeElement;
  const text = focused instanceof HTMLInputElement && focused.type === 'search' && page.contains(focused) ? focused.value : query.text;
  const names = [...new Set([...modules.map(module => module.id), ...(query.module ? [query.module] : [])])].sort();
  return html`<div class="end jobs-filters" role="search">
    <input type="search" aria-label="Title, or beginning of the id" placeholder="Title or id" .value=${liveValue(text)} @input=${typed}>
    <select aria-label="Module" @change=${(/** @type {any} */ event) => router.set({ module: event.target.value })}>
      <option value="" .selected=${query.module === ''}>Any module</option>${names.map(name => html`<option value=${name} .selected=${query.module === name}>${name}</option>`)}
    </select>
    <select aria-label="Time of the request" @change=${(/** @type {any} */ event) => setTime(event.target, page, query)}>
      <option value="" .selected=${liveValue(query.since === '' && query.until === '')}>Any time</option>${Object.entries(SPANS).map(([name, span]) => html`<option value=${name} .selected=${liveValue(query.since === name && query.until === '')}>${span.word[0].toUpperCase() + span.word.slice(1)}</option>`)}
      ${query.hasOwnRange ? html`<option value="own" .selected=${liveValue(true)}>${rangeWords(query)}</option>` : nothing}
      <option value="ask" .selected=${liveValue(false)}>${query.hasOwnRange ? 'Another range …' : 'A range …'}</option>
    </select>
    ${further}
  </div>`;
}

/** @param {HTMLSelectElement} field @param {import('../core/view.js').View} page @param {import('./jobs-query.js').JobQuery} query */
async function setTime(field, page, query) {
  if (field.value !== 'ask') {
    router.set({ since: field.value, until: '' });
    return;
  }
  const range = await askRange(query.sinceTime, query.until);
  if (range) {
    router.set(range);
  }
  page.changed(); // the field shows again what holds
}

/** @param {import('./jobs-query.js').JobQuery} query */
function rangeWords(query) {
  const since = clockOf(query.sinceTime);
  const until = clockOf(query.until);
  return since && until ? since + ' – ' + until : since ? 'Since ' + since : 'Before ' + until;
}

/** @param {string} moment */
function clockOf(moment) {
  return Number.isNaN(Date.parse(moment)) ? moment : shortClock(moment);
}
