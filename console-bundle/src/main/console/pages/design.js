/** The design: what the console is made of, each part with its states, so that pages look alike. */

import { html } from '../lib/lit-html/lit-html.js';
import { Problem } from '../core/api.js';
import { link } from '../core/router.js';
import { ago, elapsed, timeOf } from '../core/time.js';
import { serverNow } from '../core/api.js';
import { chart } from '../design/chart.js';
import { confirmed } from '../design/dialog.js';
import { statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import '../design/grid.js';
import { Page } from './page.js';

const COLOURS = ['text', 'muted', 'edge', 'pending', 'running', 'completed', 'failed', 'stopped', 'warning'];
const SAMPLE = Array.from({ length: 200 }, (unused, index) => ({ id: 'row-' + index, number: index + 1, status: ['completed', 'failed', 'running'][index % 3] }));
const COLUMNS = [
  { name: 'Number', width: '90px', kind: 'right', cell: (/** @type {any} */ row) => html`<span class="num">${row.number}</span>` },
  { name: 'Status', width: 'minmax(120px, 1fr)', cell: (/** @type {any} */ row) => statusOf(row.status) },
];

export default class extends Page {
  render() {
    const at = new Date(serverNow() - 250_000).toISOString();
    return html`
      <div class="page-head"><h1>Design</h1><p class="muted">What the console is made of. The files are in <code>design/</code>; <code>a-tokens.css</code> holds every value. Templates are drawn by lit-html, whose <a href=${new URL('../lib/lit-html/license.txt', import.meta.url).href} target="_blank" rel="noopener">licence</a> is BSD-3-Clause.</p></div>
      <div class="stack wide">
        ${part('Colours', html`<div class="line">${COLOURS.map(name => html`<span class="line tight"><svg width="20" height="20" aria-hidden="true"><rect width="20" height="20" rx="4" fill="var(--${name})"></rect></svg><code>--${name}</code></span>`)}</div>`, 'Colour means status or link, and nothing else. Every status has a shape and a word too.')}
        ${part('Status', html`<div class="line">${['pending', 'running', 'completed', 'failed', 'stopped', 'warning', 'paused'].map(name => statusOf(name))}</div>`, 'statusOf(status, word)')}
        ${part('Buttons', html`<div class="line"><button class="button first" type="button">First</button><button class="button" type="button">Other</button><button class="button danger" type="button">Danger</button><button class="button quiet" type="button">Quiet</button><button class="button" type="button" disabled>Disabled</button><button class="button mini" type="button">Mini</button><button class="chip" type="button" aria-pressed="true">Chip <span class="num">12</span></button><span class="tag">tag</span></div>`, 'class="button", with first, danger, quiet, mini, square. One first button a view.')}
        ${part('Fields', html`<div class="line"><div class="field"><label for="sample-a">Name</label><input id="sample-a" type="text" placeholder="a default"><p class="hint">What it takes.</p></div><div class="field"><label for="sample-b">Upper bound</label><input id="sample-b" type="text" inputmode="numeric" value="0" aria-invalid="true" aria-describedby="sample-wrong"><p class="wrong" id="sample-wrong">It takes 1 to 1,000,000.</p></div></div>`, 'class="field": label, control, hint or wrong. The server judges; its words stand at the field.')}
        ${part('Dialogs and messages', html`<div class="line"><button class="button" type="button" @click=${() => confirmed({ title: 'Stop the job?', text: 'It ends at once and cannot go on.', yes: 'Stop job', no: 'Keep running', danger: true, act: async () => {} })}>Ask</button><button class="button" type="button" @click=${() => toast('Three jobs were stopped.')}>Message</button></div>`, 'confirmed({…, act}) sends the request from its own button. toast(text) goes by itself.')}
        ${part('Times', html`<p>${timeOf(at)} · ${ago(at)} · ${elapsed(at)}</p>`, 'timeOf, ago, elapsed: point at one to see it in full.')}
        ${part('Table', html`<pawl-grid class="sample-grid" .columns=${COLUMNS} .rows=${SAMPLE} .total=${SAMPLE.length} .label=${'Sample rows'}></pawl-grid>`, 'pawl-grid draws the rows in sight alone. Arrow keys move, Enter opens.')}
        ${part('Chart', chart(SAMPLE.slice(0, 60).map((row, index) => ({ at: new Date(serverNow() - (60 - index) * 60_000).toISOString(), value: Math.round(20 + 18 * Math.sin(index / 5)), bad: index % 17 === 0 ? 6 : 0 })), 'Jobs that ended, by minute', 'jobs ended'), 'chart(bars, title, unit), with its numbers as a table for readers of screens.')}
        ${part('States', html`<div class="states-row">${loading()}${empty('No jobs yet', html`<a href=${link('new')}>Start one</a>.`)}${refused(new Problem({ status: 403, detail: 'This needs the role admin.', remedy: 'Ask an admin.' }))}</div>`, 'loading, empty, refused')}
      </div>`;
  }
}

/** @param {string} title @param {unknown} content @param {string} note */
function part(title, content, note) {
  return html`<section class="card"><header><h2>${title}</h2><span class="more muted small">${note}</span></header><div class="inside">${content}</div></section>`;
}
