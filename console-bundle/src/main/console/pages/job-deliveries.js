/** The callbacks of a job: each try of telling somebody else. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { post } from '../core/api.js';
import { session } from '../core/session.js';
import { ago, timeOf } from '../core/time.js';
import { statusOf } from '../design/icon.js';
import { empty } from '../design/states.js';

/** @type {Record<string, string>} */
const LOOKS = { delivered: 'completed', waiting: 'pending', failed: 'failed' };

/** @param {any} job @param {import('./page.js').Page} page */
export function deliveriesTab(job, page) {
  const deliveries = job.callbacks ?? [];
  if (deliveries.length === 0) {
    return empty('Nothing was told yet', html`${job.callback_url ?? ''} is told when the job has ended.`);
  }
  return html`${page.trouble('tell')}<div class="scrolls"><table class="plain cards"><thead><tr><th>Event</th><th>Status</th><th>Tries</th><th>Last answer</th><th>Next try</th><th><span class="away">Actions</span></th></tr></thead>
    <tbody>${deliveries.map((/** @type {any} */ each) => html`<tr><td class="strong">${each.event}</td><td>${statusOf(LOOKS[each.state] ?? 'pending', each.state)}</td><td class="num"><span class="narrow-word muted small">tries </span>${each.tries.length}</td>
      <td>${answerOf(each.tries.at(-1))}</td><td>${each.next_at ? ago(each.next_at) : nothing}</td>
      <td class="right">${session.may('operator') ? html`<button class="button mini" type="button" ?disabled=${page.isBusy('tell')} @click=${() => tell(job, each, page)}>Tell again</button>` : nothing}</td></tr>`)}</tbody></table></div>`;
}

/** @param {any} job @param {any} delivery @param {import('./page.js').Page} page */
function tell(job, delivery, page) {
  return page.attempt('tell', async () => {
    await post('/jobs/' + job.id + '/callbacks/' + encodeURIComponent(delivery.id) + '/retry');
    await page.refresh();
  });
}

/** When a delivery is tried next; null when none is. @param {any} job @returns {number | null} */
export function nextTry(job) {
  const times = (job?.callbacks ?? []).map((/** @type {any} */ each) => Date.parse(each.next_at ?? '')).filter((/** @type {number} */ at) => !Number.isNaN(at));
  return times.length === 0 ? null : Math.min(...times);
}

/** @param {any} last its last try */
function answerOf(last) {
  if (!last) {
    return html`<span class="muted">not tried yet</span>`;
  }
  return html`${last.error ?? 'HTTP ' + last.status} <span class="muted small">${timeOf(last.at)}</span>${last.answer ? html`<details><summary class="small">What it answered</summary><pre tabindex="0">${last.answer}</pre></details>` : nothing}`;
}
