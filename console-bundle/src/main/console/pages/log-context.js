/** The lines that are shown when only hits are: the hits, and when wanted the lines around each. What is around a hit is read when it comes into sight. */

import { get } from '../core/api.js';

/** The lines before and after a hit. */
export const AROUND = 3;

/** A person who drags the bar sees hundreds of hits for a moment each: only where they stay is anything read. */
const SETTLE_MS = 60;
const MOST_KEPT = 5_000;
const MOST_WANTED = 400;

/** Lines so near to each other are read at once. */
const NEAR = 50;

export class LogContext {
  /** The numbers of the lines that are shown, in order. @type {number[]} */
  sequences = [];
  /** For each of them the place of its hit; -1 for a line around one. @type {number[]} */
  #places = [];
  #made = '';
  /** @type {Map<number, import('./log-store.js').Line>} */
  #kept = new Map();
  /** @type {Set<number>} */
  #wanted = new Set();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #settling;
  #isReading = false;

  /** @param {import('./log-store.js').LogStore} store @param {import('./log-hits.js').LogHits} hits */
  constructor(store, hits) {
    this.store = store;
    this.hits = hits;
  }

  /** Brings the rows up to date with the hits. @param {number} around the lines around each hit @returns {LogContext} */
  fresh(around) {
    const { sequences } = this.hits;
    const reach = Math.min(this.store.total, (sequences.at(-1) ?? 0) + around);
    const made = [this.hits.round, sequences.length, around, reach].join('|');
    if (made !== this.#made) {
      this.#made = made;
      this.#make(around);
    }
    return this;
  }

  /** @param {number} around */
  #make(around) {
    this.sequences = [];
    this.#places = [];
    const hits = this.hits.sequences;
    let last = Math.max(this.store.base, this.store.droppedTo);
    hits.forEach((hit, place) => {
      for (let at = Math.max(last + 1, hit - around); at < hit; at++) {
        this.#add(at, -1);
      }
      this.#add(hit, place);
      last = Math.min(hit + around, (hits[place + 1] ?? Infinity) - 1, Math.max(hit, this.store.total));
      for (let at = hit + 1; at <= last; at++) {
        this.#add(at, -1);
      }
    });
  }

  /** @param {number} sequence @param {number} place */
  #add(sequence, place) {
    this.sequences.push(sequence);
    this.#places.push(place);
  }

  /** Classes of a row: whether it is around a hit, and whether lines are left out above it. @param {number} index */
  kind(index) {
    const isGap = index > 0 && this.sequences[index - 1] !== this.sequences[index] - 1;
    return (this.#places[index] < 0 ? 'context' : '') + (isGap ? ' gap' : '');
  }

  /** @param {number} index @returns {import('./log-store.js').Line | undefined} */
  line(index) {
    const place = this.#places[index];
    if (place >= 0) {
      return this.hits.lines[place];
    }
    const sequence = this.sequences[index];
    const line = this.store.peek(sequence) ?? this.#kept.get(sequence);
    if (!line && sequence <= this.store.total) {
      this.#want(sequence);
    }
    return line;
  }

  /** The place of a line among the rows; that of the next when it is not shown. @param {number} sequence */
  placeOf(sequence) {
    let low = 0;
    let high = this.sequences.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.sequences[middle] < sequence) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return Math.min(low, Math.max(0, this.sequences.length - 1));
  }

  /** @param {number} sequence */
  #want(sequence) {
    this.#wanted.delete(sequence);
    this.#wanted.add(sequence);
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => this.#read().catch(() => {}), SETTLE_MS);
  }

  async #read() {
    if (this.#isReading) {
      return; // what is in sight then is asked for again when it is drawn
    }
    this.#isReading = true;
    const wanted = [...this.#wanted].slice(-MOST_WANTED).sort((a, b) => a - b);
    this.#wanted.clear();
    try {
      for (let from = 0; from < wanted.length; ) {
        let to = from;
        while (to + 1 < wanted.length && wanted[to + 1] - wanted[to] <= NEAR) {
          to++;
        }
        const limit = wanted[to] - wanted[from] + 1;
        const answer = await get(this.store.path, { query: { after: String(wanted[from] - 1), limit }, signal: this.store.signal });
        answer.logs.forEach((/** @type {import('./log-store.js').Line} */ line) => this.#keep(line));
        this.store.changed();
        from = to + 1;
      }
    } finally {
      this.#isReading = false;
    }
  }

  /** @param {import('./log-store.js').Line} line */
  #keep(line) {
    if (this.#kept.size >= MOST_KEPT) {
      this.#kept.clear();
    }
    this.#kept.set(line.sequence, line);
  }
}
