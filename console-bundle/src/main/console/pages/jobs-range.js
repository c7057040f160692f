/** The dialog for any range of time, in the zone in which the page shows times. The address keeps it as moments, so that a link means the same elsewhere. */

import { html } from '../lib/lit-html/lit-html.js';
import { openDialog } from '../design/dialog.js';
import { zone } from '../core/time.js';

/**
 * Asks for the range.
 *
 * @param {string} since the beginning as it is, or '' @param {string} until the end as it is, or ''
 * @returns {Promise<{since: string, until: string} | undefined>} undefined when it is left as it is
 */
export function askRange(since, until) {
  const texts = { since: textOf(since), until: textOf(until) };
  let problem = '';
  return openDialog(
    (close, redraw) => {
      const typed = (/** @type {'since' | 'until'} */ name) => (/** @type {any} */ event) => { texts[name] = event.target.value; };
      const submit = (/** @type {Event} */ event) => {
        event.preventDefault();
        const range = { since: momentOf(texts.since), until: momentOf(texts.until) };
        problem = range.since === '' && range.until === '' ? 'Give a beginning, an end, or both.' : range.since && range.until && range.since >= range.until ? 'The end is not after the beginning.' : '';
        if (problem) {
          redraw();
        } else {
          close(range);
        }
      };
      return html`<form @submit=${submit}>
        <div class="head"><h2>Jobs requested between</h2></div>
        <div class="body">
          <div class="field"><label for="since">From (included)</label><input id="since" type="datetime-local" step="1" autofocus .value=${texts.since} @input=${typed('since')}></div>
          <div class="field"><label for="until">Until (not included)</label><input id="until" type="datetime-local" step="1" .value=${texts.until} @input=${typed('until')}></div>
          <p class="muted small">Times are those of ${zone()}. Either may be left empty.</p>
          ${problem ? html`<p class="trouble" role="alert">${problem}</p>` : ''}
        </div>
        <div class="foot"><button class="button first" type="submit">Show these jobs</button><button class="button quiet" type="button" @click=${() => close()}>Cancel</button></div>
      </form>`;
    },
    { label: 'Range of time', kind: 'sheet' },
  );
}

/** @param {string} moment */
function textOf(moment) {
  const at = new Date(moment);
  if (Number.isNaN(at.getTime())) {
    return '';
  }
  const shifted = zone() === 'UTC' ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 19);
}

/** @param {string} text */
function momentOf(text) {
  const at = new Date(zone() === 'UTC' ? text + 'Z' : text);
  return text === '' || Number.isNaN(at.getTime()) ? '' : at.toISOString();
}
