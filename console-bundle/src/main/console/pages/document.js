/** One document: its JSON as text, so that every digit stays, saved only over the version that was read. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live as current } from '../lib/lit-html/directives/live.js';
import { send } from '../core/api.js';
import { copy } from '../core/copy.js';
import { bytes } from '../core/format.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { confirmed } from '../design/dialog.js';
import { loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { differences } from '../form/differences.js';
import { Unreadable, parse, print } from '../form/document.js';
import { Page } from './page.js';

const SHOWN_CHANGES = 60;

export default class extends Page {
  /** What the server has; null for a document that is not there yet. @type {string | null} */
  #kept = null;
  #text = '';
  #tag = '';
  #isRead = false;
  #of = '';
  /** @type {string | null} */
  #fault = null;
  /** The version that the server has meanwhile. @type {{text: string, tag: string} | null} */
  #meanwhile = null;

  get #path() {
    return '/data/' + encodeURIComponent(this.parts.module) + '/' + encodeURIComponent(this.parts.name);
  }

  get #isDirty() {
    return this.#text !== (this.#kept ?? '{}');
  }

  async load() {
    if (this.#of !== this.#path) {
      this.#of = this.#path;
      this.#isRead = false;
      this.#meanwhile = null;
    }
    const found = await this.#read();
    if (this.#isRead && this.#isDirty) {
      this.#meanwhile = found && found.tag !== this.#tag ? found : null;
      return;
    }
    this.#kept = found?.text ?? null;
    this.#tag = found?.tag ?? '';
    this.#isRead = true;
    this.#take(this.#kept ?? '{}');
  }

  async #read() {
    try {
      const answer = await send('GET', this.#path, { signal: this.signal });
      const document = parse(await answer.text());
      if (document instanceof Map) {
        document.delete('name'); // the address has it
      }
      return { text: print(document), tag: answer.headers.get('ETag') ?? '' };
    } catch (failure) {
      if (/** @type {any} */ (failure).status === 404) {
        return null;
      }
      throw failure;
    }
  }

  /** @param {string} text */
  #take(text) {
    this.#text = text;
    try {
      this.#fault = parse(text) instanceof Map ? null : 'A document is an object, which begins with a brace.';
    } catch (fault) {
      if (!(fault instanceof Unreadable)) {
        throw fault;
      }
      this.#fault = fault.message;
    }
    this.changed();
  }

  async #save() {
    const text = this.#text;
    const found = await this.attempt('save', async () => {
      try {
        await send('POST', this.#path, { body: text, headers: /** @type {any} */ (this.#kept === null ? { 'If-None-Match': '*' } : { 'If-Match': this.#tag }) });
      } catch (failure) {
        if (/** @type {any} */ (failure).status === 412) {
          this.#meanwhile = await this.#read();
        }
        throw failure;
      }
      return (await this.#read()) ?? { tag: '' };
    });
    if (found) {
      toast('The document was saved.');
      this.#kept = text;
      this.#tag = found.tag;
      this.#meanwhile = null;
      this.changed();
    }
  }

  async #remove() {
    if (await confirmed({ title: 'Delete ' + this.parts.name + '?', text: 'The document goes at once and cannot come back.', yes: 'Delete document', no: 'Keep it', danger: true, act: () => send('DELETE', this.#path, { headers: { 'If-Match': this.#tag } }) })) {
      toast('The document was deleted.');
      router.go('data', { module: this.parts.module });
    }
  }

  render() {
    this.name(this.parts.name);
    const mayChange = session.may('operator');
    return html`
      <div class="page-head"><h1>${this.parts.name}</h1><a class="muted" href=${link('data', { module: this.parts.module })}>${this.parts.module}</a>${this.#isRead ? html`<span class="muted small">${this.#kept === null ? 'not there yet' : bytes(new Blob([this.#kept]).size)}</span>` : nothing}
        <div class="end"><button class="button" type="button" @click=${() => copy(this.#text, 'The JSON was copied.')}>Copy</button>${mayChange && this.#kept !== null ? html`<button class="button danger" type="button" @click=${() => this.#remove()}>Delete</button>` : nothing}</div></div>
      ${this.refusal && !this.#isRead ? refused(this.refusal, () => this.refresh()) : !this.#isRead ? loading(8) : this.#body(mayChange)}`;
  }

  /** @param {boolean} mayChange */
  #body(mayChange) {
    const meanwhile = this.#meanwhile;
    return html`<div class="stack">
      ${meanwhile ? html`<p class="notice" role="status">The document was changed meanwhile. <button class="button mini" type="button" @click=${() => { this.#kept = meanwhile.text; this.#tag = meanwhile.tag; this.#meanwhile = null; this.forget('save'); this.changed(); }}>Keep mine, and compare with that</button> <button class="button mini" type="button" @click=${() => { this.#kept = meanwhile.text; this.#tag = meanwhile.tag; this.#meanwhile = null; this.forget('save'); this.#take(meanwhile.text); }}>Take that</button></p>` : nothing}
      <div class="field"><label class="away" for="document-text">The document as JSON</label><textarea id="document-text" class="code-input tall" spellcheck="false" ?readonly=${!mayChange} aria-invalid=${this.#fault ? 'true' : nothing} aria-describedby=${this.#fault ? 'document-fault' : nothing} .value=${current(this.#text)} @input=${(/** @type {any} */ event) => this.#take(event.target.value)}></textarea>
        ${this.#fault ? html`<p class="wrong" id="document-fault">${this.#fault}</p>` : nothing}</div>
      ${this.#isDirty && this.#kept !== null ? this.#changes(this.#kept) : nothing}
      ${mayChange ? html`<div class="start-bar"><button class="button first" type="button" ?disabled=${(!this.#isDirty && this.#kept !== null) || this.#fault !== null || this.isBusy('save')} @click=${() => this.#save()}>${this.isBusy('save') ? 'Saving …' : 'Save'}</button>
        <button class="button" type="button" ?disabled=${!this.#isDirty} @click=${() => { this.forget('save'); this.#take(this.#kept ?? '{}'); }}>Undo</button>
        <button class="button" type="button" ?disabled=${this.#fault !== null} @click=${() => this.#take(print(parse(this.#text)))}>Tidy</button></div>${this.trouble('save')}` : html`<p class="muted small">Only operators change documents.</p>`}
    </div>`;
  }

  /** What would be saved, line by line. @param {string} kept */
  #changes(kept) {
    const lines = differences(kept.split('\n'), this.#text.split('\n'));
    const changed = lines.filter(line => line.sign !== ' ');
    return html`<section class="card"><header><h2>Changes</h2><span class="more muted small">${changed.filter(line => line.sign === '+').length} added, ${changed.filter(line => line.sign === '-').length} removed</span></header><div class="inside scrolls"><ul class="changes mono">${changed.slice(0, SHOWN_CHANGES).map(line => html`<li class=${line.sign === '+' ? 'plus' : 'minus'}><span class="num muted">${line.at}</span> ${line.sign} ${line.text}</li>`)}</ul>${changed.length > SHOWN_CHANGES ? html`<p class="muted small">and ${changed.length - SHOWN_CHANGES} more lines</p>` : nothing}</div></section>`;
  }
}
