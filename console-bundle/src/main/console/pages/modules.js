/** Modules: what is installed, in trouble first, and the place to drop another. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, post } from '../core/api.js';
import { count, plural } from '../core/format.js';
import { link } from '../core/router.js';
import { serverNow } from '../core/api.js';
import { session } from '../core/session.js';
import { ago } from '../core/time.js';
import { prose } from '../design/prose.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { openChange, PACKAGES, upload } from '../modules/change.js';
import { Page } from './page.js';

const DAY_MS = 86_400_000;
const AT_ONCE = 4;
const REST_MS = 2000;

/** @type {Record<string, string>} */
const SHAPES = { ready: 'completed', disabled: 'stopped', unsatisfied: 'warning', failed: 'failed', updating: 'running', retiring: 'running' };

/** The state of a module, with its shape. @param {any} module */
export function stateOf(module) {
  return module.state === 'ready' && module.paused ? statusOf('paused', 'paused') : statusOf(SHAPES[module.state] ?? 'warning', module.state);
}

export default class extends Page {
  /** @type {any[] | null} */
  #modules = null;
  /** @type {any[]} */
  #leaks = [];
  /** @type {any[] | null} */
  #available = null;
  /** @type {Map<string, any>} */
  #counts = new Map();
  #isOver = false;
  #filter = '';
  /** @type {Set<string>} */
  #dirty = new Set();
  #isResting = false;

  begin() {
    this.on('module', () => this.refresh());
    this.on('queue', () => this.refresh());
    this.on('job', events => this.#count(events.map(event => event.job?.module_id ?? event.module_id).filter(Boolean)));
  }

  async load() {
    const [{ modules, leaks }, available] = await Promise.all([
      get('/modules', { signal: this.signal }),
      session.may('admin') ? get('/modules/available', { signal: this.signal }) : { modules: [] },
    ]);
    this.#modules = modules;
    this.#leaks = leaks;
    this.#available = available.modules.filter((/** @type {any} */ each) => !each.installed);
    this.#count(modules.map((/** @type {any} */ each) => each.id));
  }

  /** Counts the jobs of modules, not more often than every two seconds. @param {string[]} ids */
  async #count(ids) {
    ids.forEach(id => this.#dirty.add(id));
    if (this.#isResting) {
      return;
    }
    this.#isResting = true;
    const wanted = [...this.#dirty].filter(id => this.#modules?.some(each => each.id === id));
    this.#dirty.clear();
    const since = new Date(serverNow() - DAY_MS).toISOString();
    const next = async () => {
      for (let id = wanted.shift(); id !== undefined && !this.signal.aborted; id = wanted.shift()) {
        const counted = await get('/jobs/counts', { query: { module: id, since }, signal: this.signal }).catch(() => null);
        if (counted) {
          this.#counts.set(id, counted);
          this.changed();
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, next));
    setTimeout(() => {
      this.#isResting = false;
      if (this.#dirty.size > 0 && !this.signal.aborted) {
        this.#count([]);
      }
    }, REST_MS);
  }

  /** @param {FileList | undefined | null} files */
  async #take(files) {
    this.#isOver = false;
    this.changed();
    for (const file of files ?? []) {
      await upload(file);
    }
    this.refresh();
  }

  render() {
    const mayChange = session.may('admin');
    return html`
      <div class="page-head"><h1>Modules</h1>
        ${mayChange ? html`<div class="end"><button class="button" type="button" ?disabled=${this.isBusy('reload')} @click=${() => this.#reload()}>Look at the folder again</button>
          <label class="button first">${icon('save')}Install a module<input class="away" type="file" accept=${PACKAGES} @change=${(/** @type {any} */ event) => { const files = event.target.files; this.#take(files).then(() => { event.target.value = ''; }); }}></label></div>` : nothing}
      </div>
      ${this.trouble('reload')}
      ${this.refusal && !this.#modules ? refused(this.refusal, () => this.refresh()) : this.#modules === null ? loading(6) : this.#body(this.#modules, mayChange)}`;
  }

  async #reload() {
    const report = await this.attempt('reload', () => post('/modules/reload'));
    if (report) {
      const failed = report.failed.map((/** @type {any} */ each) => each.file + ': ' + each.error).join(' ');
      toast(plural(report.installed.length, 'bundle') + ' installed, ' + report.skipped.length + ' there already. ' + failed, failed ? 'failed' : 'done');
      this.refresh();
    }
  }

  /** @param {any[]} modules @param {boolean} mayChange */
  #body(modules, mayChange) {
    const words = this.#filter.toLowerCase();
    const shown = modules.filter(each => (each.id + ' ' + each.name + ' ' + each.description).toLowerCase().includes(words));
    const sorted = [...shown].sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
    return html`<div class="stack wide ${this.#isOver ? 'over' : ''}"
      @dragover=${(/** @type {DragEvent} */ event) => { if (mayChange && event.dataTransfer?.types.includes('Files')) { event.preventDefault(); if (!this.#isOver) { this.#isOver = true; this.changed(); } } }}
      @dragleave=${(/** @type {DragEvent} */ event) => { if (!(event.relatedTarget instanceof Node && this.contains(event.relatedTarget))) { this.#isOver = false; this.changed(); } }}
      @drop=${(/** @type {DragEvent} */ event) => { if (mayChange) { event.preventDefault(); this.#take(event.dataTransfer?.files); } }}>
      ${modules.length > 8 ? html`<div class="field slim"><label class="away" for="module-filter">Find a module</label><input id="module-filter" type="search" placeholder="Find a module" .value=${this.#filter} @input=${(/** @type {any} */ event) => { this.#filter = event.target.value; this.changed(); }}></div>` : nothing}
      ${sorted.length === 0 ? (modules.length === 0 ? empty('No module is installed', mayChange ? 'Drop a jar here, or install one that came with Pawl.' : 'An admin can install some.') : empty('No module has such a name')) : html`
        <div class="card scrolls"><div class="inside"><table class="plain cards"><thead><tr><th>Module</th><th>State</th><th>Version</th><th class="right">Running</th><th class="right">Waiting</th><th class="right">Failed, 24 h</th></tr></thead>
          <tbody>${sorted.map(each => this.#row(each))}</tbody></table></div></div>`}
      ${mayChange ? html`<p class="drop muted">${icon('save')} Drop a module here, as a jar or a packed folder: what it would do is shown first.</p>` : nothing}
      ${this.#leaks.length > 0 ? html`<section class="card"><header><h2>Versions that stay in memory</h2></header><div class="inside"><ul class="stack">${this.#leaks.map(leak => html`<li><strong>${leak.modules.join(', ')} ${leak.version}</strong>, gone ${ago(leak.gone_at)}<ul class="fates">${leak.holders.map((/** @type {string} */ each) => html`<li class="mono">${each}</li>`)}</ul></li>`)}</ul></div></section>` : nothing}
      ${this.#available && this.#available.length > 0 ? html`<section class="card"><header><h2>Came with Pawl</h2><span class="more muted small">Not installed</span></header><div class="inside"><table class="plain cards"><tbody>${this.#available.map(each => html`<tr><td><strong>${each.name}</strong> <span class="muted">${each.version}</span><br><span class="muted small">${each.description}</span></td>
        <td class="right"><button class="button mini" type="button" aria-label=${'Install ' + each.name} @click=${() => this.#install(each)}>Install</button></td></tr>`)}</tbody></table></div></section>` : nothing}
    </div>`;
  }

  /** @param {any} available */
  async #install(available) {
    await openChange({ title: 'Install ' + available.name, yes: 'Install', method: 'POST', path: '/modules/install', body: /** @type {any} */ (JSON.stringify({ source_path: available.id })) });
    this.refresh();
  }

  /** @param {any} module */
  #row(module) {
    const { counts, capped_at: cap } = this.#counts.get(module.id) ?? {};
    const trouble = module.explanation || module.warnings[0] || '';
    const jobs = (/** @type {string} */ status, /** @type {string} */ word) => !counts ? html`<span class="muted">–</span>` : counts[status] === 0 ? html`<span class="num muted">0</span>` : html`<a class="num" href=${link('jobs', { module: module.id, status, since: status === 'failed' ? '24h' : '' })} aria-label=${count(counts[status], cap) + ' ' + word + ' of ' + module.name}>${count(counts[status], cap)}</a>`;
    return html`<tr>
      <td><a class="strong" href=${link('modules/' + encodeURIComponent(module.id))}>${module.name}</a> ${module.name === module.id ? nothing : html`<span class="muted mono">${module.id}</span>`}<br><span class="muted small">${module.description}</span>${trouble ? html`<br><span class="small ${rank(module) === 0 ? 'wrong-text' : 'muted'}">${prose(trouble)}</span>` : nothing}</td>
      <td>${stateOf(module)}</td><td class="num">${module.version}</td>
      <td class="right"><span class="narrow-word muted small">running </span>${jobs('running', 'running')}</td><td class="right"><span class="narrow-word muted small">waiting </span>${jobs('pending', 'waiting')}</td><td class="right"><span class="narrow-word muted small">failed </span>${jobs('failed', 'failed')}</td></tr>`;
  }
}

/** In trouble first, then the others, then those that are switched off. @param {any} module */
function rank(module) {
  return ['failed', 'unsatisfied'].includes(module.state) ? 0 : module.warnings.length > 0 ? 1 : module.state === 'disabled' ? 3 : 2;
}
