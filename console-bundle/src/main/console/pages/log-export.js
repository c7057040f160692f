/** Lines that leave the page: copied, saved, or shown whole. */

import { html } from '../lib/lit-html/lit-html.js';
import { get } from '../core/api.js';
import { plain, shown } from '../core/ansi.js';
import { copy, save } from '../core/copy.js';
import { bytes, number, plural } from '../core/format.js';
import { openDialog } from '../design/dialog.js';
import { asProblem } from '../core/view.js';

const MOST_COPIED = 5 << 20;
const PAGE = 10_000;

/** Copies a range of lines, of which what is missing is read; what is too long for a clipboard becomes a file. @param {import('./log-store.js').LogStore} store @param {number} from @param {number} to @param {string} times */
export async function copyLines(store, from, to, times) {
  await hand(textOf(read(store.path, from - 1, to, store.signal), line => (times ? line.timestamp + ' ' : '') + shown(line.message)), from, to);
}

/**
 * Copies what is marked with the mouse, as it is shown: of the first line and the last one only the marked part, and no line that is left out.
 *
 * @param {import('./log-reader.js').LogReader} log @param {{from: import('./log-selection.js').Point, to: import('./log-selection.js').Point}} range
 */
export async function copyMarked(log, { from, to }) {
  const part = (/** @type {import('./log-store.js').Line} */ line) =>
    shown(line.message).slice(line.sequence === from.sequence ? from.column : 0, line.sequence === to.sequence ? to.column : undefined);
  await hand(textOf(marked(log, from.sequence, to.sequence), part), from.sequence, to.sequence);
}

/** @param {import('./log-reader.js').LogReader} log @param {number} from @param {number} to @returns {AsyncGenerator<import('./log-store.js').Line[]>} */
async function* marked(log, from, to) {
  if (!log.isOnlyHits) {
    yield* read(log.store.path, from - 1, to, log.signal);
    return;
  }
  const places = Array.from({ length: log.placeOf(to) - log.placeOf(from) + 1 }, (_, at) => log.placeOf(from) + at);
  const known = places.map(place => log.source.line(place));
  if (known.every(line => line !== undefined)) {
    yield known;
    return;
  }
  const wanted = new Set(places.map(place => log.source.sequence(place)));
  for await (const lines of read(log.store.path, from - 1, to, log.signal)) {
    yield lines.filter(line => wanted.has(line.sequence));
  }
}

/** @param {AsyncGenerator<import('./log-store.js').Line[]>} lines @param {(line: import('./log-store.js').Line) => string} text @returns {Promise<string[]>} */
async function textOf(lines, text) {
  const parts = [];
  for await (const some of lines) {
    parts.push(some.map(line => text(line) + '\n').join(''));
  }
  return parts;
}

/** @param {Promise<string[]>} text @param {number} from @param {number} to */
async function hand(text, from, to) {
  const parts = await text;
  const lines = parts.reduce((sum, part) => sum + part.split('\n').length - 1, 0);
  if (parts.reduce((sum, part) => sum + part.length, 0) > MOST_COPIED) {
    save(new Blob(parts, { type: 'text/plain' }), 'lines-' + from + '-' + to + '.log');
  } else {
    await copy(parts.join('').replace(/\n$/, ''), plural(lines, 'line') + ' copied');
  }
}

/** @param {string} path @param {number} after @param {number} to @param {AbortSignal} signal @returns {AsyncGenerator<import('./log-store.js').Line[]>} */
async function* read(path, after, to, signal) {
  let at = after;
  while (at < to) {
    const answer = await get(path, { query: { after: String(at), limit: Math.min(PAGE, to - at) }, signal });
    if (answer.logs.length === 0) {
      return;
    }
    at = answer.logs.at(-1).sequence;
    yield answer.logs;
  }
}

/** Offers the log as a file. @param {string} job @param {import('./log-store.js').LogStore} store @param {import('./log-store.js').Line[] | null} hits the lines that are shown, when not all are */
export function saveLog(job, store, hits) {
  const halt = new AbortController();
  let done = -1;
  const total = hits ? hits.length : store.total;
  let problem = '';
  openDialog(
    (close, redraw) => {
      const begin = async (/** @type {boolean} */ isRaw) => {
        done = 0;
        redraw();
        try {
          const parts = [];
          for await (const lines of hits ? [hits] : read(store.path, 0, store.total, halt.signal)) {
            parts.push(new Blob([lines.map(line => line.timestamp + ' ' + line.level + ' ' + (isRaw ? line.message : plain(line.message))).join('\n') + '\n']));
            done += lines.length;
            redraw();
          }
          save(new Blob(parts, { type: 'text/plain' }), 'job-' + job.slice(0, 8) + '.log');
          close();
        } catch (failure) {
          problem = asProblem(failure).message;
          redraw();
        }
      };
      return html`<div class="head"><h2>Download ${hits ? 'the hits' : 'the log'}</h2></div>
        <div class="body">${done < 0 ? html`<p>${plural(total, 'line')}, each with its time and level.</p>` : html`<div role="status"><progress max=${total || 1} value=${done} aria-label="Progress"></progress><p class="num">${number(done)} of ${number(total)}</p></div>`}
          ${problem ? html`<p class="trouble" role="alert">${problem}</p>` : ''}</div>
        <div class="foot"><button class="button first" type="button" autofocus ?disabled=${done >= 0} @click=${() => begin(false)}>Plain text</button><button class="button" type="button" ?disabled=${done >= 0} @click=${() => begin(true)}>With colours of the terminal</button><button class="button quiet" type="button" @click=${() => close()}>Cancel</button></div>`;
    },
    { label: 'Download the log' },
  ).then(() => halt.abort());
}

/** Shows a line that is too long for a row. @param {number} sequence @param {string} message */
export function showWhole(sequence, message) {
  openDialog(
    close => html`<div class="head"><h2>Line ${number(sequence)}</h2></div>
      <div class="body"><p class="muted">${bytes(message.length)}</p><pre tabindex="0">${plain(message)}</pre></div>
      <div class="foot"><button class="button" type="button" @click=${() => copy(plain(message), 'Line copied')}>Copy</button><button class="button first" type="button" autofocus @click=${() => close()}>Close</button></div>`,
    { label: 'Line ' + sequence, kind: 'wide' },
  );
}
