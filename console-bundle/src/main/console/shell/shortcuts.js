/** The sheet of shortcuts. */

import { html } from '../lib/lit-html/lit-html.js';
import { allShortcuts, lettersOn } from '../core/keys.js';
import { openDialog } from '../design/dialog.js';

export function openShortcuts() {
  openDialog(
    close => html`
      <div class="head"><h2>Keyboard shortcuts</h2></div>
      <div class="body">
        ${lettersOn() ? '' : html`<p class="notice">Single letters are switched off; the menu of the person switches them on.</p>`}
        <div class="sheet-keys">
          ${[...allShortcuts()].map(([heading, list]) => html`<section><h3>${heading}</h3><ul>${list.map(each => html`<li><span>${each.label}</span><span class="nowrap">${keysOf(each.keys)}</span></li>`)}</ul></section>`)}
        </div>
      </div>
      <div class="foot"><button class="button first" type="button" autofocus @click=${() => close()}>Close</button></div>`,
    { label: 'Keyboard shortcuts', kind: 'wide' },
  );
}

/** @param {string} keys */
function keysOf(keys) {
  const parts = keys.replace('mod+', 'Ctrl ').split(' ');
  return parts.map(part => html`<kbd>${part.length === 1 ? part.toUpperCase() : part.replace('Arrow', '')}</kbd> `);
}
