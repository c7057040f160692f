/** New job: the form of a module's inputs, and the same as JSON, as a line for curl, and as one for pawl. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { change, get, send } from '../core/api.js';
import { copy } from '../core/copy.js';
import { shortId } from '../core/format.js';
import { addShortcuts } from '../core/keys.js';
import { link, router } from '../core/router.js';
import { clock } from '../core/time.js';
import { asProblem } from '../core/view.js';
import { prose } from '../design/prose.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { curl, pawlRun } from '../form/command-lines.js';
import { Num, Unreadable, parse, print, withAt } from '../form/document.js';
import { SchemaForm } from '../form/schema-form.js';
import { Page } from './page.js';

const EARLIER = 5;
const MASK = '********';
const MOST_IN_ADDRESS = 1500;
const TYPING_MS = 400;

export default class extends Page {
  /** @type {any[] | null} */
  #modules = null;
  /** @type {any} */
  #module = null;
  /** @type {any[]} */
  #earlier = [];
  /** @type {SchemaForm | null} */
  #form = null;
  #text = '{}';
  /** @type {import('../form/document.js').Node} */
  #document = new Map();
  /** @type {Unreadable | null} */
  #fault = null;
  /** What else the request has. @type {Map<string, any>} */
  #more = new Map();
  /** Where the server's words stand. @type {string | null} */
  #field = null;
  #id = '';
  #key = freshKey();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #typing;
  #isSent = false;

  begin() {
    addShortcuts([{ keys: 'mod+Enter', label: 'Start the job', group: 'New job', run: () => this.#start() }], this.signal);
  }

  async load() {
    if (!this.#modules) {
      this.#modules = (await get('/modules', { signal: this.signal })).modules;
    }
    const wanted = this.query.get('module') ?? (await this.#moduleOf(this.query.get('from')));
    if (wanted !== this.#id) {
      await this.#choose(wanted);
    }
  }

  /** The module of an earlier job. @param {string | null} job */
  async #moduleOf(job) {
    return job ? ((await get('/jobs/' + encodeURIComponent(job), { signal: this.signal })).module_id ?? '') : '';
  }

  /** @param {string} id */
  async #choose(id) {
    this.#id = id;
    this.#module = null;
    this.#earlier = [];
    this.#form = null;
    this.forget('start');
    if (id === '') {
      return;
    }
    const [module, jobs] = await Promise.all([
      get('/modules/' + encodeURIComponent(id), { signal: this.signal }),
      get('/jobs', { query: { module: id, limit: EARLIER }, signal: this.signal }),
    ]);
    this.#module = module;
    this.#earlier = jobs.jobs;
    this.#form = new SchemaForm(module.inputs_schema, {
      prefix: 'input',
      document: () => this.#document,
      change: document => this.#changed(document),
      isLocked: () => this.#fault !== null,
    });
    const from = this.query.get('from');
    if (from) {
      await this.#startFrom(from);
    } else {
      this.#take(this.query.get('inputs') ?? '{}');
    }
  }

  /** Takes the inputs of an earlier job; what it keeps secret is asked for again. @param {string} id */
  async #startFrom(id) {
    const job = await (await send('GET', '/jobs/' + encodeURIComponent(id), { signal: this.signal })).text();
    const inputs = /** @type {Map<string, any>} */ (parse(job)).get('inputs');
    const kept = new Map([...(inputs instanceof Map ? inputs : [])].filter(([, value]) => value !== MASK));
    this.#take(print(kept));
    this.#remember();
  }

  /** Takes a text as the inputs. @param {string} text */
  #take(text) {
    this.#text = text;
    this.#form?.reset();
    this.#read();
  }

  #read() {
    try {
      const document = parse(this.#text);
      this.#fault = document instanceof Map ? null : new Unreadable('The inputs are an object, which begins with a brace', this.#text, 0);
      this.#document = document instanceof Map ? document : this.#document;
    } catch (fault) {
      if (!(fault instanceof Unreadable)) {
        throw fault;
      }
      this.#fault = fault;
    }
    this.changed();
  }

  /** Takes a change of the form. @param {import('../form/document.js').Node} document */
  #changed(document) {
    this.#document = document;
    this.#text = print(document);
    this.#key = freshKey();
    this.#remember();
    this.changed();
  }

  /** Keeps what is no secret in the address. */
  #remember() {
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => {
      if (this.#fault || this.#isSent || !this.isConnected) {
        return;
      }
      const secrets = this.#form?.secrets() ?? [];
      const open = new Map([.../** @type {Map<string, any>} */ (this.#document)].filter(([name]) => !secrets.includes(name)));
      const text = open.size === 0 ? '' : print(open, '');
      history.replaceState(null, '', link('new', { module: this.#id, inputs: text.length <= MOST_IN_ADDRESS ? text : '' }));
    }, TYPING_MS);
  }

  /** The body of the request, with every digit as it was written. */
  #request() {
    return new Map([['module_id', this.#id], ['inputs', this.#document], ...this.#more]);
  }

  async #start() {
    if (!this.#module || this.#fault || this.isBusy('start')) {
      return;
    }
    this.#form?.forgive();
    this.#field = null;
    const started = await this.attempt('start', async () => {
      try {
        return await change('POST', '/jobs', { body: print(this.#request(), ''), headers: { 'Idempotency-Key': this.#key } });
      } catch (failure) {
        const problem = asProblem(failure);
        this.#field = this.#form?.take(problem.message) ?? null;
        this.#key = problem.isGone ? this.#key : freshKey();
        throw failure;
      }
    });
    if (started) {
      this.#isSent = true;
      toast(started.existing ? 'The job that holds the key is shown.' : 'The job was started.');
      router.go('jobs/' + started.id);
    } else {
      await new Promise(resolve => requestAnimationFrame(resolve));
      /** @type {HTMLElement | null} */ (this.querySelector('#new-trouble'))?.focus();
    }
  }

  /** @param {string} id */
  #go(id) {
    router.go('new', { module: id });
  }

  render() {
    this.name(this.#module ? 'New job of ' + this.#module.name : 'New job');
    return html`
      <div class="page-head"><h1>New job</h1>${this.#module ? html`<span class="muted">${this.#module.name} ${this.#module.version}</span>` : nothing}</div>
      ${this.refusal ? refused(this.refusal, () => { this.#id = ''; this.refresh(); }) : this.#modules === null ? loading(6) : this.#body(this.#modules)}`;
  }

  /** @param {any[]} modules */
  #body(modules) {
    if (modules.length === 0) {
      return empty('There is no module yet', html`<a href=${link('modules')}>Install one</a>, then it has a form here.`);
    }
    return html`<div class="stack wide">
      <div class="new-choice">
        <div class="field"><label for="new-module">Module</label>
          <select id="new-module" @change=${(/** @type {any} */ event) => this.#go(event.target.value)}><option value="" ?selected=${this.#id === ''}>Choose one</option>${modules.map(each => html`<option value=${each.id} ?selected=${each.id === this.#id}>${each.name}${each.name === each.id ? '' : ' (' + each.id + ')'}${each.state === 'ready' ? '' : ', ' + each.state}</option>`)}</select></div>
        ${this.#earlier.length > 0 ? html`<div class="field"><label for="new-from">Start from</label>
          <select id="new-from" @change=${(/** @type {any} */ event) => { if (event.target.value) { this.attempt('from', () => this.#startFrom(event.target.value)); } }}><option value="">An empty form</option>${this.#earlier.map(each => html`<option value=${each.id} ?selected=${each.id === this.query.get('from')}>${each.job_title}, ${clock(each.created_at)}, ${each.status} (${shortId(each.id)})</option>`)}</select>${this.trouble('from')}</div>` : nothing}
      </div>
      ${this.#id === '' ? html`<ul class="choices">${modules.map(each => html`<li class="card"><a class="inside choice" href=${link('new', { module: each.id })}><strong>${each.name}</strong><span class="muted small">${each.description}</span></a></li>`)}</ul>` : this.#module && this.#form ? this.#sides(this.#form) : loading(6)}
    </div>`;
  }

  /** @param {SchemaForm} form */
  #sides(form) {
    const problem = this.problem('start');
    const notReady = this.#module.state !== 'ready';
    return html`
      ${notReady ? html`<p class="notice">The module is ${this.#module.state}: the job will wait. ${prose(this.#module.explanation)}</p>` : nothing}
      ${this.#module.role === 'admin' ? html`<p class="notice">Only admins may start jobs of this module.</p>` : nothing}
      ${problem ? html`<div class="trouble" id="new-trouble" role="alert" tabindex="-1">${problem.message} ${problem.remedy} ${this.#field ? html`<a href=${'#' + this.#field} @click=${(/** @type {Event} */ event) => { event.preventDefault(); /** @type {HTMLElement | null} */ (this.querySelector('#' + CSS.escape(this.#field ?? '')))?.focus(); }}>Go to the field</a>` : nothing}</div>` : nothing}
      <div class="sides">
        <form class="card inside stack" aria-label="Inputs" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.#start(); }}>
          ${this.#fault ? html`<p class="notice">The JSON beside cannot be read, so the form waits: ${this.#fault.message}</p>` : nothing}
          ${form.render()}
          ${this.#rest()}
        </form>
        <section class="card new-json"><header><h2><label for="new-json">Inputs as JSON</label></h2><span class="more"><button class="button mini" type="button" @click=${() => copy(this.#text, 'The JSON was copied.')}>Copy</button></span></header>
          <div class="inside stack tight"><textarea id="new-json" class="code-input" spellcheck="false" rows=${Math.min(30, Math.max(12, this.#text.split('\n').length + 1))} aria-invalid=${this.#fault ? 'true' : nothing} aria-describedby=${this.#fault ? 'new-fault' : nothing}
            .value=${current(this.#text)} @input=${(/** @type {any} */ event) => { this.#key = freshKey(); this.#take(event.target.value); this.#remember(); }}></textarea>
          ${this.#fault ? html`<p class="trouble" id="new-fault" role="status">${this.#fault.message}</p>` : nothing}</div></section>
      </div>
      <div class="start-bar">
        <button class="button first" type="button" ?disabled=${this.#fault !== null || this.isBusy('start')} @click=${() => this.#start()}>${this.isBusy('start') ? 'Starting …' : 'Start job'}<kbd>Ctrl Enter</kbd></button>
        <span class="grow"></span>
        <span class="muted small">Copy as</span>
        <button class="button" type="button" ?disabled=${this.#fault !== null} @click=${() => copy(curl(this.#request(), form.secrets()), 'The line for curl was copied.')}>curl</button>
        <button class="button" type="button" ?disabled=${this.#fault !== null} @click=${() => copy(pawlRun(this.#id, /** @type {Map<string, any>} */ (this.#document), form.secrets(), this.#more), 'The line for pawl was copied.')}>pawl run</button>
      </div>`;
  }

  #rest() {
    return html`<details class="rest"><summary>Title, priority, time</summary><div class="stack">
      ${this.#extra('job_title', 'Title', 'For people; by default the module.', text => text)}
      ${this.#extra('priority', 'Priority', '-1,000 to 1,000; higher runs first.', text => (/^-?\d+$/.test(text) ? new Num(String(Number(text))) : text))}
      ${this.#extra('max_duration', 'Longest time', 'Such as 30m or 2h; by default none.', text => text)}
      ${this.#extra('not_before', 'Not before', 'A time with its zone, such as 2026-12-24T18:00:00+01:00.', text => text)}
    </div></details>`;
  }

  /** @param {string} field @param {string} label @param {string} hint @param {(text: string) => any} read */
  #extra(field, label, hint, read) {
    const value = this.#more.get(field);
    return html`<div class="field"><label for=${'new-' + field}>${label}</label><input id=${'new-' + field} type="text" autocomplete="off" aria-describedby=${'new-' + field + '-hint'} .value=${current(value instanceof Num ? value.text : value ?? '')} @input=${(/** @type {any} */ event) => {
      const text = event.target.value.trim();
      this.#more = withAt(this.#more, [field], text === '' ? undefined : read(text));
      this.#key = freshKey();
      this.changed();
    }}><p class="hint" id=${'new-' + field + '-hint'}>${hint}</p></div>`;
  }
}

/** A key by which a request that is sent twice starts one job. */
function freshKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map(each => each.toString(16).padStart(2, '0')).join('');
}
