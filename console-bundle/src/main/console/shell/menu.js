/** The menu of the person: who it is, and what was chosen in this browser. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { SERVER } from '../core/root.js';
import { read, setDensity, setTheme, write } from '../core/prefs.js';
import { link } from '../core/router.js';
import { session } from '../core/session.js';
import { clock, setZone, timeOf, zone } from '../core/time.js';
import { openDialog } from '../design/dialog.js';
import { toastHistory } from '../design/toast.js';

export function openMenu() {
  openDialog((close, redraw) => menu(close, redraw), { label: 'You and your choices', kind: 'sheet' });
}

/** @param {(value?: any) => void} close @param {() => void} redraw */
function menu(close, redraw) {
  const choose = (/** @type {() => void} */ act) => () => { act(); redraw(); };
  const who = session.who;
  return html`
    <div class="head"><h2>${session.isOpen ? 'Everybody is an admin' : who?.name ?? 'Signed out'}</h2></div>
    <div class="body">
      ${session.isOpen ? html`<p class="muted">The server runs with PAWL_AUTH=off: it asks nobody who they are.</p>` : nothing}
      ${who && !session.isOpen ? html`<p class="muted">Role ${who.role}${who.expires_at ? html`; the token ends ${timeOf(who.expires_at)}` : nothing}</p>` : nothing}
      ${choice('Theme', read('theme'), [['', 'As the system'], ['light', 'Light'], ['dark', 'Dark']], value => choose(() => setTheme(value)))}
      ${choice('Rows', read('density'), [['', 'Normal'], ['compact', 'Compact']], value => choose(() => setDensity(value)))}
      ${Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC' ? '' : choice('Times in', read('zone'), [['', Intl.DateTimeFormat().resolvedOptions().timeZone], ['utc', 'UTC']], value => choose(() => setZone(/** @type {'utc' | ''} */ (value))))}
      ${choice('Single-letter shortcuts', read('letters'), [['', 'On'], ['off', 'Off']], value => choose(() => write('letters', value)))}
      <p class="muted small">Times are shown in ${zone()}; point at one to see it in full.</p>
      ${toastHistory.length > 0 ? html`<section class="stack tight"><h3>Messages</h3><ul>${toastHistory.slice(0, 8).map(each => html`<li class="small"><span class="muted num">${clock(each.at)}</span> ${each.text} ${each.action ? html`<button class="button mini" type="button" @click=${() => { close(); each.action?.run(); }}>${each.action.label}</button>` : ''}</li>`)}</ul></section>` : nothing}
    </div>
    <div class="foot">
      <a class="button quiet" href=${link('design')} @click=${() => close()}>Design</a>
      <a class="button quiet" href=${new URL('docs', SERVER).href} target="_blank" rel="noopener">API documentation</a>
      ${who && !session.isOpen ? html`<button class="button" type="button" @click=${async () => { await session.signOut(); close(); }}>Sign out</button>` : nothing}
      <button class="button first" type="button" autofocus @click=${() => close()}>Done</button>
    </div>`;
}

/** @param {string} label @param {string} chosen @param {string[][]} values @param {(value: string) => () => void} act */
function choice(label, chosen, values, act) {
  return html`<div class="line"><span class="label grow">${label}</span>
    <span class="line tight" role="group" aria-label=${label}>${values.map(([value, word]) => html`<button class="chip" type="button" aria-pressed=${chosen === value} @click=${act(value)}>${word}</button>`)}</span></div>`;
}
