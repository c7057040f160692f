/** The palette: leads to any page, job, module, schedule or action by its first letters. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, getAll } from '../core/api.js';
import { shortId } from '../core/format.js';
import { live } from '../core/live.js';
import { readList, setTheme } from '../core/prefs.js';
import { remember } from '../core/recent.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { icon, statusOf } from '../design/icon.js';
import { openDialog } from '../design/dialog.js';
import { pages } from '../pages/index.js';

const PAUSE_MS = 120;

/** The entries of a group that are shown. */
const SHOWN = 8;

/**
 * @typedef {object} Entry
 * @property {string} group
 * @property {string} label
 * @property {unknown} [sign] before the label
 * @property {string} [note] after it
 * @property {string} [href]
 * @property {() => void} [run]
 */

export function openPalette() {
  const search = new PaletteSearch();
  openDialog((close, redraw) => search.draw(close, redraw), { label: 'Find a job, page or action', kind: 'palette' }).then(() => search.end());
}

class PaletteSearch {
  #text = '';
  #at = 0;
  /** @type {Entry[]} */
  #found = [];
  /** @type {any[]} */
  #modules = [];
  /** @type {any[]} */
  #schedules = [];
  #gone = new AbortController();
  #round = 0;
  #isFirst = true;

  /** @param {(value?: any) => void} close @param {() => void} redraw */
  draw(close, redraw) {
    if (this.#isFirst) {
      this.#isFirst = false;
      this.#readNames(redraw);
    }
    const entries = this.#entries();
    this.#at = Math.max(0, Math.min(this.#at, entries.length - 1));
    const open = (/** @type {Entry} */ entry) => {
      close();
      if (entry.href) {
        remember(entry.label, entry.href);
        router.goTo(entry.href);
      }
      entry.run?.();
    };
    return html`
      <input type="text" role="combobox" aria-label="Find a job, page or action" aria-expanded="true" aria-controls="palette-list" aria-autocomplete="list" aria-activedescendant=${entries.length ? 'palette-' + this.#at : nothing}
        placeholder="A job's id or title, a module, a schedule, a page" autocomplete="off" spellcheck="false" autofocus
        @input=${(/** @type {any} */ event) => this.#typed(event.target.value, redraw)} @keydown=${(/** @type {KeyboardEvent} */ event) => this.#key(event, entries, open, redraw)}>
      <ul id="palette-list" role="listbox" aria-label="Found">
        ${entries.map((entry, index) => html`
          ${index === 0 || entries[index - 1].group !== entry.group ? html`<li class="head" role="presentation">${entry.group}</li>` : nothing}
          <li id="palette-${index}" role="option" aria-selected=${index === this.#at} @click=${() => open(entry)} @pointermove=${() => { if (this.#at !== index) { this.#at = index; redraw(); } }}>${entry.sign ?? nothing}<span class="cut">${entry.label}</span>${entry.note ? html`<span class="muted small nowrap">${entry.note}</span>` : nothing}</li>`)}
        ${entries.length === 0 ? html`<li class="head" role="presentation">Nothing found</li>` : nothing}
      </ul>`;
  }

  /** @param {KeyboardEvent} event @param {Entry[]} entries @param {(entry: Entry) => void} open @param {() => void} redraw */
  #key(event, entries, open, redraw) {
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && entries.length > 0) {
      event.preventDefault();
      this.#at = (this.#at + moves[/** @type {'ArrowUp'} */ (event.key)] + entries.length) % entries.length;
      redraw();
      document.getElementById('palette-' + this.#at)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && entries[this.#at]) {
      event.preventDefault();
      open(entries[this.#at]);
    }
  }

  /** @param {string} text @param {() => void} redraw */
  #typed(text, redraw) {
    this.#text = text.trim();
    this.#at = 0;
    const round = ++this.#round;
    redraw();
    setTimeout(async () => {
      if (round !== this.#round || this.#text.length < 2) {
        return;
      }
      const page = await get('/jobs', { query: { q: this.#text, limit: 8 } }).catch(() => ({ jobs: [] }));
      if (round === this.#round) {
        this.#found = page.jobs.map((/** @type {any} */ job) => ({ group: 'Jobs', label: job.job_title, sign: statusOf(job.status), note: shortId(job.id), href: link('jobs/' + job.id) }));
        redraw();
      }
    }, PAUSE_MS);
  }

  /** Reads nothing more. */
  end() {
    this.#round++;
    this.#gone.abort();
  }

  /** Reads the names of which the server has no search; those that have come are found meanwhile. @param {() => void} redraw */
  #readNames(redraw) {
    const { signal } = this.#gone;
    get('/modules', { signal }).then(answer => { this.#modules = answer.modules; redraw(); }, () => {});
    getAll('/schedules', 'schedules', signal, all => { this.#schedules = all; redraw(); }).catch(() => {});
  }

  /** @returns {Entry[]} */
  #entries() {
    const words = this.#text.toLowerCase();
    const fits = (/** @type {Entry} */ entry) => words.split(/\s+/).every(word => (entry.label + ' ' + (entry.note ?? '')).toLowerCase().includes(word));
    if (words === '') {
      return [...readList('recent').map(each => ({ group: 'Recent', label: String(each.label), href: String(each.href), sign: icon('right') })), ...pagesAndActions()];
    }
    return [...(words.length > 1 ? this.#found : []), ...pagesAndActions().filter(fits), ...this.#named().flatMap(group => best(group.filter(fits), words))];
  }

  /** Groups of entries. @returns {Entry[][]} */
  #named() {
    return [
      this.#modules.flatMap(module => [
        { group: 'Modules', label: module.name, note: module.id, sign: icon('modules'), href: link('modules/' + encodeURIComponent(module.id)) },
        ...(session.may('operator') ? [{ group: 'Modules', label: 'New job of ' + module.name, note: module.id, sign: icon('new'), href: link('new', { module: module.id }) }] : []),
      ]),
      this.#schedules.map(schedule => ({ group: 'Schedules', label: schedule.name, note: schedule.sentence, sign: icon('schedules'), href: link('schedules/' + encodeURIComponent(schedule.name)) })),
    ];
  }
}

/** The entries that come first in a group: those that are named so, those that begin so, then the others in their order. @param {Entry[]} entries @param {string} words */
function best(entries, words) {
  const rank = (/** @type {Entry} */ { label, note }) => ([label, note].some(each => each?.toLowerCase() === words) ? 0 : label.toLowerCase().startsWith(words) ? 1 : 2);
  return entries.map(entry => ({ entry, rank: rank(entry) })).sort((one, other) => one.rank - other.rank).slice(0, SHOWN).map(each => each.entry);
}

/** @returns {Entry[]} */
function pagesAndActions() {
  return [
    ...pages.filter(page => page.icon && session.may(page.role ?? 'viewer')).map(page => ({ group: 'Pages', label: page.title, sign: icon(page.icon ?? ''), note: page.key ? 'g ' + page.key : '', href: link(page.path) })),
    { group: 'Actions', label: 'Failed jobs of the last day', sign: icon('jobs'), href: link('jobs', { status: 'failed', since: '24h' }) },
    { group: 'Actions', label: 'Dark theme', sign: icon('design'), run: () => setTheme('dark') },
    { group: 'Actions', label: 'Light theme', sign: icon('design'), run: () => setTheme('light') },
    { group: 'Actions', label: live.paused ? 'Let the page go on' : 'Pause the page', sign: icon('pause'), note: 'p', run: () => live.pause() },
    { group: 'Actions', label: 'Keyboard shortcuts', sign: icon('help'), note: '?', run: async () => (await import('./shortcuts.js')).openShortcuts() },
  ];
}
