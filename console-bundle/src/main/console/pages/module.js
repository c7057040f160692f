/** One module: state, settings, versions, health. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { get, post, send } from '../core/api.js';
import { number, plural, shortId } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, timeOf } from '../core/time.js';
import { statusOf } from '../design/icon.js';
import { prose } from '../design/prose.js';
import { asProblem } from '../core/view.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { Unreadable, parse, print } from '../form/document.js';
import { SchemaForm } from '../form/schema-form.js';
import { openChange, PACKAGES, upload } from '../modules/change.js';
import { ailments, health } from '../modules/health.js';
import { stateOf } from './modules.js';
import { Page } from './page.js';

const TABS = [['', 'Overview'], ['settings', 'Settings'], ['versions', 'Versions'], ['health', 'Health']];
const OUTCOMES = /** @type {Record<string, string>} */ ({ done: 'completed', refused: 'warning', failed: 'failed' });

export default class extends Page {
  /** @type {any} */
  #module = null;
  /** @type {any[] | null} */
  #history = null;
  /** @type {SchemaForm | null} */
  #form = null;
  #tag = '';
  /** What the server has. */
  #kept = '';
  #text = '';
  /** @type {import('../form/document.js').Node} */
  #document = new Map();
  /** @type {string | null} */
  #fault = null;
  #isMeanwhile = false;

  begin() {
    this.on('module', events => {
      if (events.some(event => event.id === this.#id)) {
        this.refresh();
      }
    });
    this.on('queue', () => this.refresh());
  }

  get #id() {
    return this.parts.id;
  }

  get #path() {
    return '/modules/' + encodeURIComponent(this.#id);
  }

  get #tab() {
    return this.query.get('tab') ?? '';
  }

  async load() {
    if (this.#module && this.#module.id !== this.#id) {
      this.#module = null;
      this.#form = null;
    }
    this.#module = await get(this.#path, { signal: this.signal });
    if (this.#tab === 'settings') {
      await this.#readSettings();
    }
    if (this.#tab === 'versions') {
      this.#history = (await get(this.#path + '/history', { query: { limit: 100 }, signal: this.signal })).history;
    }
  }

  /** Reads the settings. What a person has typed stays, and hears that the server has others. */
  async #readSettings() {
    const answer = await send('GET', this.#path + '/settings', { signal: this.signal });
    const text = print(parse(await answer.text()));
    const tag = answer.headers.get('ETag') ?? '';
    if (this.#form && this.#text !== this.#kept) {
      this.#isMeanwhile = tag !== this.#tag;
      return;
    }
    this.#tag = tag;
    this.#kept = text;
    this.#isMeanwhile = false;
    this.#form ??= new SchemaForm(this.#module.settings_schema, { prefix: 'setting', document: () => this.#document, change: document => { this.#document = document; this.#text = print(document); this.changed(); }, isLocked: () => this.#fault !== null || !session.may('admin') });
    this.#take(text);
  }

  /** @param {string} text */
  #take(text) {
    this.#text = text;
    this.#form?.reset();
    try {
      const document = parse(text);
      this.#fault = document instanceof Map ? null : 'The settings are an object, which begins with a brace.';
      this.#document = document instanceof Map ? document : this.#document;
    } catch (fault) {
      if (!(fault instanceof Unreadable)) {
        throw fault;
      }
      this.#fault = fault.message;
    }
    this.changed();
  }

  async #save() {
    const saved = await this.attempt('save', async () => {
      try {
        return await send('PUT', this.#path + '/settings', { body: print(this.#document, ''), headers: this.#tag ? { 'If-Match': this.#tag } : {} });
      } catch (failure) {
        const problem = asProblem(failure);
        this.#form?.take(problem.message);
        this.#isMeanwhile ||= problem.status === 412;
        throw failure;
      }
    });
    if (saved) {
      this.#kept = this.#text;
      toast('The settings were saved.');
      this.refresh();
    }
  }

  /** @param {string} name @param {string} path @param {string} done */
  async #do(name, path, done) {
    if ((await this.attempt(name, () => post(this.#path + path))) !== undefined) {
      toast(done);
      this.refresh();
    }
  }

  /** @param {Partial<import('../modules/change.js').Change> & {title: string, yes: string}} wanted */
  async #change(wanted) {
    const made = await openChange({ method: 'POST', path: this.#path, ...wanted });
    if (made?.change === 'uninstalled') {
      router.go('modules');
    } else {
      this.refresh();
    }
  }

  render() {
    const module = this.#module;
    this.name(module?.name ?? this.#id);
    if (!module) {
      return html`<div class="page-head"><h1>${this.#id}</h1></div>${this.refusal ? refused(this.refusal, () => this.refresh()) : loading(6)}`;
    }
    const tab = this.#tab;
    return html`
      <div class="page-head"><h1>${module.name}</h1>${stateOf(module)}<span class="muted num">${module.version}</span><span class="muted mono">${module.id}</span><div class="end">${this.#actions(module)}</div></div>
      ${this.trouble('pause')}
      <div class="stack wide">
        ${module.explanation ? html`<p class="notice">${prose(module.explanation)}</p>` : nothing}
        ${module.warnings.map((/** @type {string} */ each) => html`<p class="notice">${prose(each)}</p>`)}
        <div class="tabs" role="navigation" aria-label="Parts of the module">${TABS.map(([name, word]) => html`<a href=${link(router.place.path, { tab: name })} aria-current=${name === tab ? 'page' : nothing}>${word}${name === 'health' && ailments(module) > 0 ? ' (' + ailments(module) + ')' : ''}</a>`)}</div>
        ${module.roll_out ? this.#rollOut(module.roll_out) : nothing}
        ${this.refusal ? refused(this.refusal, () => this.refresh()) : tab === 'settings' ? this.#settings() : tab === 'versions' ? this.#versions(module) : tab === 'health' ? health(module) : this.#overview(module)}
      </div>`;
  }

  /** A version that goes from server to server, or is held on its first one. @param {any} live */
  #rollOut(live) {
    const isHeld = live.state === 'held';
    const isCalm = live.steps.every((/** @type {any} */ step) => step.state === 'serving');
    return html`<section class="card"><header><h2>${isHeld ? 'Held on its first server' : 'Rolls out'}: <span class="num">${live.from ? live.from + ' → ' : ''}${live.to}</span></h2></header><div class="inside stack tight">
      <ul class="stack tight">${live.steps.map((/** @type {any} */ step) => html`<li class="line"><strong>${step.server}</strong> ${statusOf(step.state === 'serving' ? 'completed' : 'running', step.state)}</li>`)}</ul>
      <p class="muted small">${live.started_by} began it ${ago(live.started_at)} on ${live.server}.${isHeld ? ' Jobs of the other servers run on the version before.' : ''}</p>
      ${isHeld && session.may('admin') ? html`<div class="line"><button class="button" type="button" ?disabled=${!isCalm || this.isBusy('promote')} @click=${() => this.#do('promote', '/promote', live.to + ' goes on to the other servers.')}>Promote</button></div>` : nothing}${this.trouble('promote')}</div></section>`;
  }

  /** @param {any} module */
  #actions(module) {
    const pause = module.paused
      ? html`<button class="button" type="button" ?disabled=${this.isBusy('pause')} @click=${() => this.#do('pause', '/resume', 'Its jobs may start again.')}>Resume</button>`
      : html`<button class="button" type="button" ?disabled=${this.isBusy('pause')} @click=${() => this.#do('pause', '/pause', 'No further job of it starts; those that run go on.')}>Pause</button>`;
    return html`
      ${session.may('admin') ? html`
        ${module.former.length > 0 ? html`<button class="button" type="button" @click=${() => this.#change({ title: 'Roll back ' + module.name, yes: 'Roll back', path: this.#path + '/rollback', hasMode: true })}>Roll back</button>` : nothing}
        <label class="button">Update<input class="away" type="file" accept=${PACKAGES} @change=${async (/** @type {any} */ event) => { for (const file of event.target.files) { await upload(file); } event.target.value = ''; this.refresh(); }}></label>
        ${module.enabled
          ? html`<button class="button" type="button" @click=${() => this.#change({ title: 'Disable ' + module.name, yes: 'Disable', path: this.#path + '/disable', hasMode: true, stops: true })}>Disable</button>`
          : html`<button class="button" type="button" @click=${() => this.#change({ title: 'Enable ' + module.name, yes: 'Enable', path: this.#path + '/enable' })}>Enable</button>`}` : nothing}
      ${session.may('operator') ? html`${pause}<a class="button first" href=${link('new', { module: module.id })}>New job</a>` : nothing}
      ${session.may('admin') ? html`<button class="button danger" type="button" @click=${() => this.#change({ title: 'Remove ' + module.name, yes: 'Remove module', method: 'DELETE', hasMode: true, stops: true, danger: true })}>Remove</button>` : nothing}`;
  }

  /** @param {any} module */
  #overview(module) {
    const statuses = ['running', 'pending', 'failed', 'completed', 'stopped'];
    return html`
      <p>${module.description}</p>
      <div class="line">${statuses.map(status => html`<a class="chip" href=${link('jobs', { module: module.id, status })}>${status === 'pending' ? 'waiting' : status} <span class="num">${number(module.jobs[status])}</span></a>`)}</div>
      ${module.running_jobs.length > 0 ? html`<section class="card"><header><h2>Runs now</h2></header><div class="inside line">${module.running_jobs.slice(0, 20).map((/** @type {string} */ id) => html`<a class="mono" href=${link('jobs/' + id)}>${shortId(id)}</a>`)}${module.running_jobs.length > 20 ? html`<span class="muted">and ${module.running_jobs.length - 20} more</span>` : nothing}</div></section>` : nothing}
      ${module.retiring.length > 0 ? html`<p class="notice">${module.retiring.map((/** @type {any} */ each) => 'Version ' + each.version + ' ends ' + plural(each.jobs.length, 'job') + '. ').join('')}</p>` : nothing}
      <section class="card"><header><h2>Inputs</h2></header><div class="inside">${fields(module.inputs)}</div></section>
      <section class="card"><header><h2>About</h2></header><div class="inside"><dl class="facts">
        <dt>Bundle</dt><dd class="mono">${module.bundle}</dd>
        <dt>Installed</dt><dd>${timeOf(module.installed_at)} ${module.deployment ? 'by ' + module.deployment.installed_by : ''}</dd>
        <dt>From</dt><dd>${module.path ?? 'unknown'}</dd>
        ${module.deployment ? html`<dt>SHA-256</dt><dd class="mono">${module.deployment.sha256}</dd>` : nothing}
        ${module.deployment?.signer ? html`<dt>Signed by</dt><dd>${module.deployment.signer}</dd>` : nothing}
        <dt>Tasks run</dt><dd>${module.isolation === 'process' ? 'each in a process of its own' : "in the server's process"}</dd>
        <dt>At once</dt><dd>${module.concurrency === 0 ? 'as many jobs as there are slots' : plural(module.concurrency, 'job')}</dd>
        <dt>May start jobs</dt><dd>${module.role === 'admin' ? 'admins alone' : 'operators and admins'}</dd>
        ${module.capabilities.length > 0 ? html`<dt>Tags</dt><dd>${module.capabilities.map((/** @type {string} */ each) => html`<span class="tag">${each}</span> `)}</dd>` : nothing}
      </dl></div></section>`;
  }

  #settings() {
    if (!this.#form) {
      return loading(5);
    }
    if (this.#module.settings.length === 0) {
      return empty('The module has no settings');
    }
    const isDirty = this.#text !== this.#kept;
    const mayChange = session.may('admin');
    return html`
      ${this.#isMeanwhile ? html`<p class="notice" role="status">The settings were changed meanwhile. <button class="button mini" type="button" @click=${() => { this.#kept = this.#text; this.#form = null; this.refresh(); }}>Show those of the server</button></p>` : nothing}
      <div class="sides">
        <form class="card inside stack" aria-label="Settings" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.#save(); }}>${this.#form.render()}</form>
        <section class="card new-json"><header><h2><label for="settings-json">As JSON</label></h2></header><div class="inside stack tight">
          <textarea id="settings-json" class="code-input" spellcheck="false" rows="12" ?readonly=${!mayChange} aria-invalid=${this.#fault ? 'true' : nothing} .value=${current(this.#text)} @input=${(/** @type {any} */ event) => this.#take(event.target.value)}></textarea>
          ${this.#fault ? html`<p class="trouble" role="status">${this.#fault}</p>` : nothing}</div></section>
      </div>
      ${mayChange ? html`<div class="start-bar"><button class="button first" type="button" ?disabled=${!isDirty || this.#fault !== null || this.isBusy('save')} @click=${() => this.#save()}>${this.isBusy('save') ? 'Saving …' : 'Save settings'}</button>
        <button class="button" type="button" ?disabled=${!isDirty} @click=${() => { this.forget('save'); this.#take(this.#kept); }}>Undo</button><span class="muted small">Jobs that begin from then on have them. A secret that stays masked keeps its value.</span></div>` : html`<p class="muted small">Only admins change settings.</p>`}
      ${this.trouble('save')}`;
  }

  /** @param {any} module */
  #versions(module) {
    const mayChange = session.may('admin');
    return html`
      <section class="card"><header><h2>Former versions</h2></header><div class="inside">${module.former.length === 0 ? html`<p class="muted">None are kept.</p>` : html`<table class="plain cards"><thead><tr><th>Version</th><th>Installed</th><th>By</th><th>Digest</th><th><span class="away">Actions</span></th></tr></thead><tbody>${module.former.map((/** @type {any} */ each) => html`<tr><td class="num strong">${each.version}</td><td>${timeOf(each.installed_at)}</td><td>${each.installed_by}</td><td class="mono">${each.sha256.slice(0, 12)}</td><td class="right">${mayChange ? html`<button class="button mini" type="button" aria-label=${'Roll back to ' + each.version} @click=${() => this.#change({ title: 'Roll back to ' + each.version, yes: 'Roll back', path: this.#path + '/rollback', query: { to: each.sha256 }, hasMode: true })}>Roll back</button>` : nothing}</td></tr>`)}</tbody></table>`}</div></section>
      <section class="card"><header><h2>History</h2></header><div class="inside scrolls">${this.#history === null ? loading(4) : this.#history.length === 0 ? empty('Nothing was changed yet', nothing, true) : html`<table class="plain cards"><thead><tr><th>When</th><th>What</th><th>Version</th><th>By</th><th>Outcome</th></tr></thead><tbody>${this.#history.map(each => html`<tr><td class="nowrap">${timeOf(each.at)}</td><td>${each.action}</td><td class="num">${each.from ? each.from + ' → ' : ''}${each.to ?? ''}</td><td>${each.by}</td><td><span class="outcome ${OUTCOMES[each.outcome] ?? ''}">${each.outcome}</span> <span class="muted small">${each.detail}</span></td></tr>`)}</tbody></table>`}</div></section>`;
  }
}

/** @param {any[]} list */
function fields(list) {
  return list.length === 0 ? html`<p class="muted">None.</p>` : html`<table class="plain cards"><thead><tr><th>Name</th><th>Type</th><th>Default</th><th>What it is for</th></tr></thead><tbody>${list.map(each => html`<tr><td class="mono">${each.id}${each.required ? html`<span class="required" title="Required"> *</span>` : nothing}</td><td>${each.type}</td><td class="mono">${each.default === null ? '' : JSON.stringify(each.default)}</td><td class="muted">${each.description}</td></tr>`)}</tbody></table>`;
}
