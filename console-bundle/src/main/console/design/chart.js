/** Small charts: bars over time, with their numbers as a table for those who do not see them. */

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

/** @param {Bar[]} bars @param {string} title @param {string} unit such as `jobs ended` */
export function chart(bars, title, unit) {
  const most = Math.max(1, ...bars.map(bar => bar.value));
  const width = WIDTH / Math.max(1, bars.length);
  return html`<figure>
    <svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${title}>
      <line class="axis" x1="0" x2=${WIDTH} y1=${HEIGHT - 0.5} y2=${HEIGHT - 0.5}></line>
      ${bars.map((bar, index) => drawn(bar, index * width, width, most, unit))}
    </svg>
    <table class="away"><caption>${title}</caption><tbody>${bars.filter(bar => bar.value > 0).map(bar => html`<tr><th>${shortClock(bar.at)}</th><td>${number(bar.value)} ${unit}</td></tr>`)}</tbody></table>
  </figure>`;
}

/** @param {Bar} bar @param {number} left @param {number} width @param {number} most @param {string} unit */
function drawn(bar, left, width, most, unit) {
  if (bar.value === 0) {
    return nothing;
  }
  const height = Math.max(1.5, (bar.value / most) * (HEIGHT - 4));
  const bad = ((bar.bad ?? 0) / most) * (HEIGHT - 4);
  const gap = width > 4 ? 1 : 0;
  return svg`<g><title>${shortClock(bar.at) + ': ' + number(bar.value) + ' ' + unit + (bar.bad ? ', ' + number(bar.bad) + ' failed' : '')}</title>
    <rect class="bar" x=${left + gap / 2} width=${Math.max(0.5, width - gap)} y=${HEIGHT - height} height=${height}></rect>
    ${bad > 0 ? svg`<rect class="bar bad" x=${left + gap / 2} width=${Math.max(0.5, width - gap)} y=${HEIGHT - Math.max(1.5, bad)} height=${Math.max(1.5, bad)}></rect>` : nothing}</g>`;
}
