/** The editor of a schedule: when it is due, said in a sentence and in its next times, and the job that it starts. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { get, post, send } from '../core/api.js';
import { clock, exact, timeOf, zone } from '../core/time.js';
import { View, asProblem } from '../core/view.js';
import { Unreadable, parse, print, withAt } from '../form/document.js';
import { SchemaForm } from '../form/schema-form.js';

const TYPING_MS = 250;
const NEXT = 10;
const OVERLAPS = [['skip', 'skip: the new one is left out'], ['queue', 'queue: the new one waits'], ['allow', 'allow: both run'], ['replace', 'replace: the earlier one is stopped']];
const MISSED = [['once', 'once: one job for all of them'], ['skip', 'skip: none'], ['all', 'all: one job each']];
const EXAMPLES = [['*/15 * * * *', 'every 15 minutes'], ['0 * * * *', 'hourly'], ['0 3 * * *', 'daily at 03:00'], ['0 3 * * 1-5', 'weekdays at 03:00'], ['0 6 1 * *', 'monthly, on the 1st']];
const READ_ONLY = ['name', 'sentence', 'next_at', 'last_at', 'last_job_id', 'last_status', 'changed_at', 'declared_by'];

export class ScheduleEditor extends View {
  /** The schedule as the server sent it; null for a new one. @type {string | null} */
  text = null;
  /** Its version. */
  tag = '';
  /** @type {any[]} */
  modules = [];
  /** Called with the name once it is saved. @type {(name: string) => void} */
  onsaved = () => {};
  oncancel = () => {};

  #name = '';
  /** @type {Map<string, any>} */
  #fields = new Map();
  #jobText = '{}';
  /** @type {string | null} */
  #jobFault = null;
  /** @type {any} */
  #preview = null;
  /** @type {import('../core/api.js').Problem | null} */
  #previewProblem = null;
  /** @type {SchemaForm | null} */
  #form = null;
  #formOf = '';
  #round = 0;
  #hasBegun = false;

  begin() {
    if (this.#hasBegun) {
      return;
    }
    this.#hasBegun = true;
    if (this.text === null) {
      this.#fields = new Map(/** @type {[string, any][]} */ ([['cron', '0 3 * * *'], ['job', new Map(/** @type {[string, any][]} */ ([['module_id', this.modules[0]?.id ?? ''], ['inputs', new Map()]]))]]));
    } else {
      const kept = /** @type {Map<string, any>} */ (parse(this.text));
      this.#name = kept.get('name');
      this.#fields = new Map([...kept].filter(([name, value]) => !READ_ONLY.includes(name) && value !== null));
    }
    this.#jobText = print(this.#fields.get('job'));
    this.#foresee();
    this.#readForm();
  }

  get #job() {
    return /** @type {Map<string, any>} */ (this.#fields.get('job'));
  }

  get #module() {
    return this.#job.get('module_id');
  }

  async #readForm() {
    const id = this.#module;
    if (!id || id === this.#formOf) {
      return;
    }
    this.#formOf = id;
    this.#form = null;
    const module = await get('/modules/' + encodeURIComponent(id), { signal: this.signal }).catch(() => null);
    if (module && this.#formOf === id) {
      this.#form = new SchemaForm(module.inputs_schema, {
        prefix: 'schedule-input',
        document: () => this.#job.get('inputs') ?? new Map(),
        change: inputs => this.#setJob(withAt(this.#job, ['inputs'], inputs)),
        isLocked: () => this.#jobFault !== null,
      });
      this.changed();
    }
  }

  /** @param {Map<string, any>} job */
  #setJob(job) {
    this.#fields.set('job', job);
    this.#jobText = print(job);
    this.changed();
  }

  /** @param {string} text */
  #takeJob(text) {
    this.#jobText = text;
    this.#form?.reset();
    try {
      const job = parse(text);
      this.#jobFault = job instanceof Map ? null : 'The job is an object, which begins with a brace.';
      if (job instanceof Map) {
        this.#fields.set('job', job);
        this.#readForm();
      }
    } catch (fault) {
      if (!(fault instanceof Unreadable)) {
        throw fault;
      }
      this.#jobFault = fault.message;
    }
    this.changed();
  }

  /** @param {string} field @param {any} value '' removes it */
  #set(field, value) {
    if (value === '') {
      this.#fields.delete(field);
    } else {
      this.#fields.set(field, value);
    }
    this.changed();
    if (['cron', 'every', 'time_zone', 'start_at', 'end_at'].includes(field)) {
      this.#foresee();
    }
  }

  #foresee() {
    const round = ++this.#round;
    setTimeout(async () => {
      if (round !== this.#round) {
        return;
      }
      const asked = new Map([...this.#fields].filter(([name]) => ['cron', 'every', 'time_zone', 'start_at', 'end_at'].includes(name)));
      try {
        const found = await post('/schedules/preview', { ...Object.fromEntries(asked), count: NEXT }, { signal: this.signal });
        if (round === this.#round) {
          this.#preview = found;
          this.#previewProblem = null;
        }
      } catch (failure) {
        if (round === this.#round && !this.signal.aborted) {
          this.#previewProblem = asProblem(failure);
        }
      }
      this.changed();
    }, TYPING_MS);
  }

  async #save() {
    const name = this.#name.trim();
    this.#form?.forgive();
    const saved = await this.attempt('save', async () => {
      if (name === '') {
        throw new Error('A schedule has a name.');
      }
      const headers = this.text === null ? { 'If-None-Match': '*' } : { 'If-Match': this.tag };
      try {
        return await send('PUT', '/schedules/' + encodeURIComponent(name), { body: print(this.#fields, ''), headers: /** @type {any} */ (headers), signal: this.signal });
      } catch (failure) {
        this.#form?.take(asProblem(failure).message.replace(/^job\.inputs\./, ''));
        throw failure;
      }
    });
    if (saved) {
      this.onsaved(name);
    }
  }

  render() {
    const isInterval = this.#fields.has('every');
    return html`<form class="stack wide" aria-label="Schedule" novalidate autocomplete="off" @submit=${(/** @type {Event} */ event) => { event.preventDefault(); this.#save(); }}>
      <div class="sides">
        <section class="card"><header><h2>When</h2></header><div class="inside stack">
          ${this.text === null ? html`<div class="field"><label for="schedule-name">Name</label><input id="schedule-name" type="text" spellcheck="false" .value=${current(this.#name)} @input=${(/** @type {any} */ event) => { this.#name = event.target.value; this.changed(); }}><p class="hint">Letters of ASCII, digits, dots, hyphens and underscores.</p></div>` : nothing}
          <div class="line" role="group" aria-label="Kind"><button class="chip" type="button" aria-pressed=${!isInterval} @click=${() => { this.#fields.delete('every'); this.#set('cron', '0 3 * * *'); }}>Cron</button><button class="chip" type="button" aria-pressed=${isInterval} @click=${() => { this.#fields.delete('cron'); this.#set('every', '1h'); }}>Interval</button></div>
          ${isInterval ? this.#field('every', 'Every', 'Such as 90s, 15m, 2h or 1d.') : html`${this.#field('cron', 'Cron expression', 'Minute, hour, day, month, weekday; with six fields, seconds first.', true)}
            <div class="line tight">${EXAMPLES.map(([cron, word]) => html`<button class="button mini quiet" type="button" title=${cron} @click=${() => this.#set('cron', cron)}>${word}</button>`)}</div>`}
          ${this.#field('time_zone', 'Time zone', 'By default the server’s. A schedule keeps its zone by name, over changes of the clock.', false, 'zones')}
          <datalist id="zones">${zones().map(each => html`<option value=${each}></option>`)}</datalist>
          ${this.#select('overlap', 'When the earlier job has not ended', OVERLAPS)}
          ${this.#select('missed', 'Times that passed while the server was down', MISSED)}
          <details class="rest"><summary>Beginning, end, jitter</summary><div class="stack">${this.#field('start_at', 'From', 'A time with its zone, such as 2026-12-24T18:00:00+01:00.')}${this.#field('end_at', 'Until', 'After it there is no job.')}${this.#field('jitter', 'Jitter', 'The longest time by which a job is put off, such as 5m.')}</div></details>
        </div></section>
        <section class="card new-json"><header><h2>Next times</h2></header><div class="inside stack" aria-live="polite">${this.#times()}</div></section>
      </div>
      <section class="card"><header><h2>Job</h2></header><div class="inside stack">
        <div class="field slim"><label for="schedule-module">Module</label><select id="schedule-module" @change=${(/** @type {any} */ event) => { const job = new Map(this.#job); job.delete('tasks'); this.#setJob(withAt(withAt(job, ['module_id'], event.target.value), ['inputs'], new Map())); this.#readForm(); }}>
          ${this.#job.has('tasks') ? html`<option selected>Several tasks: edit the JSON</option>` : nothing}${this.modules.map(each => html`<option value=${each.id} ?selected=${each.id === this.#module}>${each.name}</option>`)}</select></div>
        <div class="sides">
          <div class="stack">${this.#jobFault ? html`<p class="notice">The JSON beside cannot be read, so the form waits: ${this.#jobFault}</p>` : nothing}${this.#form && !this.#job.has('tasks') ? this.#form.render() : html`<p class="muted">The form knows jobs of one installed module; the JSON beside takes any.</p>`}</div>
          <div class="field"><label for="schedule-job">Job as JSON</label><textarea id="schedule-job" class="code-input" rows="12" spellcheck="false" aria-invalid=${this.#jobFault ? 'true' : nothing} .value=${current(this.#jobText)} @input=${(/** @type {any} */ event) => this.#takeJob(event.target.value)}></textarea>${this.#jobFault ? html`<p class="wrong">${this.#jobFault}</p>` : nothing}<p class="hint">As in POST /jobs: also job_title, priority, retry and more.</p></div>
        </div></div></section>
      ${this.trouble('save')}
      <div class="start-bar"><button class="button first" type="submit" ?disabled=${this.#jobFault !== null || this.isBusy('save')}>${this.isBusy('save') ? 'Saving …' : 'Save schedule'}</button><button class="button" type="button" @click=${() => this.oncancel()}>Cancel</button></div>
    </form>`;
  }

  #times() {
    if (this.#previewProblem) {
      return html`<p class="trouble">${this.#previewProblem.message}</p>`;
    }
    if (!this.#preview) {
      return html`<p class="muted">…</p>`;
    }
    const own = this.#fields.get('time_zone') ?? '';
    return html`<p class="strong">${this.#preview.sentence}</p>
      ${this.#preview.next.length === 0 ? html`<p class="muted">It is never due.</p>` : html`<table class="plain"><thead><tr><th>${zone()}</th>${own && own !== zone() ? html`<th>${own}</th>` : nothing}</tr></thead><tbody>${this.#preview.next.map((/** @type {string} */ at) => html`<tr><td class="num">${timeOf(at)}</td>${own && own !== zone() ? html`<td class="num">${there(at, own)}</td>` : nothing}</tr>`)}</tbody></table>`}`;
  }

  /** @param {string} field @param {string} label @param {string} hint @param {boolean} [isCode] @param {string} [list] */
  #field(field, label, hint, isCode, list) {
    return html`<div class="field"><label for=${'schedule-' + field}>${label}</label><input id=${'schedule-' + field} class=${isCode ? 'code-input' : ''} type="text" spellcheck="false" list=${list ?? nothing} aria-describedby=${'schedule-' + field + '-hint'} .value=${current(this.#fields.get(field) ?? '')} @input=${(/** @type {any} */ event) => this.#set(field, event.target.value.trim())}><p class="hint" id=${'schedule-' + field + '-hint'}>${hint}</p></div>`;
  }

  /** @param {string} field @param {string} label @param {string[][]} values */
  #select(field, label, values) {
    return html`<div class="field"><label for=${'schedule-' + field}>${label}</label><select id=${'schedule-' + field} @change=${(/** @type {any} */ event) => this.#set(field, event.target.value)}>${values.map(([value, word]) => html`<option value=${value} ?selected=${(this.#fields.get(field) ?? values[0][0]) === value}>${word}</option>`)}</select></div>`;
  }
}

/** A time in another zone. @param {string} at @param {string} timeZone */
export function there(at, timeZone) {
  try {
    return html`<time datetime=${at} title=${exact(at)}>${new Intl.DateTimeFormat('en-GB', { timeZone, day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }).format(new Date(at))}</time>`;
  } catch {
    return clock(at); // a zone that the browser does not know
  }
}

function zones() {
  return Intl.supportedValuesOf ? Intl.supportedValuesOf('timeZone') : [];
}

customElements.define('pawl-schedule-editor', ScheduleEditor);
