/** The states of a place that shows no data: loading, empty, refused, gone, and a fault. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { prose } from './prose.js';

/** Shown only when it takes a moment. @param {number} [lines] */
export function loading(lines = 4) {
  return html`<div class="skeleton" role="status"><span class="away">Loading</span>${Array.from({ length: lines }, () => html`<i></i>`)}</div>`;
}

/** Nothing is there yet. @param {string} title @param {unknown} [first] what to do first @param {boolean} [slim] */
export function empty(title, first = nothing, slim = false) {
  return html`<div class="state ${slim ? 'slim' : ''}"><p class="title">${title}</p>${first === nothing ? nothing : html`<p>${first}</p>`}</div>`;
}

/** Why something cannot be shown, and the way on. @param {import('../core/api.js').Problem} problem @param {() => void} [again] */
export function refused(problem, again) {
  const title = problem.isGone ? 'The server does not answer' : problem.status === 403 ? 'Your role does not show this' : problem.status === 404 ? 'It is not there' : 'It cannot be shown';
  return html`<div class="state" role="alert">
    <p class="title">${title}</p>
    <p>${problem.message} ${prose(problem.remedy)}</p>
    ${again ? html`<button class="button" type="button" @click=${again}>Try again</button>` : nothing}
  </div>`;
}
