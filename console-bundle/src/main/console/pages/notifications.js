/** Notifications: of which outcomes of which jobs someone is told, what was sent, and a test that is sent at once. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { get, getAll, post, send } from '../core/api.js';
import { shortId } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { ago, timeOf } from '../core/time.js';
import { asProblem } from '../core/view.js';
import { confirmed } from '../design/dialog.js';
import { icon, statusOf } from '../design/icon.js';
import { empty, loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { namedIn } from '../form/field-kinds.js';
import { Page } from './page.js';

const PAGE = 50;
const EVENTS = /** @type {[string, string][]} */ ([['failed', 'A job has failed for good'], ['completed_after_failing', 'It completes after it failed'], ['missed', 'A schedule missed its time']]);
const FORMATS = [['slack', 'Slack'], ['teams', 'Microsoft Teams'], ['discord', 'Discord'], ['ntfy', 'ntfy'], ['json', 'JSON, for any program'], ['email', 'E-mail']];
const STATES = /** @type {Record<string, string>} */ ({ delivered: 'completed', waiting: 'pending', failed: 'failed' });
const NEW = { on: ['failed'], modules: [], format: 'slack', group_for: '10s', quiet_for: '5m', paused: false };

export default class extends Page {
  /** @type {any[] | null} */
  #all = null;
  /** The rule as it is in the form. @type {any} */
  #rule = null;
  #kept = '';
  #newName = '';
  /** @type {any[]} */
  #messages = [];
  /** @type {number | null} */
  #before = null;
  #of = '';
  /** What the server refused, by the field that it named. @type {{field: string, message: string} | null} */
  #wrong = null;

  get #name() {
    return this.query.get('name') ?? '';
  }

  get #isNew() {
    return this.query.has('new');
  }

  get #path() {
    return '/notifications/' + encodeURIComponent(this.#name);
  }

  async load() {
    if (this.#isNew) {
      if (this.#of !== '+') {
        this.#of = '+';
        this.#newName = '';
        this.#take(structuredClone(NEW));
      }
    } else if (this.#name === '') {
      this.#of = '';
      this.#all = await getAll('/notifications', 'notifications', this.signal);
    } else {
      const [rule, sent] = await Promise.all([get(this.#path, { signal: this.signal }), get(this.#path + '/deliveries', { query: { limit: PAGE }, signal: this.signal })]);
      if (this.#of !== this.#name || JSON.stringify(this.#rule) === this.#kept) {
        this.#of = this.#name;
        this.#take(definition(rule));
      }
      this.#messages = sent.deliveries;
      this.#before = sent.next_before;
    }
  }

  /** @param {any} rule */
  #take(rule) {
    this.#rule = rule;
    this.#kept = JSON.stringify(rule);
    this.#wrong = null;
    this.changed();
  }

  /** Changes a field of the form; an empty one goes. @param {string} field @param {any} value */
  #set(field, value) {
    const { [field]: former, ...others } = this.#rule;
    this.#wrong = this.#wrong?.field === field ? null : this.#wrong;
    this.#rule = value === '' || value === undefined ? others : { ...others, [field]: value };
    this.changed();
  }

  async #save() {
    const name = this.#isNew ? this.#newName.trim() : this.#name;
    const saved = await this.attempt('save', async () => {
      try {
        return await send('PUT', '/notifications/' + encodeURIComponent(name), { body: JSON.stringify(sendable(this.#rule)), headers: /** @type {any} */ (this.#isNew ? { 'If-None-Match': '*' } : {}) });
      } catch (failure) {
        const { message } = asProblem(failure);
        const field = (namedIn(message) ?? '').replace(/[.[].*/, '');
        this.#wrong = field === '' ? null : { field, message };
        throw failure;
      }
    });
    if (saved) {
      toast('The notification was saved.');
      this.#of = '';
      router.go('notifications', { name });
      this.refresh();
    }
  }

  async #remove() {
    if (await confirmed({ title: 'Remove the notification ' + this.#name + '?', text: 'What has not been sent is dropped.', yes: 'Remove notification', no: 'Keep it', danger: true, act: () => send('DELETE', this.#path) })) {
      toast('The notification was removed.');
      router.go('notifications');
    }
  }

  async #test() {
    const sent = await this.attempt('test', () => post(this.#path + '/test'));
    if (sent) {
      toast(sent.state === 'delivered' ? 'The receiver has taken the test.' : 'The test failed: ' + (sent.tries[0]?.error ?? sent.state));
      this.refresh();
    }
  }

  async #more() {
    const page = await this.attempt('more', () => get(this.#path + '/deliveries', { query: { limit: PAGE, before: this.#before }, signal: this.signal }));
    if (page) {
      this.#messages = [...this.#messages, ...page.deliveries];
      this.#before = page.next_before;
    }
  }

  render() {
    const isOne = this.#isNew || this.#name !== '';
    const title = this.#isNew ? 'New notification' : this.#name || 'Notifications';
    const isAdmin = session.may('admin');
    this.name(title);
    return html`
      <div class="page-head"><h1>${title}</h1>${isOne ? html`<a class="muted" href=${link('notifications')}>All notifications</a>` : nothing}
        <div class="end">${isOne || !isAdmin ? nothing : html`<a class="button first" href=${link('notifications', { new: '1' })}>${icon('new')}New notification</a>`}
          ${this.#name ? html`<button class="button" type="button" ?disabled=${this.isBusy('test')} @click=${() => this.#test()}>${this.isBusy('test') ? 'Sending …' : 'Send a test'}</button>` : nothing}
          ${this.#name && isAdmin ? html`<button class="button danger" type="button" @click=${() => this.#remove()}>Remove</button>` : nothing}</div></div>
      ${this.trouble('test')}
      ${this.refusal ? refused(this.refusal, () => this.refresh()) : isOne ? (this.#of === (this.#isNew ? '+' : this.#name) ? this.#one(isAdmin) : loading(6)) : this.#all === null ? loading(6) : this.#list(this.#all, isAdmin)}`;
  }

  /** @param {any[]} rules @param {boolean} isAdmin */
  #list(rules, isAdmin) {
    return rules.length === 0 ? empty('Nobody is told yet', isAdmin ? html`<a href=${link('notifications', { new: '1' })}>Make a notification</a>, and failures are told to a channel or by mail.` : nothing) : html`<div class="card"><div class="inside"><table class="plain cards"><thead><tr><th>Name</th><th>Of</th><th>To</th><th>Last message</th><th>Outcome</th></tr></thead><tbody>${rules.map(rule => html`<tr><td><a class="strong" href=${link('notifications', { name: rule.name })}>${rule.name}</a> ${rule.paused ? statusOf('paused') : nothing}</td><td>${sentence(rule)}</td><td><span class="tag">${rule.format}</span> <span class="muted">${rule.host ?? rule.to?.join(', ')}</span></td><td><span class="narrow-word muted small">last message </span>${rule.last_message ? ago(rule.last_message.last_at) : html`<span class="muted">none</span>`}</td><td>${rule.last_message ? statusOf(STATES[rule.last_message.state] ?? 'pending', rule.last_message.state) : nothing}</td></tr>`)}</tbody></table></div></div>`;
  }

  /** @param {boolean} isAdmin */
  #one(isAdmin) {
    return html`<div class="stack wide">${isAdmin ? this.#form() : html`<section class="card"><div class="inside stack tight"><p>${sentence(this.#rule)}</p><p class="muted">${this.#rule.format} · ${this.#rule.to?.join(', ') ?? 'its address is shown to nobody'}</p></div></section>`}
      ${this.#isNew ? nothing : html`<section class="card"><header><h2>Messages</h2></header><div class="inside">${this.#messages.length === 0 ? empty('Nothing has been told yet', nothing, true) : html`<table class="plain cards"><thead><tr><th>When</th><th>What</th><th>State</th><th>Jobs</th></tr></thead><tbody>${this.#messages.map(message => row(message))}</tbody></table>
        ${this.#before ? html`<p><button class="button" type="button" ?disabled=${this.isBusy('more')} @click=${() => this.#more()}>Earlier ones</button></p>${this.trouble('more')}` : nothing}`}</div></section>`}
    </div>`;
  }

  #form() {
    const rule = this.#rule;
    const isChanged = JSON.stringify(rule) !== this.#kept;
    const isWrong = (/** @type {string} */ field) => this.#wrong?.field === field;
    const wrong = (/** @type {string} */ field) => (isWrong(field) ? html`<p class="wrong">${this.#wrong?.message}</p>` : nothing);
    const text = (/** @type {string} */ id, /** @type {string} */ field, /** @type {string} */ label, /** @type {string} */ hint, placeholder = '') => html`<div class="field"><label for=${id}>${label}</label><input id=${id} type="text" autocomplete="off" spellcheck="false" placeholder=${placeholder} aria-invalid=${isWrong(field) ? 'true' : nothing} aria-describedby=${id + '-hint'} .value=${current(rule[field] ?? '')} @input=${(/** @type {any} */ event) => this.#set(field, event.target.value)}><p class="hint" id=${id + '-hint'}>${hint}</p>${wrong(field)}</div>`;
    const list = (/** @type {string} */ id, /** @type {string} */ field, /** @type {string} */ label, /** @type {string} */ hint, placeholder = '') => html`<div class="field"><label for=${id}>${label}</label><input id=${id} type="text" autocomplete="off" spellcheck="false" placeholder=${placeholder} aria-invalid=${isWrong(field) ? 'true' : nothing} aria-describedby=${id + '-hint'} .value=${current((rule[field] ?? []).join(', '))} @change=${(/** @type {any} */ event) => this.#set(field, event.target.value.split(/[\s,]+/).filter(Boolean))}><p class="hint" id=${id + '-hint'}>${hint}</p>${wrong(field)}</div>`;
    return html`<section class="card"><div class="inside stack">
      ${this.#isNew ? html`<div class="field slim"><label for="notify-name">Name</label><input id="notify-name" type="text" autocomplete="off" spellcheck="false" .value=${current(this.#newName)} @input=${(/** @type {any} */ event) => { this.#newName = event.target.value; this.changed(); }}><p class="hint">Letters of ASCII, digits, dots, hyphens and underscores.</p>${wrong('name')}</div>` : nothing}
      <fieldset class="field"><legend class="label">Tell when</legend>${EVENTS.map(([event, words]) => html`<label class="check"><input type="checkbox" name="on" value=${event} .checked=${current(rule.on.includes(event))} @change=${(/** @type {any} */ change) => this.#set('on', change.target.checked ? [...rule.on, event] : rule.on.filter((/** @type {string} */ each) => each !== event))}>${words}</label>`)}${wrong('on')}</fieldset>
      <div class="sides">${text('notify-running', 'running_longer_than', 'A job runs for longer than', 'Such as 30m or 2h; empty for never.', 'never')}${text('notify-waiting', 'waiting_longer_than', 'A job waits for longer than', 'Empty for never.', 'never')}</div>
      <div class="sides">${list('notify-modules', 'modules', 'Of modules', 'Ids, separated by commas.', 'all')}${text('notify-title', 'title', 'Of titles', 'An * stands for any text.', 'all')}</div>
      <div class="field slim"><label for="notify-format">To</label><select id="notify-format" .value=${current(rule.format)} @change=${(/** @type {any} */ event) => this.#set('format', event.target.value)}>${FORMATS.map(([value, words]) => html`<option value=${value} ?selected=${value === rule.format}>${words}</option>`)}</select></div>
      ${rule.format === 'email' ? list('notify-to', 'to', 'Addresses', 'At most 20, separated by commas. The server needs a mail server in its settings.') : html`<div class="sides">${text('notify-url', 'url', 'Address', 'It stays sealed in the store; stars keep the one that is there.')}${['json', 'ntfy'].includes(rule.format) ? text('notify-secret', 'secret', 'Secret', rule.format === 'json' ? 'Signs the requests.' : 'An access token.') : nothing}</div>`}
      <div class="sides">${text('notify-group', 'group_for', 'Gather for', 'What comes up in that time is one message.')}${text('notify-quiet', 'quiet_for', 'Then be quiet for', 'What comes up meanwhile is one message.')}</div>
      <label class="check"><input type="checkbox" .checked=${current(rule.paused)} @change=${(/** @type {any} */ event) => this.#set('paused', event.target.checked)}>Paused</label>
      <div class="line"><button class="button first" type="button" ?disabled=${this.isBusy('save') || (this.#isNew ? this.#newName.trim() === '' : !isChanged)} @click=${() => this.#save()}>${this.isBusy('save') ? 'Saving …' : 'Save notification'}</button><button class="button" type="button" ?disabled=${!isChanged} @click=${() => { this.forget('save'); this.#take(JSON.parse(this.#kept)); }}>Undo</button></div>${this.trouble('save')}
    </div></section>`;
  }
}

/** A message that was, or will be, sent. @param {any} message */
function row(message) {
  const last = message.tries.at(-1);
  return html`<tr><td class="num nowrap">${timeOf(message.last_at)}</td><td>${message.event.replaceAll('_', ' ')}${message.count > 1 ? html` <span class="muted">${message.count} times</span>` : nothing}</td>
    <td>${statusOf(STATES[message.state] ?? 'pending', message.state)} ${last?.error ? html`<span class="muted small">${last.error}</span>` : message.next_at ? html`<span class="muted small">${ago(message.next_at)}</span>` : nothing}</td>
    <td>${message.examples.map((/** @type {any} */ each) => html`<div>${each.job_id ? html`<a class="mono" href=${link('jobs/' + each.job_id)}>${shortId(each.job_id)}</a> ` : nothing}${each.job_title} <span class="muted small">${each.detail}</span></div>`)}</td></tr>`;
}

/** What a rule tells of, as people say it. @param {any} rule */
function sentence(rule) {
  const causes = [...EVENTS.filter(([event]) => rule.on.includes(event)).map(([event]) => event.replaceAll('_', ' ')), rule.running_longer_than ? 'running longer than ' + rule.running_longer_than : '', rule.waiting_longer_than ? 'waiting longer than ' + rule.waiting_longer_than : ''].filter(Boolean);
  return [causes.join(', '), rule.modules?.length > 0 ? 'of ' + rule.modules.join(', ') : '', rule.title ? '“' + rule.title + '”' : ''].filter(Boolean).join(' ');
}

/** The fields of a rule that may be changed. @param {any} shown */
function definition({ name, host, changed_at, last_message, ...fields }) {
  return fields;
}

/** A rule without the fields of other formats. @param {any} rule */
function sendable({ to, url, secret, ...others }) {
  return others.format === 'email' ? { ...others, to: to ?? [] } : { ...others, url, ...(['json', 'ntfy'].includes(others.format) && secret ? { secret } : {}) };
}
