/** Icons, as lines of the text's colour. */

import { html, svg } from '../lib/lit-html/lit-html.js';

/** @type {Record<string, string>} */
const PATHS = {
  overview: 'M2 2h5v6H2zM9 2h5v3H9zM9 8h5v6H9zM2 11h5v3H2z',
  jobs: 'M5 3h9M5 8h9M5 13h9M2 3h.01M2 8h.01M2 13h.01',
  new: 'M8 3v10M3 8h10',
  modules: 'M8 1.5 14 5v6l-6 3.5L2 11V5zM2 5l6 3.5L14 5M8 8.5v6',
  schedules: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM8 4.5V8l2.5 1.5',
  queue: 'M2 4h12M2 8h8M2 12h5M13 9v5M11 12l2 2 2-2',
  data: 'M8 6c3 0 5-.9 5-2s-2-2-5-2-5 .9-5 2 2 2 5 2zM3 4v8c0 1.100 2 2 5 2s5-.9 5-2V4M3 8c0 1.100 2 2 5 2s5-.9 5-2',
  hooks: 'M5.500 7a3 3 0 1 1 4 2.800L8 13M10 10.500a2.500 2.500 0 1 1-2 4M6 6 3.500 10.500a2.500 2.500 0 1 0 3 2.500h5',
  bell: 'M4 11V7a4 4 0 0 1 8 0v4l1.500 1.500h-11zM6.500 14.500h3',
  tokens: 'M10.500 9.500a4 4 0 1 0-4-4L2 10.500V14h3.500v-2h2v-2h1zM11.500 4.500h.01',
  audit: 'M3 1.500h7l3 3v10H3zM5.500 7h5M5.500 10h5',
  server: 'M2 2.500h12v4.500H2zM2 9h12v4.500H2zM4.500 4.800h.01M4.500 11.300h.01',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.800 10.800 14 14',
  menu: 'M2 4h12M2 8h12M2 12h12',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.500 5.500h8v8h-8zM10.500 5.500v-3h-8v8h3',
  stop: 'M3.500 3.500h9v9h-9z',
  retry: 'M13 5.500A5.500 5.500 0 1 0 13.500 9M13.500 2v3.500H10',
  remove: 'M2.500 4h11M6 4V2h4v2M4 4l.7 10h6.600L12 4M6.800 7v4.500M9.200 7v4.500',
  up: 'M8 13V3M4 7l4-4 4 4',
  down: 'M8 3v10M4 9l4 4 4-4',
  left: 'M10 3 5 8l5 5',
  right: 'm6 3 5 5-5 5',
  save: 'M8 2v8M4.500 7 8 10.500 11.500 7M2.500 13.500h11',
  user: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2.500 14c.5-3 2.500-4.500 5.500-4.500s5 1.500 5.500 4.500',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12zM6.300 6.300a1.800 1.800 0 1 1 2.500 1.700c-.5.3-.8.600-.8 1.200M8 11.300h.01',
  pause: 'M5.500 3v10M10.500 3v10',
  play: 'M4.500 3v10l8-5z',
  wrap: 'M2 3.500h12M2 8h9.500a2.200 2.200 0 0 1 0 4.500H8M9.500 11 8 12.500 9.500 14M2 12.500h3',
  warning: 'M8 2 14.500 13.500h-13zM8 6.500v3M8 11.500h.01',
  design: 'M8 14A6 6 0 1 1 14 8c0 1.500-1 2-2 2h-1.500c-1 0-1.500.8-1 1.700.400.800 0 2.300-1.500 2.300zM5 8h.01M7 5h.01M10.500 5.500h.01',
};

/** @param {string} name */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${PATHS[name] ?? ''}></path></svg>`;
}

/** @type {Record<string, unknown>} */
const SHAPES = {
  pending: svg`<circle cx="7" cy="7" r="5" fill="none" stroke="currentcolor" stroke-width="2"></circle>`,
  running: svg`<path class="arc" d="M7 2a5 5 0 1 1-5 5" fill="none" stroke="currentcolor" stroke-width="2.200" stroke-linecap="round"></path>`,
  completed: svg`<circle cx="7" cy="7" r="6.500" fill="currentcolor"></circle><path class="cutout" d="m4.200 7.200 2 2 3.800-4.200" fill="none" stroke="var(--ground)" stroke-width="1.800" stroke-linecap="round" stroke-linejoin="round"></path>`,
  failed: svg`<path d="M4.300.500h5.400l3.800 3.800v5.400l-3.800 3.800H4.300L.500 9.700V4.300z" fill="currentcolor"></path><path d="m5 5 4 4m0-4-4 4" stroke="var(--ground)" stroke-width="1.700" stroke-linecap="round"></path>`,
  stopped: svg`<rect x="1.500" y="1.500" width="11" height="11" rx="1.500" fill="currentcolor"></rect>`,
  warning: svg`<path d="M7 .800 13.700 12.800H.300z" fill="currentcolor"></path><path d="M7 5v3.500M7 10.500v.010" stroke="var(--ground)" stroke-width="1.600" stroke-linecap="round"></path>`,
  paused: svg`<path d="M4.500 2v10M9.500 2v10" stroke="currentcolor" stroke-width="2.600" stroke-linecap="round"></path>`,
};

/** A status: its shape and its word, so that it is told without colour too. @param {string} status @param {string} [word] */
export function statusOf(status, word = status) {
  return html`<span class="status ${status}"><svg viewBox="0 0 14 14" aria-hidden="true" focusable="false">${SHAPES[status] ?? SHAPES.pending}</svg>${word}</span>`;
}
