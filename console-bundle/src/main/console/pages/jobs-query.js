/** The question of the list of jobs: one object, from the address, behind the list, the counts, the dry run and the action. */

import { serverNow } from '../core/api.js';
import { exact } from '../core/time.js';

export const STATUSES = ['pending', 'running', 'completed', 'failed', 'stopped'];

/** The times that can be chosen, in milliseconds. @type {Record<string, {word: string, ms: number}>} */
export const SPANS = {
  '1h': { word: 'last hour', ms: 3_600_000 },
  '24h': { word: 'last day', ms: 86_400_000 },
  '7d': { word: 'last 7 days', ms: 604_800_000 },
  '30d': { word: 'last 30 days', ms: 2_592_000_000 },
};

export class JobQuery {
  /** @param {URLSearchParams} address */
  constructor(address) {
    this.statuses = (address.get('status') ?? '').split(',').filter(word => STATUSES.includes(word));
    this.module = address.get('module') ?? '';
    this.text = address.get('q') ?? '';
    this.since = address.get('since') ?? '';
    this.until = address.get('until') ?? '';
    this.sort = address.get('sort') ?? '';
    const span = SPANS[this.since];
    /** The beginning, fixed when the question was asked: the list, its counts and its actions mean the same jobs. */
    this.sinceTime = span ? new Date(serverNow() - span.ms).toISOString() : this.since;
  }

  /** What makes two questions the same. */
  get key() {
    return [this.statuses.join(), this.module, this.text, this.since, this.until, this.sort].join('\n');
  }

  /** Whether it leaves jobs out. */
  get isFiltered() {
    return this.statuses.length > 0 || this.hasConditions;
  }

  /** Whether it leaves jobs out by anything but their status. */
  get hasConditions() {
    return this.module !== '' || this.text !== '' || this.since !== '' || this.until !== '';
  }

  /** The parameters of the API, without the order. @returns {Record<string, any>} */
  get parameters() {
    return { ...this.conditions, status: this.statuses };
  }

  /** The conditions but the status. @returns {Record<string, any>} */
  get conditions() {
    return { module: this.module, q: this.text, since: this.sinceTime, until: this.until };
  }

  /** The filter of an action that applies to some statuses; null when none of the list's is among them. @param {string[]} applicable @returns {Record<string, string> | null} */
  filterFor(applicable) {
    const statuses = this.statuses.length > 0 ? this.statuses.filter(status => applicable.includes(status)) : applicable;
    if (statuses.length === 0) {
      return null;
    }
    return Object.fromEntries(Object.entries({ ...this.conditions, status: statuses.join(',') }).filter(([, value]) => value !== ''));
  }

  /** Whether a job of an event belongs to the list, as far as the event tells. @param {any} job */
  fits(job) {
    const text = this.text.toLowerCase();
    return (
      (this.statuses.length === 0 || this.statuses.includes(job.status)) &&
      (this.module === '' || job.module_id === this.module || job.module === this.module) &&
      (text === '' || job.job_title.toLowerCase().includes(text) || job.id.startsWith(text)) &&
      (this.sinceTime === '' || job.created_at >= this.sinceTime) &&
      (this.until === '' || job.created_at < this.until)
    );
  }

  /** The question in words, such as `failed jobs of ffmpeg whose title contains "a.mkv"`. @param {string[]} [statuses] */
  words(statuses = this.statuses) {
    const parts = [statuses.length > 0 && statuses.length < STATUSES.length ? statuses.join(' or ') + ' jobs' : 'jobs'];
    if (this.module) {
      parts.push('of ' + this.module);
    }
    if (this.text) {
      parts.push('with "' + this.text + '" in the title or at the beginning of the id');
    }
    if (this.since) {
      parts.push(SPANS[this.since] ? 'of the ' + SPANS[this.since].word : 'since ' + exact(this.since).split('\n')[1]);
    }
    if (this.until) {
      parts.push('before ' + exact(this.until).split('\n')[1]);
    }
    return parts.join(' ');
  }
}
