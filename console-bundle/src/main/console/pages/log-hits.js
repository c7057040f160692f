/** What is found in a log, by the server: it reads the whole log, so the number of hits is the true one. */

import { get } from '../core/api.js';

/** What one answer has at most. */
const PAGE = 10_000;

/** The lines that are kept of what was found. */
const MOST = 100_000;

/** The parts of the log in which hits are counted when not all of them are read: one for each step of the marks along the bar. */
export const PARTS = 400;

export class LogHits {
  /** The numbers of the lines, in order. @type {number[]} */
  sequences = [];
  /** The number of all of them. */
  matches = 0;
  /** The lines themselves. @type {import('./log-store.js').Line[]} */
  lines = [];
  /** The numbers of hits by parts of the log, and the lines that it had then; null when all hits are known, or it is not. @type {{counts: number[], base: number, total: number} | null} */
  parts = null;
  /** The numbers of lines that have come since, when not all are known. @type {number[]} */
  late = [];
  /** Whether it is being searched. */
  isSearching = false;
  /** Which search it is. */
  round = 0;

  /** @param {string} job @param {AbortSignal} signal */
  constructor(job, signal) {
    this.path = '/jobs/' + encodeURIComponent(job) + '/logs';
    this.signal = signal;
  }

  /** Whether all hits are known. */
  get isWhole() {
    return this.matches === this.sequences.length;
  }

  /** @param {{q?: string, level?: string}} wanted */
  async search(wanted) {
    const round = ++this.round;
    this.isSearching = true;
    try {
      const answer = await get(this.path, { query: { ...wanted, after: '0', limit: PAGE }, signal: this.signal });
      if (round === this.round) {
        this.lines = answer.logs;
        this.sequences = answer.logs.map((/** @type {any} */ line) => line.sequence);
        this.matches = answer.matches;
        this.parts = null;
        this.late = [];
      }
    } finally {
      if (round === this.round) {
        this.isSearching = false;
      }
    }
  }

  /** Asks where the hits are that are not read. @param {{q?: string, level?: string}} wanted */
  async spread(wanted) {
    const round = this.round;
    if (!this.isWhole) {
      const answer = await get(this.path, { query: { ...wanted, limit: 1, parts: PARTS }, signal: this.signal });
      if (round === this.round) {
        this.parts = { counts: answer.matches_by_part, base: answer.dropped_to, total: answer.total };
      }
    }
  }

  /** Reads the hits that follow on those that are known. @param {{q?: string, level?: string}} wanted @returns {Promise<boolean>} whether there were any */
  async more(wanted) {
    if (this.isWhole || this.isSearching || this.sequences.length >= MOST) {
      return false;
    }
    const round = this.round;
    this.isSearching = true;
    try {
      const answer = await get(this.path, { query: { ...wanted, after: String(this.sequences.at(-1) ?? 0), limit: PAGE }, signal: this.signal });
      if (round !== this.round) {
        return false;
      }
      this.lines.push(...answer.logs);
      this.sequences.push(...answer.logs.map((/** @type {any} */ line) => line.sequence));
      return answer.logs.length > 0;
    } finally {
      if (round === this.round) {
        this.isSearching = false;
      }
    }
  }

  clear() {
    this.round++;
    this.sequences = [];
    this.lines = [];
    this.matches = 0;
    this.parts = null;
    this.late = [];
    this.isSearching = false;
  }

  /** Adds lines that have just come. @param {import('./log-store.js').Line[]} lines @param {(line: import('./log-store.js').Line) => boolean} fits */
  append(lines, fits) {
    const last = this.sequences.at(-1) ?? 0;
    const fresh = lines.filter(line => line.sequence > last && fits(line));
    if (this.isWhole && fresh.length + this.sequences.length <= MOST) {
      this.sequences.push(...fresh.map(line => line.sequence));
      this.lines.push(...fresh);
    } else if (this.late.length < MOST) {
      this.late.push(...fresh.map(line => line.sequence));
    }
    this.matches += fresh.length;
  }

  /** The hit after a line, or before it; it goes round. @param {number} from @param {1 | -1} way @param {{q?: string, level?: string}} wanted @returns {Promise<number>} 0 when there is none */
  async next(from, way, wanted) {
    if (this.isWhole) {
      const found = way > 0 ? this.sequences.find(sequence => sequence > from) : this.sequences.findLast(sequence => sequence < from);
      return found ?? (way > 0 ? this.sequences[0] : this.sequences.at(-1)) ?? 0;
    }
    const place = way > 0 ? { after: String(from) } : { before: String(Math.max(1, from)) };
    const answer = await get(this.path, { query: { ...wanted, ...place, limit: 1 }, signal: this.signal });
    return answer.logs[0]?.sequence ?? 0;
  }

  /** The place of a hit among all, from 1; 0 when it is not known. @param {number} sequence */
  place(sequence) {
    return this.sequences.indexOf(sequence) + 1; // those that are known are the first ones
  }
}
