/** Short messages about what was done. They go by themselves, and stay while somebody points at them; all of them are kept for the list in the menu. */

import { html, render } from '../lib/lit-html/lit-html.js';
import { icon } from './icon.js';

const SHOWN_MS = 8000;

/** With a way back, which takes a moment to decide on. */
const OFFERED_MS = 30_000;
const KEPT = 50;

/** @typedef {{text: string, kind: string, at: string, action?: {label: string, run: () => void}}} Toast */

/** @type {Toast[]} */
let shown = [];
/** All of this visit, newest first. @type {Toast[]} */
export const toastHistory = [];
/** @type {HTMLElement | undefined} */
let place;
let isHeld = false;

/** @param {string} text @param {'done' | 'failed'} [kind] @param {{label: string, run: () => void}} [action] */
export function toast(text, kind = 'done', action) {
  const entry = { text, kind, at: new Date().toISOString(), action };
  shown = [...shown.slice(-3), entry];
  toastHistory.unshift(entry);
  toastHistory.length = Math.min(toastHistory.length, KEPT);
  draw();
  setTimeout(() => leave(entry), action ? OFFERED_MS : SHOWN_MS);
}

/** @param {Toast} entry */
function leave(entry) {
  if (isHeld) {
    setTimeout(() => leave(entry), 1000);
    return;
  }
  shown = shown.filter(each => each !== entry);
  draw();
}

function draw() {
  if (!place) {
    place = document.createElement('div');
    place.className = 'toasts';
    place.setAttribute('role', 'status');
    place.setAttribute('popover', 'manual');
    place.addEventListener('pointerenter', () => (isHeld = true));
    place.addEventListener('pointerleave', () => (isHeld = false));
    document.body.append(place);
  }
  const layer = place;
  if (layer.showPopover) {
    layer.hidePopover?.();
    if (shown.length > 0) {
      layer.showPopover(); // above an open dialog too
    }
  }
  render(
    shown.map(
      each => html`<div class="toast ${each.kind}">
        <span class="grow">${each.text}</span>
        ${each.action ? html`<button class="button mini" type="button" @click=${() => { isHeld = false; leave(each); each.action?.run(); }}>${each.action.label}</button>` : ''}
        <button class="button mini square quiet" type="button" aria-label="Close" @click=${() => { isHeld = false; leave(each); }}>${icon('close')}</button>
      </div>`,
    ),
    layer,
  );
}
