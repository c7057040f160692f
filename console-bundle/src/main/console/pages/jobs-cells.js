/** The cells of the list of jobs. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { shortId } from '../core/format.js';
import { link } from '../core/router.js';
import { ago, elapsed } from '../core/time.js';
import { statusOf } from '../design/icon.js';

/** @param {any} job */
export function title(job) {
  return html`<a class="strong" href=${link('jobs/' + job.id)}>${job.job_title}</a> ${job.job_title === job.module ? nothing : html`<span class="muted small">${job.module}</span>`}`;
}

/** @param {any} job */
export function status(job) {
  return job.isGone ? statusOf('stopped', 'removed') : statusOf(job.status);
}

/** @param {any} job */
export function id(job) {
  return html`<code class="muted">${shortId(job.id)}</code>`;
}

/** @param {any} job */
export function waited(job) {
  return html`<span class="muted">${elapsed(job.created_at, job.started_at ?? job.completed_at)}</span>`;
}

/** @param {any} job */
export function ran(job) {
  return job.started_at ? elapsed(job.started_at, job.completed_at) : nothing;
}

/** @param {any} job */
export function created(job) {
  return html`<span class="muted">${ago(job.created_at)}</span>`;
}

/** The one thing about a job that tells most: how far it is, why it waits, or why it failed. @param {any} job */
export function telling(job) {
  if (job.status === 'running') {
    return html`<span class="line keep"><progress max="100" value=${job.progress ?? 0} aria-label="Progress of ${job.job_title}"></progress><span class="num">${Math.floor(job.progress ?? 0)} %</span></span>`;
  }
  if (job.status === 'pending') {
    return html`<span class="muted" title=${job.reason?.sentence ?? nothing}>${job.reason?.sentence ?? 'It waits.'}</span>`;
  }
  if (job.status === 'failed') {
    return html`<span title=${job.error ?? nothing}>${(job.error ?? 'It failed.').split('\n')[0]}</span>`;
  }
  return job.status === 'stopped' && job.stopped_by ? html`<span class="muted">by ${job.stopped_by}</span>` : nothing;
}
