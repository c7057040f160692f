/** The lines of a log, of which only those near to what is read are kept: chunks of 1,000 lines by their numbers, 64 at most, fewer when lines are long. */

import { get } from '../core/api.js';

export const CHUNK = 1000;
const CHUNKS = 64;

/** The characters that are kept at most, beside the chunk that is read: a line may have 65,536. */
const MOST_CHARACTERS = 32 << 20;

/**
 * @typedef {object} Line
 * @property {number} sequence
 * @property {string} timestamp
 * @property {string} level
 * @property {string} message
 * @property {number} task_index
 * @property {number} epoch
 */

export class LogStore {
  /** @type {Map<number, (Line | undefined)[]>} */
  #chunks = new Map();
  /** The characters of each chunk. @type {Map<number, number>} */
  #weights = new Map();
  #weight = 0;
  /** @type {Map<number, Promise<void>>} */
  #loading = new Map();
  /** The number of the last line. */
  total = 0;
  /** The last line that the server has dropped. */
  droppedTo = 0;
  /** The line before the first that was there when the log was opened: places count from it. */
  base = 0;
  /** Whether a line that was read has a sequence for a terminal. */
  isColoured = false;

  /** @param {string} job @param {AbortSignal} signal @param {() => void} changed */
  constructor(job, signal, changed) {
    this.path = '/jobs/' + encodeURIComponent(job) + '/logs';
    this.signal = signal;
    this.changed = changed;
  }

  /** Reads the end of the log, and how long it is. */
  async loadEnd() {
    this.#take(await get(this.path, { query: { limit: CHUNK }, signal: this.signal }));
    this.base = this.droppedTo;
  }

  /** @param {any} answer */
  #take(answer) {
    this.droppedTo = answer.dropped_to;
    this.total = Math.max(this.total, answer.dropped_to + answer.total);
    answer.logs.forEach((/** @type {Line} */ line) => this.#keep(line));
  }

  /** @param {Line} line */
  #keep(line) {
    const number = Math.floor((line.sequence - 1) / CHUNK);
    let chunk = this.#chunks.get(number);
    if (!chunk) {
      chunk = new Array(CHUNK);
      this.#chunks.set(number, chunk);
    }
    const more = line.message.length - (chunk[(line.sequence - 1) % CHUNK]?.message.length ?? 0);
    this.#weights.set(number, (this.#weights.get(number) ?? 0) + more);
    this.#weight += more;
    chunk[(line.sequence - 1) % CHUNK] = line;
    this.isColoured ||= line.message.includes('\u001b');
  }

  /** A line, if it is there. @param {number} sequence @returns {Line | undefined} */
  peek(sequence) {
    return this.#chunks.get(Math.floor((sequence - 1) / CHUNK))?.[(sequence - 1) % CHUNK];
  }

  /** Adds lines as they come. @param {Line[]} lines @returns {number} how many were new */
  append(lines) {
    const fresh = lines.filter(line => line.sequence > this.total);
    fresh.forEach(line => this.#keep(line));
    this.total = Math.max(this.total, fresh.at(-1)?.sequence ?? 0);
    this.#forgetFarFrom(this.total);
    return fresh.length;
  }

  /** A line that is there; otherwise it is read, and `changed` called. @param {number} sequence @returns {Line | undefined} */
  line(sequence) {
    const line = this.peek(sequence);
    if (!line && sequence > this.droppedTo && sequence <= this.total) {
      this.#load(Math.floor((sequence - 1) / CHUNK)).catch(() => {});
    }
    return line;
  }

  /** @param {number} number @returns {Promise<void>} */
  #load(number) {
    const known = this.#loading.get(number);
    if (known) {
      return known;
    }
    const loading = this.#read(number).finally(() => this.#loading.delete(number));
    this.#loading.set(number, loading);
    return loading;
  }

  /** @param {number} number */
  async #read(number) {
    const last = Math.min((number + 1) * CHUNK, this.total);
    let after = number * CHUNK;
    while (after < last) {
      const answer = await get(this.path, { query: { after: String(after), limit: last - after }, signal: this.signal });
      if (answer.logs.length === 0) {
        break;
      }
      this.#take(answer);
      after = answer.logs.at(-1).sequence; // an answer is bounded in bytes too
      this.changed();
    }
    this.#forgetFarFrom(number * CHUNK);
  }

  /** @param {number} sequence */
  #forgetFarFrom(sequence) {
    if (this.#chunks.size <= CHUNKS && this.#weight <= MOST_CHARACTERS) {
      return;
    }
    const here = Math.floor(sequence / CHUNK);
    const farthest = [...this.#chunks.keys()].sort((a, b) => Math.abs(b - here) - Math.abs(a - here));
    for (const number of farthest.filter(each => Math.abs(each - here) > 1)) {
      if (this.#chunks.size <= CHUNKS && this.#weight <= MOST_CHARACTERS) {
        return;
      }
      this.#weight -= this.#weights.get(number) ?? 0;
      this.#weights.delete(number);
      this.#chunks.delete(number);
    }
  }
}
