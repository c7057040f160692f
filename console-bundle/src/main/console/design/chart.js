/** Small charts: bars over time, with their numbers as a table for those who do not see them. However many bars there are, they are two shapes: a busy day would fill the page with thousands of nodes otherwise. */

import { html, nothing, svg } from '../lib/lit-html/lit-html.js';
import { number } from '../core/format.js';
import { shortClock } from '../core/time.js';

/**
 * @typedef {object} Bar
 * @property {string} at
 * @property {number} value
 * @property {number} [bad] the part of it that went wrong
 */

const WIDTH = 600;
const HEIGHT = 64;
const LEAST = 1.5;

/** The table has so many rows at most; several bars are one row where there are more. */
const MOST_ROWS = 36;

/** @param {Bar[]} bars @param {string} title @param {string} unit such as `jobs ended` */
export function chart(bars, title, unit) {
  const most = Math.max(1, ...bars.map(bar => bar.value));
  const say = (/** @type {MouseEvent} */ event) => {
    const figure = /** @type {HTMLElement} */ (event.currentTarget);
    const box = figure.getBoundingClientRect();
    const bar = bars[Math.floor(((event.clientX - box.left) / box.width) * bars.length)];
    figure.title = bar ? shortClock(bar.at) + ': ' + words(bar, unit) : '';
  };
  return html`<figure class="charted" @mousemove=${say}>
    ${bars.some(bar => bar.value > 0) ? html`<span class="most muted" aria-hidden="true">${number(most)}</span>` : nothing}
    <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${title}>
      <line class="axis" x1="0" x2=${WIDTH} y1=${HEIGHT - 0.5} y2=${HEIGHT - 0.5}></line>
      ${svg`<path class="bar" d=${shape(bars, most, bar => bar.value)}></path><path class="bar bad" d=${shape(bars, most, bar => bar.bad ?? 0)}></path>`}
    </svg>
    <div class="away"><table><caption>${title}</caption><tbody>${rows(bars).map(bar => html`<tr><th .textContent=${shortClock(bar.at)}></th><td .textContent=${words(bar, unit)}></td></tr>`)}</tbody></table></div>
  </figure>`;
}

/** @param {Bar} bar @param {string} unit */
function words(bar, unit) {
  return number(bar.value) + ' ' + unit + (bar.bad ? ', ' + number(bar.bad) + ' failed' : '');
}

/** @param {Bar[]} bars @param {number} most @param {(bar: Bar) => number} value */
function shape(bars, most, value) {
  const width = WIDTH / Math.max(1, bars.length);
  const gap = width > 4 ? 1 : 0;
  return bars
    .map((bar, index) => ({ height: Math.max(LEAST, (value(bar) / most) * (HEIGHT - 4)), index, isThere: value(bar) > 0 }))
    .filter(bar => bar.isThere)
    .map(bar => 'M' + round(bar.index * width + gap / 2) + ' ' + HEIGHT + 'v' + -round(bar.height) + 'h' + round(Math.max(0.5, width - gap)) + 'v' + round(bar.height) + 'z')
    .join('');
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}

/** @param {Bar[]} bars @returns {Bar[]} */
function rows(bars) {
  const each = Math.ceil(bars.length / MOST_ROWS);
  const found = [];
  for (let from = 0; from < bars.length; from += each) {
    const some = bars.slice(from, from + each);
    found.push({ at: some[0].at, value: some.reduce((sum, bar) => sum + bar.value, 0), bad: some.reduce((sum, bar) => sum + (bar.bad ?? 0), 0) });
  }
  return found.filter(bar => bar.value > 0);
}
