/** The rows of the list of jobs, a page at a time; the events change them in place. */

import { get } from '../core/api.js';

const PAGE = 200;

/** What is kept in the tab; who wants to see more narrows the question. */
export const MOST_ROWS = 20_000;

export class JobList {
  /** @type {any[]} */
  rows = [];
  /** @type {string | null} */
  cursor = null;
  /** Jobs that came since the list was read, newest first. @type {any[]} */
  waiting = [];
  /** @type {Record<string, number> | null} */
  counts = null;
  /** @type {number | null} */
  cappedAt = null;
  #isReading = false;
  #round = 0;

  /** @param {import('./jobs-query.js').JobQuery} query */
  constructor(query) {
    this.query = query;
  }

  /** Whether more rows can be asked for. */
  get hasMore() {
    return this.cursor !== null && this.rows.length < MOST_ROWS;
  }

  /** Reads the first page. @param {AbortSignal} signal */
  async load(signal) {
    const round = ++this.#round;
    const page = await get('/jobs', { query: { ...this.query.parameters, sort: this.query.order, limit: PAGE }, signal });
    if (round === this.#round) {
      this.rows = page.jobs;
      this.cursor = page.next_cursor;
      this.waiting = [];
    }
  }

  /** Reads the next page. @param {AbortSignal} signal @returns {Promise<boolean>} whether rows came */
  async more(signal) {
    if (this.#isReading || !this.hasMore) {
      return false;
    }
    this.#isReading = true;
    const round = this.#round;
    try {
      const page = await get('/jobs', { query: { ...this.query.parameters, sort: this.query.order, limit: PAGE, cursor: this.cursor }, signal });
      if (round !== this.#round) {
        return false;
      }
      const known = new Set(this.rows.map(job => job.id));
      this.rows = [...this.rows, ...page.jobs.filter((/** @type {any} */ job) => !known.has(job.id))];
      this.cursor = page.next_cursor;
      return true;
    } finally {
      this.#isReading = false;
    }
  }

  /** Counts the jobs of each status, of the same question without its status. @param {AbortSignal} signal @param {boolean} [exact] */
  async count(signal, exact = false) {
    const answer = await get('/jobs/counts', { query: { ...this.query.conditions, exact: exact ? 'true' : '' }, signal });
    this.counts = answer.counts;
    this.cappedAt = answer.capped_at;
  }

  /** The number of jobs that the list has, as far as it was counted. @returns {number | null} */
  get total() {
    const counts = this.counts;
    if (!counts) {
      return this.cursor === null ? this.rows.length : null;
    }
    const statuses = this.query.statuses.length > 0 ? this.query.statuses : Object.keys(counts);
    return statuses.reduce((sum, status) => sum + (counts[status] ?? 0), 0);
  }

  /** Whether the total was not counted to its end. */
  get isCapped() {
    const counts = this.counts;
    const cap = this.cappedAt;
    return counts !== null && cap !== null && (this.query.statuses.length > 0 ? this.query.statuses : Object.keys(counts)).some(status => (counts[status] ?? 0) >= cap);
  }

  /** Takes events: known rows change in place, new ones wait. @param {any[]} events */
  take(events) {
    const places = new Map(this.rows.map((job, index) => [job.id, index]));
    const rows = [...this.rows];
    for (const event of events) {
      const place = places.get(event.id);
      const waits = this.waiting.findIndex(job => job.id === event.id);
      if (place !== undefined) {
        rows[place] = event.change === 'removed' ? { ...rows[place], isGone: true } : event;
      } else if (waits >= 0) {
        this.waiting[waits] = event;
      } else if (event.change === 'added' && this.query.fits(event)) {
        this.waiting.unshift(event);
      }
    }
    this.rows = rows;
  }

  /** Lets the waiting ones in. */
  admit() {
    const known = new Set(this.rows.map(job => job.id));
    this.rows = [...this.waiting.filter(job => !known.has(job.id)), ...this.rows];
    this.waiting = [];
  }
}
