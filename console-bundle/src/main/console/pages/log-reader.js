/** What is read of a log: its lines as they come, and what is found in them. Knows nothing of how they look. */

import { get } from '../core/api.js';
import { live } from '../core/live.js';
import { LogColours } from './log-colours.js';
import { AROUND, LogContext } from './log-context.js';
import { LogHits } from './log-hits.js';
import { LogStore } from './log-store.js';

const RANK = { DEBUG: 0, INFO: 1, WARNING: 2, ERROR: 3 };

/** What one answer may have at most. */
const PAGE = 10_000;

/** More hits are read when fewer rows than these are left below. */
const NEAR_END = 200;

export class LogReader {
  /** What is searched, in lower case. */
  find = '';
  /** The level that lines have at least; '' for all. */
  level = '';
  /** Whether only what was found is shown. */
  isFiltering = false;
  /** Whether the lines around each hit are shown too. */
  hasContext = true;
  isRead = false;
  /** Whether other tabs have all the streams there are. */
  isFull = false;
  /** @type {() => void} */
  #stop = () => {};

  /**
   * @param {string} job @param {boolean} isOpen whether more lines will come @param {AbortSignal} signal
   * @param {{drawn: () => void, turned: () => void, came: (lines: import('./log-store.js').Line[], fresh: number) => void}} told
   *     that lines can be drawn anew, that the state has changed, and that lines have come
   */
  constructor(job, isOpen, signal, told) {
    this.job = job;
    this.isOpen = isOpen;
    this.signal = signal;
    this.told = told;
    this.store = new LogStore(job, signal, told.drawn);
    this.hits = new LogHits(job, signal);
    this.colours = new LogColours(this.store);
    this.context = new LogContext(this.store, this.hits);
    signal.addEventListener('abort', () => this.#stop());
  }

  get #path() {
    return '/jobs/' + encodeURIComponent(this.job) + '/logs';
  }

  /** Reads the end of the log. */
  async open() {
    await this.store.loadEnd();
    this.isRead = true;
  }

  /** Follows the log from what was read on. */
  follow() {
    if (this.isOpen) {
      this.#stop = live.follow(this.job, this.store.total, {
        events: lines => this.take(lines),
        state: state => {
          this.isFull = state.full;
          this.isOpen = !state.ended;
          this.told.turned();
        },
      });
    }
  }

  /** Reads on where no stream is left for this tab. */
  async poke() {
    if (this.isFull && this.isRead) {
      this.take((await get(this.#path, { query: { after: String(this.store.total), limit: PAGE }, signal: this.signal })).logs);
    }
  }

  /** @param {import('./log-store.js').Line[]} lines */
  take(lines) {
    const fresh = this.store.append(lines);
    if (fresh > 0) {
      if (this.hits.matches > 0 || this.isFiltering) {
        this.hits.append(lines, line => this.#fits(line));
      }
      this.told.came(lines, fresh);
    }
  }

  /** @param {import('./log-store.js').Line} line */
  #fits(line) {
    return (this.find === '' || line.message.toLowerCase().includes(this.find)) && (RANK[/** @type {'INFO'} */ (line.level)] ?? 1) >= (RANK[/** @type {'INFO'} */ (this.level)] ?? 0);
  }

  /** Whether nothing but hits is shown. */
  get isOnlyHits() {
    return this.isFiltering && (this.find !== '' || this.level !== '');
  }

  /** The rows when only hits are shown. Lines of a level stand alone: there are no others around them that tell of it. */
  get #rows() {
    return this.context.fresh(this.hasContext && this.find !== '' ? AROUND : 0);
  }

  /** The lines that are shown, by their places. @type {import('./log-pane.js').LineSource} */
  source = {
    count: () => (this.isOnlyHits ? this.#rows.sequences.length : Math.max(0, this.store.total - this.store.base)),
    sequence: index => (this.isOnlyHits ? this.context.sequences[index] : this.store.base + index + 1),
    line: index => (this.isOnlyHits ? this.context.line(index) : this.store.line(this.store.base + index + 1)),
    before: index => {
      const line = this.isOnlyHits ? undefined : this.store.peek(this.store.base + index + 1);
      return line ? this.colours.before(line) : '';
    },
    kind: index => (this.isOnlyHits ? this.context.kind(index) : ''),
  };

  /** The place of a line among those that are shown. @param {number} sequence */
  placeOf(sequence) {
    return this.isOnlyHits ? this.#rows.placeOf(sequence) : sequence - this.store.base - 1;
  }

  /** The number of hits up to a line, that one included. @param {number} sequence */
  hitsUpTo(sequence) {
    return this.hits.sequences.findLastIndex(each => each <= sequence) + 1;
  }

  get #wanted() {
    return { q: this.find, level: this.level };
  }

  /** Searches the whole log. */
  async search() {
    if (this.find === '' && this.level === '') {
      this.hits.clear();
    } else {
      await this.hits.search(this.#wanted);
      this.hits.spread(this.#wanted).then(() => this.told.turned(), () => {}); // the marks of hits that are not read say so until then
    }
  }

  /** Reads more hits when the rows end soon below the last one in sight. @param {number} last its place @returns {Promise<boolean>} whether any came */
  async readAhead(last) {
    return this.isOnlyHits && !this.hits.isWhole && last > this.source.count() - NEAR_END && this.hits.more(this.#wanted);
  }

  /** The hit after a line, or before it; 0 when there is none. @param {number} from @param {1 | -1} way */
  next(from, way) {
    return this.hits.next(from, way, this.#wanted);
  }

  /** The next line after one that tells of an error; 0 when there is none. @param {number} from @returns {Promise<number>} */
  async nextError(from) {
    const answer = await get(this.#path, { query: { level: 'ERROR', after: String(from), limit: 1 }, signal: this.signal });
    return answer.logs[0]?.sequence ?? 0;
  }
}
