/** Marks along the bar of a log: where hits are, the one that is looked at, and the linked lines. A click on one leads there; `n` and `N` do the same without a mouse. */

import { nothing, svg } from '../lib/lit-html/lit-html.js';
import { PARTS } from './log-hits.js';

/** Marks are told apart by so many steps from the top to the bottom. */
const STEPS = PARTS;

/** How far from a click a hit is still meant. */
const REACH = 6;

/**
 * @param {import('./log-reader.js').LogReader} log @param {import('./log-row.js').Look} look @param {(sequence: number) => void} go shows a hit
 * @param {(from: number) => void} goAfter shows the first hit after a line
 */
export function marks(log, look, go, goAfter) {
  const { sequences, isWhole, parts, late } = log.hits;
  const first = log.store.base + 1;
  const count = log.source.count();
  if (count === 0 || (sequences.length === 0 && look.from === 0)) {
    return nothing;
  }
  const step = (/** @type {number} */ sequence) => Math.max(0, Math.min(STEPS - 1, Math.floor(((sequence - first) / count) * STEPS)));
  const known = isWhole || parts || sequences.length === 0 ? STEPS : step(sequences[sequences.length - 1]);
  const counted = parts ? parts.counts.flatMap((count, at) => (count > 0 ? [parts.base + 1 + Math.ceil((at * parts.total) / PARTS)] : [])) : [];
  const click = (/** @type {MouseEvent} */ event) => {
    const box = /** @type {Element} */ (event.currentTarget).getBoundingClientRect();
    const at = ((event.clientY - box.top) / box.height) * STEPS;
    const hit = nearest(sequences, first + (at / STEPS) * count);
    const part = nearest(counted, first + (at / STEPS) * count);
    if (hit > 0 && Math.abs(step(hit) - at) <= REACH) {
      go(hit);
    } else if (part > 0 && Math.abs(step(part) - at) <= REACH) {
      goAfter(part - 1);
    }
  };
  return svg`<svg class="log-marks" viewBox="0 0 8 ${STEPS}" preserveAspectRatio="none" aria-hidden="true" @click=${click}>
    ${known < STEPS ? svg`<rect class="unknown" x="0" y=${known} width="8" height=${STEPS - known}><title>More hits than are known yet</title></rect>` : nothing}
    <path class="hits" d=${path(new Set([...sequences, ...counted, ...late].map(step)))} />
    ${look.from > 0 ? svg`<path class="linked" d=${'M0 ' + step(look.from) + 'h8v' + Math.max(1.5, step(look.to) - step(look.from)) + 'h-8z'} />` : nothing}
    ${look.hit > 0 ? svg`<path class="now" d=${path(new Set([step(look.hit)]))} />` : nothing}
  </svg>`;
}

/** @param {Set<number>} steps */
function path(steps) {
  return [...steps].map(step => 'M0 ' + step + 'h8v1.5h-8z').join('');
}

/** @param {number[]} sequences @param {number} wanted */
function nearest(sequences, wanted) {
  return sequences.reduce((best, each) => (best === 0 || Math.abs(each - wanted) < Math.abs(best - wanted) ? each : best), 0);
}
