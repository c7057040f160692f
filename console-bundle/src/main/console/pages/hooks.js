/** Hooks: the calls from outside that start jobs, what each call came to, and a test that starts nothing. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { get, getAll, send } from '../core/api.js';
import { asProblem } from '../core/view.js';
import { copy } from '../core/copy.js';
import { shortId } from '../core/format.js';
import { SERVER } from '../core/root.js';
import { link, router } from '../core/router.js';
import { ago, timeOf } from '../core/time.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { Unreadable, at, parse, print } from '../form/document.js';
import { SchemaForm } from '../form/schema-form.js';
import { hookSchema } from '../hooks/schema.js';
import { Page } from './page.js';

const PAGE = 100;
const READ_ONLY = ['name', 'changed_at', 'last_call', 'delivery_ids'];
const OUTCOMES = /** @type {Record<string, string>} */ ({ started: 'completed', duplicate: 'stopped', filtered: 'stopped', paused: 'paused' });
const TEMPLATE = '{\n  "scheme": "github"\n}';
const CALL = '{\n  "headers": {},\n  "body": {}\n}';

export default class extends Page {
  /** @type {any[] | null} */
  #hooks = null;
  /** @type {any} */
  #hook = null;
  #kept = '';
  #text = '';
  #newName = '';
  /** @type {string | null} */
  #fault = null;
  /** @type {any[]} */
  #deliveries = [];
  /** @type {number | null} */
  #before = null;
  #call = CALL;
  /** @type {any} */
  #preview = null;
  #of = '';
  /** @type {import('../form/document.js').Node} */
  #document = new Map();
  /** @type {any[]} */
  #modules = [];
  /** The schemas of modules' inputs; undefined while one is read, null for a module that is not there. @type {Map<string, any>} */
  #inputs = new Map();
  #form = new SchemaForm({}, {
    prefix: 'hook',
    document: () => this.#document,
    change: document => {
      this.#document = document;
      this.#text = print(document);
      this.changed();
    },
    isLocked: () => this.#fault !== null,
  });

  get #name() {
    return this.query.get('name') ?? '';
  }

  get #isNew() {
    return this.query.has('new');
  }

  async load() {
    const name = this.#name;
    if (this.#isNew || name !== '') {
      this.#modules = (await get('/modules', { signal: this.signal })).modules;
    }
    if (this.#isNew) {
      if (this.#of !== '+') {
        this.#of = '+';
        this.#kept = '';
        this.#newName = '';
        this.#take(TEMPLATE);
      }
      return;
    }
    if (name === '') {
      this.#of = '';
      this.#hook = null;
      this.#hooks = await getAll('/hooks', 'hooks', this.signal);
      return;
    }
    const path = '/hooks/' + encodeURIComponent(name);
    const [text, deliveries] = await Promise.all([send('GET', path, { signal: this.signal }).then(answer => answer.text()), get(path + '/deliveries', { query: { limit: PAGE }, signal: this.signal })]);
    const kept = print(definition(/** @type {Map<string, any>} */ (parse(text))));
    if (this.#of !== name || this.#text === this.#kept) {
      this.#preview = this.#of === name ? this.#preview : null;
      this.#of = name;
      this.#kept = kept;
      this.#take(kept);
    }
    this.#hook = JSON.parse(text);
    this.#deliveries = deliveries.deliveries;
    this.#before = deliveries.next_before;
  }

  /** @param {string} text */
  #take(text) {
    this.#text = text;
    this.#fault = faultOf(text);
    this.#form.reset();
    if (this.#fault === null) {
      this.#document = parse(text);
    }
    this.changed();
  }

  /** The schema of the inputs of the hook's module; asked for when it is needed first. */
  #inputsSchema() {
    const id = String(at(this.#document, ['job', 'module_id']) ?? '');
    if (!this.#modules.some(each => each.id === id)) {
      return null;
    }
    if (!this.#inputs.has(id)) {
      this.#inputs.set(id, undefined);
      this.#readInputs(id).then(() => this.changed());
    }
    return this.#inputs.get(id);
  }

  /** @param {string} id of a module */
  async #readInputs(id) {
    const module = await get('/modules/' + encodeURIComponent(id), { signal: this.signal }).catch(() => null);
    this.#inputs.set(id, module?.inputs_schema ?? null);
  }

  async #save() {
    const name = this.#isNew ? this.#newName.trim() : this.#name;
    const saved = await this.attempt('save', async () => {
      try {
        return await send('PUT', '/hooks/' + encodeURIComponent(name), { body: this.#text, headers: /** @type {any} */ (this.#isNew ? { 'If-None-Match': '*' } : {}) });
      } catch (failure) {
        this.#form.take(asProblem(failure).message);
        throw failure;
      }
    });
    if (saved) {
      toast('The hook was saved.');
      this.#kept = this.#text;
      this.#of = '';
      router.go('hooks', { name });
      this.refresh();
    }
  }

  async #remove() {
    if (await confirmed({ title: 'Remove the hook ' + this.#name + '?', text: 'Calls of it are refused from then on.', yes: 'Remove hook', no: 'Keep it', danger: true, act: () => send('DELETE', '/hooks/' + encodeURIComponent(this.#name)) })) {
      toast('The hook was removed.');
      router.go('hooks');
    }
  }

  async #test() {
    this.#preview = (await this.attempt('test', async () => (await send('POST', '/hooks/' + encodeURIComponent(this.#name) + '/preview', { body: this.#call })).json())) ?? null;
    this.changed();
  }

  async #more() {
    const page = await this.attempt('more', () => get('/hooks/' + encodeURIComponent(this.#name) + '/deliveries', { query: { limit: PAGE, before: this.#before }, signal: this.signal }));
    if (page) {
      this.#deliveries = [...this.#deliveries, ...page.deliveries];
      this.#before = page.next_before;
    }
  }

  render() {
    const name = this.#name;
    this.name(this.#isNew ? 'New hook' : name || 'Hooks');
    const isOne = this.#isNew || name !== '';
    return html`
      <div class="page-head"><h1>${this.#isNew ? 'New hook' : name || 'Hooks'}</h1>${isOne ? html`<a class="muted" href=${link('hooks')}>All hooks</a>` : nothing}${name && this.#hook?.paused ? statusOf('paused') : nothing}
        <div class="end">${isOne ? nothing : html`<a class="button first" href=${link('hooks', { new: '1' })}>${icon('new')}New hook</a>`}${name ? html`<button class="button danger" type="button" @click=${() => this.#remove()}>Remove</button>` : nothing}</div></div>
      ${this.refusal ? refused(this.refusal, () => this.refresh()) : isOne ? (this.#of === (this.#isNew ? '+' : name) ? this.#one() : loading(6)) : this.#hooks === null ? loading(6) : this.#list(this.#hooks)}`;
  }

  /** @param {any[]} hooks */
  #list(hooks) {
    return hooks.length === 0 ? empty('There is no hook yet', html`<a href=${link('hooks', { new: '1' })}>Make one</a>, and calls of other programs start jobs.`) : html`<div class="card"><div class="inside"><table class="plain cards"><thead><tr><th>Name</th><th>Scheme</th><th>Starts</th><th>Last call</th><th>Outcome</th></tr></thead><tbody>${hooks.map(hook => html`<tr><td><a class="strong" href=${link('hooks', { name: hook.name })}>${hook.name}</a> ${hook.paused ? statusOf('paused') : nothing}</td><td><span class="tag">${hook.scheme}</span></td><td>${hook.job.module_id ?? hook.job.tasks?.map((/** @type {any} */ each) => each.module).join(', ')}</td><td><span class="narrow-word muted small">last call </span>${hook.last_call ? ago(hook.last_call.at) : html`<span class="muted">none</span>`}</td><td>${hook.last_call ? statusOf(OUTCOMES[hook.last_call.outcome] ?? 'failed', hook.last_call.outcome) : nothing}</td></tr>`)}</tbody></table></div></div>`;
  }

  #one() {
    const url = new URL('hooks/' + encodeURIComponent(this.#name), SERVER).href;
    this.#form.schema = hookSchema(this.#document, this.#modules, this.#inputsSchema());
    const isReady = this.#fault === null && !this.isBusy('save') && (this.#isNew ? this.#newName.trim() !== '' : this.#text !== this.#kept);
    return html`<div class="stack wide">
      ${this.#isNew ? html`<div class="field slim"><label for="hook-name">Name</label><input id="hook-name" type="text" spellcheck="false" .value=${current(this.#newName)} @input=${(/** @type {any} */ event) => { this.#newName = event.target.value; this.changed(); }}><p class="hint">Letters of ASCII, digits, dots, hyphens and underscores.</p></div>` : html`<div class="line"><code>POST ${url}</code><button class="button mini" type="button" @click=${() => copy(url, 'The address was copied.')}>${icon('copy')}Copy</button></div>`}
      <div class="sides">
        <form class="card inside stack" aria-label="Definition" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); if (isReady) { this.#save(); } }}>${this.#form.render()}</form>
        <section class="card new-json"><header><h2><label for="hook-text">As JSON</label></h2><span class="more muted small">A secret that stays masked keeps its value.</span></header><div class="inside stack tight"><textarea id="hook-text" class="code-input" rows="18" spellcheck="false" aria-invalid=${this.#fault ? 'true' : nothing} .value=${current(this.#text)} @input=${(/** @type {any} */ event) => this.#take(event.target.value)}></textarea>
          ${this.#fault ? html`<p class="wrong">${this.#fault}</p>` : nothing}
          </div></section>
      </div>
      <div class="start-bar"><button class="button first" type="button" ?disabled=${!isReady} @click=${() => this.#save()}>${this.isBusy('save') ? 'Saving …' : 'Save hook'}</button><button class="button" type="button" ?disabled=${this.#text === this.#kept} @click=${() => { this.forget('save'); this.#take(this.#isNew ? TEMPLATE : this.#kept); }}>Undo</button></div>${this.trouble('save')}
      ${this.#isNew ? nothing : html`<section class="card"><header><h2><label for="hook-call">Try a call</label></h2><span class="more muted small">It starts nothing.</span></header><div class="inside stack tight"><textarea id="hook-call" class="code-input" rows="8" spellcheck="false" .value=${current(this.#call)} @input=${(/** @type {any} */ event) => { this.#call = event.target.value; this.changed(); }}></textarea>
          <div><button class="button" type="button" ?disabled=${faultOf(this.#call) !== null || this.isBusy('test')} @click=${() => this.#test()}>What would it start?</button></div>${this.trouble('test')}
          ${this.#preview ? html`<div role="status" class="stack tight"><p>${statusOf(OUTCOMES[this.#preview.outcome] ?? 'failed', this.#preview.outcome)} ${this.#preview.detail}</p>${this.#preview.job ? html`<pre tabindex="0">${JSON.stringify(this.#preview.job, null, 2)}</pre>` : nothing}</div>` : nothing}</div></section>`}
      ${this.#isNew ? nothing : html`<section class="card"><header><h2>Calls</h2></header><div class="inside">${this.#deliveries.length === 0 ? empty('It has not been called yet', nothing, true) : html`<table class="plain cards"><thead><tr><th>When</th><th>Outcome</th><th>Delivery</th><th>Job</th></tr></thead><tbody>${this.#deliveries.map(each => html`<tr><td class="num nowrap">${timeOf(each.at)}</td><td>${statusOf(OUTCOMES[each.outcome] ?? 'failed', each.outcome)} <span class="muted small">${each.detail}</span></td><td class="mono">${each.delivery_id ?? ''}</td><td>${each.job_id ? html`<a class="mono" href=${link('jobs/' + each.job_id)}>${shortId(each.job_id)}</a>` : nothing}</td></tr>`)}</tbody></table>
        ${this.#before ? html`<p><button class="button" type="button" ?disabled=${this.isBusy('more')} @click=${() => this.#more()}>Earlier ones</button></p>${this.trouble('more')}` : nothing}`}</div></section>`}
    </div>`;
  }
}

/** A hook as the server takes it. The header of a scheme that has its own is left out, so that another scheme can be chosen. @param {Map<string, any>} shown */
function definition(shown) {
  const hasHeader = ['hmac', 'token'].includes(shown.get('scheme'));
  return new Map([...shown].filter(([field, value]) => !READ_ONLY.includes(field) && value !== null && (field !== 'header' || hasHeader)));
}

/** @param {string} text */
function faultOf(text) {
  try {
    return parse(text) instanceof Map ? null : 'It is an object, which begins with a brace.';
  } catch (fault) {
    if (fault instanceof Unreadable) {
      return fault.message;
    }
    throw fault;
  }
}
