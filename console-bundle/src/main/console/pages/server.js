/** Server: whether it is well, what it keeps, how it is configured, and its maintenance. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, post, send } from '../core/api.js';
import { bytes, number, plural } from '../core/format.js';
import { session } from '../core/session.js';
import { timeOf } from '../core/time.js';
import { asProblem } from '../core/view.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { gauges, sum } from '../server/metrics.js';
import { Page } from './page.js';

const ENDED = ['completed', 'stopped', 'failed'];

export default class extends Page {
  /** @type {any} */
  #status = null;
  /** @type {any} */
  #health = null;
  /** @type {Record<string, string>} */
  #config = {};
  /** @type {Map<string, {labels: string, value: number}[]> | null} */
  #metrics = null;
  #filter = '';
  #olderThan = '30d';
  #purged = new Set(['completed']);
  /** @type {any} */
  #backup = null;
  /** @type {any} */
  #check = null;

  async load() {
    const [status, health, config, metrics] = await Promise.all([
      get('/status', { signal: this.signal }),
      send('GET', '/status/health', { signal: this.signal }).then(answer => answer.json(), failure => ({ trouble: asProblem(failure).message, ready: false })),
      get('/status/config', { signal: this.signal }),
      send('GET', '/metrics', { headers: { Accept: 'text/plain' }, signal: this.signal }).then(answer => answer.text(), () => null),
    ]);
    this.#status = status;
    this.#health = health;
    this.#config = config;
    this.#metrics = metrics === null ? null : gauges(metrics);
  }

  async #backUp() {
    this.#backup = (await this.attempt('backup', () => post('/store/backup'))) ?? this.#backup;
    if (this.#backup && !this.problem('backup')) {
      toast('The backup is on disk.');
    }
  }

  async #checkStore() {
    this.#check = (await this.attempt('check', () => post('/store/check'))) ?? null;
    this.changed();
  }

  async #purge() {
    const query = { older_than: this.#olderThan.trim(), status: [...this.#purged] };
    const found = await this.attempt('purge', () => post('/store/purge', undefined, { query: { ...query, dry_run: 'true' } }));
    if (!found) {
      return;
    }
    if (found.total === 0) {
      toast('No job is as old as that.');
      return;
    }
    const isDone = await confirmed({ title: 'Remove ' + plural(found.total, 'ended job') + '?', text: 'With their logs, results and artifacts: ' + Object.entries(found.removed).map(([status, count]) => number(Number(count)) + ' ' + status).join(', ') + '. This cannot be undone.', yes: 'Remove ' + plural(found.total, 'job'), no: 'Keep them', danger: true, typed: found.total > 1000 ? String(found.total) : undefined, act: () => post('/store/purge', undefined, { query }) });
    if (isDone) {
      toast(plural(found.total, 'job') + ' removed.');
      this.refresh();
    }
  }

  render() {
    const status = this.#status;
    return html`
      <div class="page-head"><h1>Server</h1>${status ? html`<span class="muted">Pawl ${status.version}, up ${status.uptime}</span>` : nothing}<div class="end"><button class="button" type="button" @click=${() => this.refresh()}>Look again</button></div></div>
      ${this.refusal && !status ? refused(this.refusal, () => this.refresh()) : status === null ? loading(8) : html`<div class="stack wide">
        <div class="halves">${this.#healthCard(status)}${this.#storeCard()}</div>
        ${session.may('admin') ? this.#maintenance() : nothing}
        ${this.#configuration()}</div>`}`;
  }

  /** @param {any} status */
  #healthCard(status) {
    const isWell = this.#health.ready && !this.#health.trouble;
    return html`<section class="card"><header><h2>Health</h2></header><div class="inside stack">
      <p>${isWell ? statusOf('completed', 'well') : statusOf(this.#health.ready ? 'warning' : 'failed', this.#health.ready ? 'in trouble' : 'takes no jobs')}</p>
      ${this.#health.trouble ? html`<p class="notice">${this.#health.trouble}</p>` : nothing}
      <dl class="facts"><dt>Started</dt><dd>${timeOf(status.started_at)}</dd><dt>Modules</dt><dd class="num">${status.module_count}</dd><dt>Running</dt><dd class="num">${number(status.queue.running)} in ${number(status.queue.slots)} slots</dd><dt>Waiting</dt><dd class="num">${number(status.queue.pending)}${status.queue.disabled ? ', the queue is paused' : ''}</dd>
        ${status.abandoned_threads > 0 ? html`<dt>Threads left behind</dt><dd class="num">${status.abandoned_threads}</dd>` : nothing}<dt>Worker</dt><dd class="mono">${status.worker_id}</dd></dl></div></section>`;
  }

  #storeCard() {
    const metrics = this.#metrics;
    const of = (/** @type {string} */ name) => (metrics ? sum(metrics, name) : undefined);
    const jobs = metrics?.get('pawl_jobs') ?? [];
    return html`<section class="card"><header><h2>Store</h2></header><div class="inside stack">${metrics === null ? html`<p class="muted">The measurements are not there; the metrics bundle may be missing.</p>` : html`<dl class="facts">
      ${jobs.map(each => html`<dt>${/status="(\w+)"/.exec(each.labels)?.[1] ?? ''}</dt><dd class="num">${number(each.value)}</dd>`)}
      ${fact('File', of('pawl_store_file_bytes'), bytes)}${fact('Write-ahead log', of('pawl_store_wal_bytes'), bytes)}${fact('Free on the disk', of('pawl_disk_free_bytes'), bytes)}
      ${fact('Heap in use', metrics.get('jvm_memory_used_bytes')?.filter(each => each.labels.includes('area="heap"')).reduce((all, each) => all + each.value, 0), bytes)}${fact('Threads', of('jvm_threads_live_threads'), number)}</dl>`}</div></section>`;
  }

  #maintenance() {
    return html`<section class="card"><header><h2>Maintenance</h2></header><div class="inside upkeep">
      <div class="stack tight"><h3>Backup</h3><p class="muted small">A copy of the store with the jars and artifacts, while everything goes on.</p><div><button class="button" type="button" ?disabled=${this.isBusy('backup')} @click=${() => this.#backUp()}>${icon('save')}${this.isBusy('backup') ? 'Backing up …' : 'Back up now'}</button></div>
        ${this.#backup ? html`<p class="small" role="status">${bytes(this.#backup.bytes)} in <code>${this.#backup.file}</code></p>` : nothing}${this.trouble('backup')}</div>
      <div class="stack tight"><h3>Check</h3><p class="muted small">Reads the whole store and looks for damage.</p><div><button class="button" type="button" ?disabled=${this.isBusy('check')} @click=${() => this.#checkStore()}>${this.isBusy('check') ? 'Checking …' : 'Check the store'}</button></div>
        ${this.#check ? html`<p class="small" role="status">${this.#check.sound ? number(this.#check.jobs) + ' jobs, and nothing is damaged.' : this.#check.defects.join(' ')}</p>` : nothing}${this.trouble('check')}</div>
      <div class="stack tight"><h3>Remove ended jobs</h3><div class="line">${ENDED.map(status => html`<label class="check"><input type="checkbox" .checked=${this.#purged.has(status)} @change=${(/** @type {any} */ event) => { this.#purged[event.target.checked ? 'add' : 'delete'](status); this.changed(); }}>${status}</label>`)}</div>
        <div class="line keep"><label class="small nowrap" for="purge-age">older than</label><input id="purge-age" class="age" type="text" .value=${this.#olderThan} @input=${(/** @type {any} */ event) => { this.#olderThan = event.target.value; }}><button class="button danger" type="button" ?disabled=${this.isBusy('purge') || this.#purged.size === 0} @click=${() => this.#purge()}>Count them first</button></div>${this.trouble('purge')}</div>
    </div></section>`;
  }

  #configuration() {
    const words = this.#filter.toLowerCase();
    const all = Object.entries(this.#config).filter(([name]) => !['version', 'uptime'].includes(name));
    const shown = all.filter(([name, value]) => (name + ' ' + value).toLowerCase().includes(words));
    return html`<section class="card"><header><h2>Configuration</h2><span class="more"><label class="away" for="config-filter">Find a setting</label><input id="config-filter" type="search" placeholder=${'Find one of ' + all.length} .value=${this.#filter} @input=${(/** @type {any} */ event) => { this.#filter = event.target.value; this.changed(); }}></span></header>
      <div class="inside"><table class="plain cards"><tbody>${shown.map(([name, value]) => html`<tr><th scope="row" class="mono setting">PAWL_${name.toUpperCase()}</th><td class="mono">${value === '' ? html`<span class="muted">not set</span>` : value}</td></tr>`)}</tbody></table></div></section>`;
  }
}

/** @param {string} name @param {number | undefined} value @param {(value: number) => string} format */
function fact(name, value, format) {
  return value === undefined || Number.isNaN(value) ? nothing : html`<dt>${name}</dt><dd class="num">${format(value)}</dd>`;
}
