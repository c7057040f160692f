/** The log of a job: live, searched over all of its lines, and of any length. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { number, plural } from '../core/format.js';
import { addShortcuts } from '../core/keys.js';
import { read, write } from '../core/prefs.js';
import { router } from '../core/router.js';
import { clock } from '../core/time.js';
import { View, asProblem } from '../core/view.js';
import { icon } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { copyLines, saveLog, showWhole } from './log-export.js';
import { LogPane } from './log-pane.js';
import { LogReader } from './log-reader.js';

const TYPING_MS = 250;
const SUMMARY_MS = 10_000;
const LEVELS = { '': 'All levels', INFO: 'Info and worse', WARNING: 'Warnings and errors', ERROR: 'Errors' };
const TIMES = /** @type {const} */ ({ '': 'No times', relative: 'Times since the start', absolute: 'Times of day' });

export class LogView extends View {
  /** The job. */
  job = '';
  /** When it started, for relative times. */
  start = '';
  /** Whether more lines will come. */
  isOpen = true;

  /** @type {LogReader} */
  #log = /** @type {any} */ (null);
  /** @type {LogPane | null} */
  #pane = null;
  #newLines = 0;
  #unsaid = 0;
  #unsaidErrors = 0;
  #summary = '';
  /** @type {import('../core/api.js').Problem | null} */
  #refusal = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  begin() {
    this.#log = new LogReader(this.job, this.isOpen, this.signal, {
      drawn: () => this.#pane?.changed(),
      turned: () => this.changed(),
      came: (lines, fresh) => this.#came(lines, fresh),
    });
    this.addEventListener('click', event => this.#click(event), { signal: this.signal });
    document.addEventListener('keydown', event => this.#browserKeys(event), { signal: this.signal });
    addEventListener('pawl-zone', () => this.#pane?.changed(), { signal: this.signal });
    router.addEventListener('place', () => this.#log.isRead && router.place.hash && this.#linkedFromAddress(), { signal: this.signal });
    const said = setInterval(() => this.#say(), SUMMARY_MS);
    this.signal.addEventListener('abort', () => clearInterval(said));
    this.#shortcuts();
    this.#open();
  }

  async #open() {
    try {
      await this.#log.open();
      this.drawNow();
      this.#linkedFromAddress();
      this.#log.follow();
    } catch (failure) {
      if (!this.signal.aborted) {
        this.#refusal = asProblem(failure);
        this.changed();
      }
    }
  }

  /** Reads on where no stream is left for this tab. */
  poke = () => this.#log.poke();

  /** @param {import('./log-store.js').Line[]} lines @param {number} fresh */
  #came(lines, fresh) {
    this.#unsaid += fresh;
    this.#unsaidErrors += lines.filter(line => line.level === 'ERROR').length;
    if (!this.#pane?.isFollowing) {
      this.#newLines += fresh;
    }
    this.#pane?.changed();
    this.changed();
  }

  #say() {
    if (this.#pane?.isFollowing && this.#unsaid > 0) {
      this.#summary = plural(this.#unsaid, 'new line') + (this.#unsaidErrors > 0 ? ', ' + plural(this.#unsaidErrors, 'error') : '');
      this.changed();
    }
    this.#unsaid = 0;
    this.#unsaidErrors = 0;
  }

  /** The address names a line or a range, `#L10-20`. */
  #linkedFromAddress() {
    const match = /^L(\d+)(?:-(\d+))?$/.exec(router.place.hash);
    const pane = this.#pane;
    if (pane && match) {
      pane.look = { ...pane.look, from: Number(match[1]), to: Number(match[2] ?? match[1]) };
      pane.goTo(this.#log.placeOf(Number(match[1])));
    } else if (pane) {
      pane.follow(this.#log.isOpen);
      pane.top = Number.MAX_SAFE_INTEGER;
    }
  }

  /** @param {MouseEvent} event */
  #click(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest('.log-row'));
    const sequence = Number(row?.dataset.sequence ?? 0);
    if (target.classList.contains('log-number') && this.#pane) {
      event.preventDefault();
      const { from } = this.#pane.look;
      const [first, last] = event.shiftKey && from > 0 ? [Math.min(from, sequence), Math.max(from, sequence)] : [sequence, sequence];
      this.#link(first, last);
    } else if (target.dataset.unfold !== undefined) {
      const line = this.#log.store.line(sequence) ?? this.#log.hits.lines.find(each => each.sequence === sequence);
      showWhole(sequence, line?.message ?? '');
    }
  }

  /** @param {number} from @param {number} to */
  #link(from, to) {
    const pane = this.#pane;
    if (pane) {
      pane.look = { ...pane.look, from, to };
      pane.follow(false);
      history.replaceState(null, '', location.pathname + location.search + (from > 0 ? '#L' + from + (to > from ? '-' + to : '') : ''));
      router.place.hash = location.hash.slice(1);
      this.changed();
    }
  }

  /** Ctrl+F comes here, and to the browser when pressed again. @param {KeyboardEvent} event */
  #browserKeys(event) {
    const field = this.querySelector('input');
    if ((event.ctrlKey || event.metaKey) && event.key === 'f' && field && document.activeElement !== field) {
      event.preventDefault();
      field.focus();
      field.select();
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'a' && document.activeElement?.classList.contains('log-scroll')) {
      event.preventDefault();
      this.#link(this.#log.store.droppedTo + 1, this.#log.store.total);
    } else if ((event.ctrlKey || event.metaKey) && event.key === 'c' && document.activeElement?.classList.contains('log-scroll') && String(getSelection()) === '' && (this.#pane?.look.from ?? 0) > 0) {
      event.preventDefault();
      this.#copy();
    }
  }

  #copy() {
    const look = this.#pane?.look;
    return look ? this.attempt('copy', () => copyLines(this.#log.store, look.from, Math.min(look.to, this.#log.store.total), look.times)) : undefined;
  }

  #shortcuts() {
    const group = 'Log';
    addShortcuts(
      [
        { keys: 'f', label: 'Follow, or not', group, run: () => this.#toggleFollow() },
        { keys: '/', label: 'Find in the log', group, run: () => this.querySelector('input')?.focus() },
        { keys: 'n', label: 'Next hit', group, run: () => this.#step(1) },
        { keys: 'N', label: 'Previous hit', group, run: () => this.#step(-1) },
        { keys: 'e', label: 'Next error', group, run: () => this.#nextError() },
        { keys: 'w', label: 'Wrap long lines, or not', group, run: () => this.#wrap() },
        { keys: 't', label: 'Show times, or not', group, run: () => this.#setTimes(this.#pane?.look.times === '' ? 'relative' : this.#pane?.look.times === 'relative' ? 'absolute' : '') },
      ],
      this.signal,
    );
  }

  #toggleFollow() {
    const pane = this.#pane;
    if (pane) {
      pane.follow(!pane.isFollowing);
      this.#newLines = 0;
      this.changed();
    }
  }

  #wrap() {
    if (this.#pane) {
      this.#pane.isWrapped = !this.#pane.isWrapped;
      write('wrap', this.#pane.isWrapped ? 'on' : '');
      this.#pane.changed();
      this.changed();
    }
  }

  /** @param {'' | 'relative' | 'absolute'} times */
  #setTimes(times) {
    if (this.#pane) {
      this.#pane.look = { ...this.#pane.look, times };
      write('times', times);
      this.#pane.scroller.dataset.times = times;
      this.#pane.changed();
      this.changed();
    }
  }

  /** @param {string} text */
  #typed(text) {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(async () => {
      this.#log.find = text.toLowerCase();
      if (this.#pane) {
        this.#pane.look = { ...this.#pane.look, find: this.#log.find, hit: 0 };
      }
      await this.#search();
      if (!this.#log.isOnlyHits && this.#log.find !== '') {
        await this.#step(1, true);
      }
    }, TYPING_MS);
  }

  async #search() {
    await this.attempt('find', () => this.#log.search());
    this.#pane?.changed();
    this.changed();
  }

  /** @param {1 | -1} way @param {boolean} [isFirst] whether what is in sight counts */
  async #step(way, isFirst = false) {
    const pane = this.#pane;
    if (!pane || this.#log.find === '') {
      return;
    }
    const from = pane.look.hit || this.#log.source.sequence(pane.sight.first) - (isFirst ? 1 : 0);
    const hit = await this.attempt('find', () => this.#log.next(from, way));
    if (hit) {
      this.#show(hit);
    }
  }

  async #nextError() {
    const pane = this.#pane;
    if (pane) {
      const from = pane.look.hit || this.#log.source.sequence(pane.sight.first);
      const hit = await this.attempt('find', () => this.#log.nextError(from));
      if (hit) {
        this.#show(hit);
      }
    }
  }

  /** @param {number} sequence */
  #show(sequence) {
    const pane = this.#pane;
    if (pane) {
      pane.look = { ...pane.look, hit: sequence };
      pane.goTo(this.#log.placeOf(sequence));
      this.changed();
    }
  }

  /** @param {string} level */
  async #setLevel(level) {
    this.#log.level = level;
    this.#log.isFiltering ||= level !== '';
    await this.#search();
  }

  render() {
    if (!this.#log.isRead) {
      return this.#refusal ? refused(this.#refusal, () => { this.#refusal = null; this.#open(); }) : loading(8);
    }
    const pane = this.#pane;
    const look = pane?.look;
    return html`
      <div class="log-bar line" role="toolbar" aria-label="Log">
        <input type="search" class="log-find" aria-label="Find in the log" placeholder="Find in all lines" @input=${(/** @type {any} */ event) => this.#typed(event.target.value)} @keydown=${(/** @type {KeyboardEvent} */ event) => { if (event.key === 'Enter') { this.#step(event.shiftKey ? -1 : 1); } }}>
        ${this.#log.find ? html`<span class="num small muted" role="status">${this.#log.hits.isSearching ? 'Searching …' : this.#log.hits.matches === 0 ? 'Nothing found' : (this.#log.hits.place(look?.hit ?? 0) > 0 ? number(this.#log.hits.place(look?.hit ?? 0)) + ' of ' : '') + number(this.#log.hits.matches)}</span>
          <button class="button mini square" type="button" aria-label="Previous hit" title="Previous hit (N)" @click=${() => this.#step(-1)}>${icon('up')}</button><button class="button mini square" type="button" aria-label="Next hit" title="Next hit (n)" @click=${() => this.#step(1)}>${icon('down')}</button>` : nothing}
        ${this.#log.find || this.#log.level ? html`<button class="button mini" type="button" aria-pressed=${this.#log.isFiltering} @click=${() => { this.#log.isFiltering = !this.#log.isFiltering; if (pane) { pane.top = 0; pane.changed(); } this.changed(); }}>Only hits</button>` : nothing}
        <select aria-label="Level" @change=${(/** @type {any} */ event) => this.#setLevel(event.target.value)}>${Object.entries(LEVELS).map(([level, word]) => html`<option value=${level} .selected=${level === this.#log.level}>${word}</option>`)}</select>
        <span class="grow"></span>
        ${look && look.from > 0 ? html`<button class="button mini" type="button" @click=${() => this.#copy()}>${icon('copy')}${look.to > look.from ? 'Copy ' + number(look.to - look.from + 1) + ' lines' : 'Copy line'}</button><button class="button mini quiet square" type="button" aria-label="Unmark" @click=${() => this.#link(0, 0)}>${icon('close')}</button>` : nothing}
        <select aria-label="Times" @change=${(/** @type {any} */ event) => this.#setTimes(event.target.value)}>${Object.entries(TIMES).map(([value, word]) => html`<option value=${value} .selected=${value === (look?.times ?? '')}>${word}</option>`)}</select>
        <button class="button mini" type="button" aria-pressed=${pane?.isWrapped ? 'true' : 'false'} @click=${() => this.#wrap()}>${icon('wrap')}Wrap</button>
        <button class="button mini" type="button" @click=${() => saveLog(this.job, this.#log.store, this.#log.isOnlyHits ? this.#log.hits.lines : null)}>${icon('save')}Download</button>
        ${this.#log.isOpen ? html`<button class="button mini" type="button" aria-pressed=${pane?.isFollowing ? 'true' : 'false'} @click=${() => this.#toggleFollow()}>${icon('down')}Follow</button>` : nothing}
      </div>
      ${this.trouble('find')}${this.trouble('copy')}
      <div class="log-frame">
        <div class="log-scroll" tabindex="0" role="region" aria-label="Log lines" data-times=${look?.times ?? read('times')}></div>
        ${this.#log.store.total === 0 ? html`<div class="log-none">${this.#log.isOpen ? empty('No line yet', 'Lines appear here as they are written.') : empty('It wrote no line')}</div>` : nothing}
        ${this.#newLines > 0 && pane && !pane.isFollowing ? html`<button class="button log-new" type="button" @click=${() => this.#toggleFollow()}>${icon('down')}${number(this.#newLines)} new</button>` : nothing}
      </div>
      <p class="log-foot small muted line"><span class="num">${this.#position()}</span><span class="grow"></span>${this.#log.isFull ? html`<span>Other tabs follow three logs already; this one is read when the job changes.</span>` : nothing}</p>
      <p class="away" role="status">${this.#summary}</p>`;
  }

  #position() {
    const count = this.#log.source.count();
    const pane = this.#pane;
    if (!pane || count === 0) {
      return '';
    }
    const last = pane.sight.last;
    const line = this.#log.source.line(last);
    const of = this.#log.isOnlyHits ? number(count) + ' of ' + plural(this.#log.hits.matches, 'hit') : plural(this.#log.store.total, 'line');
    return number(this.#log.source.sequence(last) ?? 0) + ' of ' + of + (line ? ' · ' + clock(line.timestamp) : '') + (this.#log.store.droppedTo > 0 ? ' · lines up to ' + number(this.#log.store.droppedTo) + ' were dropped' : '');
  }

  drawn() {
    const scroller = /** @type {HTMLElement | null} */ (this.querySelector('.log-scroll'));
    if (scroller && !this.#pane) {
      this.#pane = new LogPane(scroller, this.#log.source, this.signal, () => { if (this.#pane?.isFollowing) { this.#newLines = 0; } this.changed(); });
      this.#pane.isWrapped = read('wrap') === 'on';
      this.#pane.look = { ...this.#pane.look, times: /** @type {any} */ (read('times')), start: Date.parse(this.start) || 0 };
      this.changed(); // the bar shows the pane's state
    }
    if (this.#pane) {
      this.#pane.droppedTo = this.#log.store.droppedTo;
      this.#pane.changed();
    }
  }
}

customElements.define('pawl-log', LogView);
