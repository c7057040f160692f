/** Sentences of the server, whose commands and names stand between backticks. */

import { html } from '../lib/lit-html/lit-html.js';

/** @param {string | null | undefined} text */
export function prose(text) {
  return (text ?? '').split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
