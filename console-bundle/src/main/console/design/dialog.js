/** Dialogs. The request is sent by the dialog's own button, and nowhere else: a page that cannot ask does nothing. */

import { html, nothing, render } from '../lib/lit-html/lit-html.js';
import { asProblem } from '../core/view.js';
import { prose } from './prose.js';

/**
 * Opens a dialog; focus returns to where it was.
 *
 * @param {(close: (value?: any) => void, redraw: () => void) => unknown} content draws it
 * @param {{label: string, kind?: string}} about
 * @returns {Promise<any>} what it was closed with; undefined when it was left by Escape
 */
export function openDialog(content, about) {
  return new Promise(resolve => {
    const dialog = document.createElement('dialog');
    dialog.className = about.kind ?? '';
    dialog.setAttribute('aria-label', about.label);
    const close = (/** @type {any} */ value) => {
      resolve(value);
      dialog.close();
    };
    const redraw = () => render(content(close, redraw), dialog);
    dialog.addEventListener('close', () => {
      resolve(undefined);
      dialog.remove();
    });
    dialog.addEventListener('click', event => {
      if (event.target === dialog && isOutside(dialog, event)) {
        dialog.close();
      }
    });
    document.body.append(dialog);
    redraw();
    dialog.showModal();
  });
}

/** @param {HTMLElement} dialog @param {MouseEvent} event */
function isOutside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/**
 * @typedef {object} Question
 * @property {string} title
 * @property {unknown} text what will happen
 * @property {string} yes the word on the button that does it, such as `Stop job`
 * @property {string} [no] the word on the one that does not
 * @property {boolean} [danger]
 * @property {string} [typed] what must be typed before it may be done
 * @property {() => Promise<any>} act does it
 */

/** Asks before something is done, and does it. A refusal is shown in the dialog. @param {Question} question @returns {Promise<boolean>} whether it was done */
export async function confirmed(question) {
  let isBusy = false;
  let problem = /** @type {import('../core/api.js').Problem | null} */ (null);
  let typed = '';
  const done = await openDialog(
    (close, redraw) => {
      const act = async () => {
        isBusy = true;
        problem = null;
        redraw();
        try {
          await question.act();
          close(true);
        } catch (failure) {
          problem = asProblem(failure);
          isBusy = false;
          redraw();
        }
      };
      const isReady = !isBusy && (!question.typed || typed.replace(/\D/g, '') === question.typed);
      return html`
        <div class="head"><h2>${question.title}</h2></div>
        <div class="body">
          <div>${question.text}</div>
          ${question.typed ? typedNumber(question.typed, text => { typed = text; redraw(); }) : nothing}
          ${problem ? html`<p class="trouble" role="alert">${problem.message} ${prose(problem.remedy)}</p>` : nothing}
        </div>
        <div class="foot">
          <button class="button ${question.danger ? 'danger' : ''} first" type="button" ?disabled=${!isReady} @click=${act}>${isBusy ? 'Working …' : question.yes}</button>
          <button class="button" type="button" autofocus @click=${() => close(false)}>${question.no ?? 'Cancel'}</button>
        </div>`;
    },
    { label: question.title, kind: 'sheet' },
  );
  return done === true;
}

/** @param {string} expected @param {(text: string) => void} changed */
function typedNumber(expected, changed) {
  return html`<div class="field"><label for="typed">Type ${expected} to go on</label>
    <input id="typed" type="text" inputmode="numeric" autocomplete="off" @input=${(/** @type {any} */ event) => changed(event.target.value)}></div>`;
}
