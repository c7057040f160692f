/** The log of a job: live, searched over all of its lines, and of any length. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { number, plural } from '../core/format.js';
import { read, write } from '../core/prefs.js';
import { router } from '../core/router.js';
import { View, asProblem } from '../core/view.js';
import { icon } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { logBar } from './log-bar.js';
import { copyLines, copyMarked, saveLog, showWhole } from './log-export.js';
import { bubble, position } from './log-foot.js';
import { addLogKeys } from './log-keys.js';
import { marks } from './log-marks.js';
import { LogPane } from './log-pane.js';
import { LogReader } from './log-reader.js';
import { LogSelection } from './log-selection.js';
import { LogSummary } from './log-summary.js';

const TYPING_MS = 250;
const BUBBLE_MS = 900;

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
  /** @type {LogSelection | null} */
  #selection = null;
  #isDragged = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #dragging;
  #newLines = 0;
  #summary = /** @type {LogSummary} */ (/** @type {any} */ (null));
  /** @type {import('../core/api.js').Problem | null} */
  #refusal = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;

  /** @type {import('./log-bar.js').Acts} */
  #acts = {
    typed: text => this.#typed(text),
    step: way => this.#step(way),
    filter: () => this.#filter(),
    context: () => this.#setContext(),
    level: level => this.#setLevel(level),
    times: times => this.#setTimes(times),
    nextTimes: () => this.#setTimes(this.#pane?.look.times === '' ? 'relative' : this.#pane?.look.times === 'relative' ? 'absolute' : ''),
    wrap: () => this.#wrap(),
    copy: () => this.#copy(),
    markAll: () => this.#selection?.setAll(),
    unmark: () => this.#link(0, 0),
    save: () => saveLog(this.job, this.#log.store, this.#log.isOnlyHits ? this.#log.hits.lines : null),
    follow: () => this.#toggleFollow(),
    nextError: () => this.#goOn(from => this.#log.nextError(from)),
  };

  begin() {
    this.#log = new LogReader(this.job, this.isOpen, this.signal, {
      drawn: () => this.#pane?.changed(),
      turned: () => this.changed(),
      came: (lines, fresh) => this.#came(lines, fresh),
    });
    this.#log.hasContext = read('context', 'on') === 'on';
    this.addEventListener('click', event => this.#click(event), { signal: this.signal });
    addEventListener('pawl-zone', () => this.#pane?.changed(), { signal: this.signal });
    router.addEventListener('place', () => this.#log.isRead && router.place.hash && this.#linkedFromAddress(), { signal: this.signal });
    this.#summary = new LogSummary(() => this.#pane?.isFollowing ?? false, () => this.changed(), this.signal);
    addLogKeys(this, this.#acts, () => this.#hasMarks, this.signal);
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
    this.#summary.add(lines, fresh);
    if (!this.#pane?.isFollowing) {
      this.#newLines += fresh;
    }
    this.#redraw();
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
      this.#selection?.clear();
      pane.look = { ...pane.look, from, to };
      pane.follow(false);
      history.replaceState(null, '', location.pathname + location.search + (from > 0 ? '#L' + from + (to > from ? '-' + to : '') : ''));
      router.place.hash = location.hash.slice(1);
      this.changed();
    }
  }

  get #hasMarks() {
    return this.#selection?.isEmpty === false || (this.#pane?.look.from ?? 0) > 0;
  }

  #copy() {
    const selection = this.#selection;
    const look = this.#pane?.look;
    if (selection && !selection.isEmpty) {
      return this.attempt('copy', () => copyMarked(this.#log, selection.range));
    }
    return look ? this.attempt('copy', () => copyLines(this.#log.store, look.from, Math.min(look.to, this.#log.store.total), look.times)) : undefined;
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
      this.#redraw();
    }
  }

  /** @param {'' | 'relative' | 'absolute'} times */
  #setTimes(times) {
    if (this.#pane) {
      this.#pane.look = { ...this.#pane.look, times };
      write('times', times);
      this.#pane.scroller.dataset.times = times;
      this.#redraw();
    }
  }

  #redraw() {
    this.#pane?.changed();
    this.changed();
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
    this.#redraw();
  }

  /** @param {1 | -1} way @param {boolean} [isFirst] whether what is in sight counts */
  async #step(way, isFirst = false) {
    if (this.#log.find !== '') {
      await this.#goOn(from => this.#log.next(from - (isFirst ? 1 : 0), way));
    }
  }

  /** @param {(from: number) => Promise<number>} next */
  async #goOn(next) {
    const pane = this.#pane;
    const from = pane ? pane.look.hit || this.#log.source.sequence(pane.sight.first) : 0;
    const hit = await this.attempt('find', () => next(from));
    if (hit) {
      this.#show(hit);
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

  #filter() {
    const pane = this.#pane;
    const here = pane ? this.#log.source.sequence(pane.sight.first) : 0;
    this.#log.isFiltering = !this.#log.isFiltering;
    if (pane) {
      pane.top = Math.max(0, this.#log.placeOf(pane.look.hit || here) - (pane.look.hit ? 10 : 0));
    }
    this.#redraw();
  }

  #setContext() {
    this.#log.hasContext = !this.#log.hasContext;
    write('context', this.#log.hasContext ? '' : 'off');
    this.#redraw();
  }

  #dragged() {
    this.#isDragged = true;
    clearTimeout(this.#dragging);
    this.#dragging = setTimeout(() => { this.#isDragged = false; this.changed(); }, BUBBLE_MS);
  }

  render() {
    const log = this.#log;
    if (!log.isRead) {
      return this.#refusal ? refused(this.#refusal, () => { this.#refusal = null; this.#open(); }) : loading(8);
    }
    const pane = this.#pane;
    const times = pane?.look.times ?? read('times');
    return html`
      ${logBar(log, pane, this.#selection?.isEmpty === false, times, this.#acts)}
      ${this.trouble('find')}${this.trouble('copy')}
      <div class="log-frame">
        <div class="log-scroll" tabindex="0" role="region" aria-label="Log lines" data-times=${times}></div>
        ${pane && !log.isOnlyHits ? marks(log, pane.look, hit => this.#show(hit), from => this.#goOn(() => log.next(from, 1))) : nothing}
        ${pane && this.#isDragged ? html`<div class="log-bubble num" aria-hidden="true">${bubble(log, pane)}</div>` : nothing}
        ${log.store.total === 0 ? html`<div class="log-none">${log.isOpen ? empty('No line yet', 'Lines appear here as they are written.') : empty('It wrote no line')}</div>` : nothing}
        ${this.#newLines > 0 && pane && !pane.isFollowing ? html`<button class="button log-new" type="button" @click=${() => this.#toggleFollow()}>${icon('down')}${number(this.#newLines)} new</button>` : nothing}
      </div>
      <p class="log-foot small muted line"><span class="num">${position(log, pane)}</span><span class="grow"></span>${log.isFull ? html`<span>Other tabs follow three logs already; this one is read when the job changes.</span>` : nothing}</p>
      <p class="away" role="status">${this.#summary.text}</p>`;
  }

  #moved() {
    const pane = this.#pane;
    if (pane?.isFollowing) {
      this.#newLines = 0;
    }
    if (pane) {
      this.#log.readAhead(pane.sight.last).then(came => came && this.#redraw(), () => {});
    }
    this.changed();
  }

  drawn() {
    const scroller = /** @type {HTMLElement | null} */ (this.querySelector('.log-scroll'));
    if (scroller && !this.#pane) {
      this.#pane = new LogPane(scroller, this.#log.source, this.signal, {
        moved: () => this.#moved(),
        dragged: () => this.#dragged(),
        drawn: () => this.#selection?.draw(),
      });
      this.#selection = new LogSelection(this.#pane, this.signal, () => this.changed());
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
