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
    this.since = momentOf(address.get('since') ?? '');
    this.until = momentOf(address.get('until') ?? '');
    /** The order, with a `-` when it is reversed; '' is the newest first. */
    this.sort = address.get('sort') ?? '';
    const span = SPANS[this.since];
    /** The beginning, fixed when the question was asked: the list, its counts and its actions mean the same jobs. */
    this.sinceTime = span ? new Date(serverNow() - span.ms).toISOString() : this.since;
  }

  /** What makes two questions the same. */
  get key() {
    return [this.statuses.join(), this.module, this.text, this.since, this.until, this.sort].join('\n');
  }

  /** The order as the API names it. */
  get order() {
    return this.sort.startsWith('-') ? this.sort.slice(1) + ':asc' : this.sort;
  }

  /** Whether the newest job comes first. */
  get isNewestFirst() {
    return this.sort === '' || this.sort === 'created';
  }

  /** Whether the time is none of those that have a name. */
  get hasOwnRange() {
    return (this.since !== '' && !SPANS[this.since]) || this.until !== '';
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
      (this.sinceTime === '' || Date.parse(job.created_at) >= Date.parse(this.sinceTime)) &&
      (this.until === '' || Date.parse(job.created_at) < Date.parse(this.until))
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
      parts.push(SPANS[this.since] ? 'of the ' + SPANS[this.since].word : 'since ' + timeWords(this.since));
    }
    if (this.until) {
      parts.push('before ' + timeWords(this.until));
    }
    return parts.join(' ');
  }
}

/** A time of the address, in one form. One that is none stays as it is: the server says so. A plus that was not encoded has become a space. @param {string} text */
function momentOf(text) {
  const at = SPANS[text] ? NaN : Date.parse(text.replace(' ', '+'));
  return Number.isNaN(at) ? text : new Date(at).toISOString();
}

/** @param {string} moment */
function timeWords(moment) {
  return Number.isNaN(Date.parse(moment)) ? moment : exact(moment).split('\n')[1];
}
