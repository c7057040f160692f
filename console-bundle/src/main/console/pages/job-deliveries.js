/** The callbacks of a job: each try of telling somebody else. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { post } from '../core/api.js';
import { session } from '../core/session.js';
import { timeOf } from '../core/time.js';
import { statusOf } from '../design/icon.js';
import { empty } from '../design/states.js';

/** @param {any} job @param {import('./page.js').Page} page */
export function deliveriesTab(job, page) {
  const deliveries = job.callbacks ?? [];
  if (deliveries.length === 0) {
    return empty('Nothing was told yet', html`${job.callback_url ?? ''} is told when the job has ended.`);
  }
  return html`${page.trouble('tell')}<div class="scrolls"><table class="plain cards"><thead><tr><th>Event</th><th>Status</th><th>Tries</th><th>Last answer</th><th>Next try</th><th><span class="away">Actions</span></th></tr></thead>
    <tbody>${deliveries.map((/** @type {any} */ each) => html`<tr><td class="strong">${each.event}</td><td>${statusOf(look(each.status), each.status)}</td><td class="num">${Array.isArray(each.tries) ? each.tries.length : each.tries ?? each.attempts ?? ''}</td>
      <td>${answerOf(each)}</td><td>${timeOf(each.next_try_at ?? each.next_at)}</td>
      <td>${session.may('operator') ? html`<button class="button mini" type="button" @click=${() => page.attempt('tell', async () => { await post('/jobs/' + job.id + '/callbacks/' + encodeURIComponent(each.id ?? each.event) + '/retry'); await page.refresh(); })}>Tell again</button>` : nothing}</td></tr>`)}</tbody></table></div>`;
}

/** @param {string} status */
function look(status) {
  return { delivered: 'completed', pending: 'pending', waiting: 'pending', failed: 'failed', given_up: 'failed' }[status] ?? 'pending';
}

/** @param {any} delivery */
function answerOf(delivery) {
  const last = Array.isArray(delivery.tries) ? delivery.tries.at(-1) : delivery;
  return last?.error ?? last?.last_error ?? (last?.status_code ?? last?.http_status ? 'HTTP ' + (last.status_code ?? last.http_status) : '');
}
