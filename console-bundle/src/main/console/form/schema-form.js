/** A form made from a JSON Schema. The document is the truth: the form shows it, and changes it place by place; what it does not know stays. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live } from '../lib/lit-html/directives/live.js';
import { icon } from '../design/icon.js';
import { Num, at, parse, print, withAt, written } from './document.js';
import { byDefault, faultOf, free, freely, freshName, isNumber, isSecret, kindOf, limits, namedIn, node, same } from './field-kinds.js';

/** @typedef {import('./document.js').Path} Path */
/** @typedef {import('./document.js').Node} Node */

const MANY = 15;
const LONG = 80;
const MASK = '********';

export class SchemaForm {
  /** What was typed at a place and is not, or not yet, a value. @type {Map<string, string>} */
  #typed = new Map();
  /** @type {Map<string, string>} */
  #wrong = new Map();

  /**
   * @param {any} schema
   * @param {{prefix: string, document: () => Node, change: (document: Node) => void, isLocked?: () => boolean}} host
   */
  constructor(schema, host) {
    this.schema = schema;
    this.host = host;
  }

  /** Forgets what was typed, since the document came from elsewhere. */
  reset() {
    this.#typed.clear();
    this.#wrong.clear();
  }

  /** Takes a refusal of the server to the field that it names. @param {string} message @returns {string | null} the id of the field; null when it names none */
  take(message) {
    this.#wrong.clear();
    const named = namedIn(message);
    const place = named && [...this.#places(this.schema, [])].find(each => named === each || named.startsWith(each + '.') || named.startsWith(each + '['));
    if (!named || !place) {
      return null;
    }
    this.#wrong.set(place, message);
    this.#wrong.set(named, message);
    return this.#id(named);
  }

  /** Forgets what the server refused. */
  forgive() {
    this.#wrong.clear();
  }

  /** The places of secrets. @returns {string[]} */
  secrets() {
    return Object.entries(this.schema.properties ?? {}).filter(([, schema]) => isSecret(schema)).map(([name]) => name);
  }

  /** @param {any} schema @param {Path} path @returns {Generator<string>} */
  *#places(schema, path) {
    for (const name of Object.keys(schema.properties ?? {})) {
      yield written([...path, name]);
    }
  }

  render() {
    return html`${this.secrets().length > 1 ? html`<input type="text" autocomplete="username" hidden>` : nothing}${this.#object(this.schema, [])}`; // a browser takes two secrets for a change of its own password
  }

  /** @param {Path} path */
  #value(path) {
    return at(this.host.document(), path);
  }

  /** @param {Path} path @param {Node | undefined} value */
  #set(path, value) {
    this.#wrong.delete(written(path));
    this.host.change(withAt(this.host.document(), path, value));
  }

  /** @param {string} place */
  #id(place) {
    return this.host.prefix + '-' + place.replace(/[^A-Za-z0-9_-]+/g, '-');
  }

  /** @param {any} schema @param {Path} path @returns {unknown} */
  #object(schema, path) {
    const names = Object.keys(schema.properties ?? {});
    return names.length === 0 ? html`<p class="muted">It takes nothing.</p>` : names.map(name => this.#field(schema.properties[name], [...path, name], (schema.required ?? []).includes(name)));
  }

  /** @param {any} schema @param {Path} path @param {boolean} required @returns {unknown} */
  #field(schema, path, required) {
    const place = written(path);
    const id = this.#id(place);
    const wrong = this.#wrong.get(place);
    const kind = kindOf(schema);
    const described = [schema.description || limits(schema) ? id + '-hint' : '', wrong ? id + '-wrong' : ''].filter(Boolean).join(' ') || nothing;
    const about = { id, place, path, schema, required, described, isWrong: wrong !== undefined };
    const isGroup = ['radios', 'three', 'objects', 'object', 'map'].includes(kind);
    const name = html`${schema.title ?? path.at(-1)}${required ? html`<span class="required" title="Required"> *</span>` : nothing}`;
    const below = html`
      ${schema.description || limits(schema) ? html`<p class="hint" id=${id + '-hint'}>${schema.description ?? ''} ${limits(schema)}</p>` : nothing}
      ${wrong ? html`<p class="wrong" id=${id + '-wrong'}>${wrong}</p>` : nothing}`;
    if (kind === 'check') {
      return html`<div class="field">${this.#check(about, name)}${below}</div>`;
    }
    return isGroup
      ? html`<fieldset class="field ${kind === 'objects' || kind === 'object' || kind === 'map' ? 'nested' : ''}" id=${id} tabindex="-1" aria-describedby=${described}><legend class="label">${name}</legend>${below}${this.#control(kind, about)}</fieldset>`
      : html`<div class="field"><label for=${id}>${name}</label>${this.#control(kind, about)}${below}</div>`;
  }

  /** @param {string} kind @param {About} about @returns {unknown} */
  #control(kind, about) {
    switch (kind) {
      case 'radios': return this.#radios(about);
      case 'select': return this.#select(about);
      case 'three': return this.#three(about);
      case 'number': return this.#line(about, 'numeric', text => (isNumber(text) ? new Num(text.trim()) : text));
      case 'secret': return this.#secret(about);
      case 'text': return this.#text(about);
      case 'any': return this.#any(about);
      case 'lines': return this.#lines(about);
      case 'objects': return this.#objects(about);
      case 'object': return html`<div class="stack">${this.#object(about.schema, about.path)}</div>`;
      case 'map': return this.#map(about);
      default: return this.#json(about);
    }
  }

  /** @param {About} about @param {string} mode @param {(text: string) => Node} read */
  #line(about, mode, read) {
    const value = this.#value(about.path);
    const shown = this.#typed.get(about.place) ?? (value === undefined ? '' : value instanceof Num ? value.text : typeof value === 'string' ? value : print(value, ''));
    return html`<input id=${about.id} type="text" inputmode=${mode} autocomplete="off" spellcheck="false" placeholder=${byDefault(about.schema)} aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked} list=${nothing}
      .value=${live(shown)} @input=${(/** @type {any} */ event) => {
        const text = event.target.value;
        this.#typed.set(about.place, text);
        this.#set(about.path, text === '' && !(about.required && mode === 'text') ? undefined : read(text));
      }} @blur=${() => { this.#typed.delete(about.place); }}>`;
  }

  /** A value of any kind in one line. @param {About} about */
  #any(about) {
    const shown = this.#typed.get(about.place) ?? freely(this.#value(about.path));
    return html`<input id=${about.id} type="text" autocomplete="off" spellcheck="false" aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked}
      .value=${live(shown)} @input=${(/** @type {any} */ event) => {
        this.#typed.set(about.place, event.target.value);
        this.#set(about.path, event.target.value === '' ? undefined : free(event.target.value, false));
      }} @blur=${() => { this.#typed.delete(about.place); this.host.change(this.host.document()); }}>`;
  }

  /** @param {About} about */
  #text(about) {
    const value = this.#value(about.path);
    const isLong = (typeof value === 'string' && (value.includes('\n') || value.length > LONG)) || (about.schema.maxLength ?? 0) > 1000;
    if (!isLong) {
      return html`<div class="line keep">${this.#line(about, 'text', text => text)}<button class="button quiet mini square" type="button" title="Several lines" aria-label=${'Several lines for ' + about.place} ?disabled=${this.#isLocked} @click=${() => { const now = this.#value(about.path); this.#set(about.path, (typeof now === 'string' ? now : '') + '\n'); }}>${icon('wrap')}</button></div>`;
    }
    return html`<textarea id=${about.id} rows="4" placeholder=${byDefault(about.schema)} aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked}
      .value=${live(typeof value === 'string' ? value : value === undefined ? '' : print(value, ''))} @input=${(/** @type {any} */ event) => this.#set(about.path, event.target.value === '' ? undefined : event.target.value)}></textarea>`;
  }

  /** @param {About} about */
  #secret(about) {
    const value = this.#value(about.path);
    return html`<input id=${about.id} type="password" autocomplete="new-password" placeholder=${value === MASK ? 'unchanged' : byDefault(about.schema)} aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked}
      .value=${live(value === MASK || value === undefined ? '' : String(value))} @input=${(/** @type {any} */ event) => this.#set(about.path, event.target.value === '' ? undefined : event.target.value)}>`;
  }

  /** @param {About} about @param {unknown} name */
  #check(about, name) {
    const value = this.#value(about.path);
    const isOn = value === undefined ? about.schema.default === true : value === true;
    return html`<label class="check" for=${about.id}><input id=${about.id} type="checkbox" aria-describedby=${about.described} ?disabled=${this.#isLocked} .checked=${live(isOn)} @change=${(/** @type {any} */ event) => this.#set(about.path, event.target.checked)}><span class="label">${name}</span></label>`;
  }

  /** @param {About} about */
  #three(about) {
    return this.#choices(about, [[undefined, 'not set'], [true, 'yes'], [false, 'no']]);
  }

  /** @param {About} about */
  #radios(about) {
    const values = about.schema.enum.map((/** @type {any} */ each) => [node(each), String(each)]);
    return this.#choices(about, about.required ? values : [[undefined, about.schema.default === undefined ? 'not set' : 'default (' + about.schema.default + ')'], ...values]);
  }

  /** @param {About} about @param {[Node | undefined, string][]} values */
  #choices(about, values) {
    const now = this.#value(about.path);
    return html`<div class="line">${values.map(([value, word], index) => html`<label class="check"><input type="radio" id=${about.id + '-' + index} name=${about.id} ?disabled=${this.#isLocked} .checked=${live(same(now, value))} @change=${() => this.#set(about.path, value)}>${word}</label>`)}</div>`;
  }

  /** @param {About} about */
  #select(about) {
    const now = this.#value(about.path);
    const words = about.schema.enum.map(String);
    if (words.length > MANY) {
      return html`${this.#line(about, 'text', text => node(about.schema.enum.find((/** @type {any} */ each) => String(each) === text) ?? text))}<p class="hint">One of ${words.slice(0, 20).join(', ')}${words.length > 20 ? ' …' : ''}</p>`;
    }
    const chosen = words.indexOf(now instanceof Num ? now.text : String(now));
    return html`<select id=${about.id} aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked} .value=${live(String(chosen))} @change=${(/** @type {any} */ event) => this.#set(about.path, event.target.value === '-1' ? undefined : node(about.schema.enum[Number(event.target.value)]))}>
      <option value="-1" ?selected=${chosen < 0}>${about.schema.default === undefined ? 'not set' : 'default (' + about.schema.default + ')'}</option>${words.map((/** @type {string} */ word, /** @type {number} */ index) => html`<option value=${index} ?selected=${index === chosen}>${word}</option>`)}</select>`;
  }

  /** One a line. @param {About} about */
  #lines(about) {
    const value = this.#value(about.path);
    const isNumeric = ['integer', 'number'].includes(about.schema.items?.type);
    const shown = this.#typed.get(about.place) ?? (Array.isArray(value) ? value.map(each => (each instanceof Num ? each.text : String(each))).join('\n') : '');
    return html`<textarea id=${about.id} rows=${Math.min(8, Math.max(2, shown.split('\n').length))} placeholder=${byDefault(about.schema) || 'one a line'} spellcheck="false" aria-describedby=${about.described} aria-invalid=${about.isWrong ? 'true' : nothing} ?disabled=${this.#isLocked}
      .value=${live(shown)} @input=${(/** @type {any} */ event) => {
        this.#typed.set(about.place, event.target.value);
        const entries = event.target.value.split('\n').filter((/** @type {string} */ line) => line !== '');
        this.#set(about.path, entries.length === 0 ? undefined : entries.map((/** @type {string} */ line) => (isNumeric && isNumber(line) ? new Num(line.trim()) : line)));
      }} @blur=${() => { this.#typed.delete(about.place); }}></textarea>`;
  }

  /** @param {About} about */
  #objects(about) {
    const now = () => /** @type {Node[]} */ (Array.isArray(this.#value(about.path)) ? this.#value(about.path) : []); // more may have been typed since it was drawn
    const list = now();
    const move = (/** @type {number} */ from, /** @type {number} */ to) => {
      const moved = [...now()];
      moved.splice(to, 0, ...moved.splice(from, 1));
      this.#typed.clear();
      this.#set(about.path, moved);
    };
    return html`${list.map((unused, index) => html`<div class="entry" role="group" aria-label=${about.place + ' ' + (index + 1)}>
        <div class="line"><span class="muted small grow num">${index + 1} of ${list.length}</span>
          <button class="button mini square quiet" type="button" aria-label=${'Move ' + about.place + ' ' + (index + 1) + ' up'} ?disabled=${this.#isLocked || index === 0} @click=${() => move(index, index - 1)}>${icon('up')}</button>
          <button class="button mini square quiet" type="button" aria-label=${'Move ' + about.place + ' ' + (index + 1) + ' down'} ?disabled=${this.#isLocked || index === list.length - 1} @click=${() => move(index, index + 1)}>${icon('down')}</button>
          <button class="button mini square quiet" type="button" aria-label=${'Remove ' + about.place + ' ' + (index + 1)} ?disabled=${this.#isLocked} @click=${() => { this.#typed.clear(); this.#set(about.path, list.length === 1 ? undefined : now().filter((each, place) => place !== index)); }}>${icon('remove')}</button></div>
        ${this.#object(about.schema.items, [...about.path, index])}</div>`)}
      <div><button class="button mini" type="button" ?disabled=${this.#isLocked} @click=${() => this.#set(about.path, [...now(), new Map()])}>${icon('new')}Add to ${about.schema.title ?? about.path.at(-1)}</button></div>`;
  }

  /** @param {About} about */
  #map(about) {
    const now = () => /** @type {[string, Node][]} */ (this.#value(about.path) instanceof Map ? [...this.#value(about.path)] : []);
    const fields = now();
    const isText = about.schema.additionalProperties?.type === 'string';
    const put = (/** @type {[string, Node][]} */ changed) => this.#set(about.path, changed.length === 0 ? undefined : new Map(changed));
    return html`${fields.map(([name, each], index) => {
        const key = about.place + '#' + index;
        const typed = this.#typed.get(key);
        const isTwice = typed !== undefined && typed !== name && fields.some(([other]) => other === typed);
        return html`<div class="pair">
          <input type="text" autocomplete="off" aria-label=${'Name ' + (index + 1) + ' of ' + about.place} spellcheck="false" ?disabled=${this.#isLocked} aria-invalid=${isTwice ? 'true' : nothing} .value=${live(typed ?? name)} @input=${(/** @type {any} */ event) => {
            this.#typed.set(key, event.target.value);
            put(now().map(([old, kept], place, all) => (place === index && !all.some(([other], there) => there !== index && other === event.target.value) ? [event.target.value, kept] : [old, kept])));
          }} @blur=${() => { this.#typed.delete(key); this.host.change(this.host.document()); }}>
          <input type="text" autocomplete="off" aria-label=${'Value ' + (index + 1) + ' of ' + about.place} spellcheck="false" ?disabled=${this.#isLocked} .value=${live(this.#typed.get(key + '=') ?? (typeof each === 'string' ? each : print(each, '')))} @input=${(/** @type {any} */ event) => {
            this.#typed.set(key + '=', event.target.value);
            put(now().map(([old, kept], place) => [old, place === index ? free(event.target.value, isText) : kept]));
          }} @blur=${() => { this.#typed.delete(key + '='); }}>
          <button class="button mini square quiet" type="button" aria-label=${'Remove ' + name + ' of ' + about.place} ?disabled=${this.#isLocked} @click=${() => { this.#typed.clear(); put(now().filter((unused, place) => place !== index)); }}>${icon('remove')}</button>
          ${isTwice ? html`<p class="wrong">This name is there already.</p>` : nothing}</div>`;
      })}
      <div><button class="button mini" type="button" ?disabled=${this.#isLocked} @click=${() => put([...now(), [freshName(now()), '']])}>${icon('new')}Add to ${about.schema.title ?? about.path.at(-1)}</button></div>`;
  }

  /** @param {About} about */
  #json(about) {
    const value = this.#value(about.path);
    const typed = this.#typed.get(about.place);
    const fault = typed === undefined || typed.trim() === '' ? null : faultOf(typed);
    return html`<textarea class="code-input" id=${about.id} rows="4" placeholder=${byDefault(about.schema) || 'JSON'} spellcheck="false" aria-describedby=${about.described} aria-invalid=${about.isWrong || fault ? 'true' : nothing} ?disabled=${this.#isLocked}
      .value=${live(typed ?? (value === undefined ? '' : print(value)))} @input=${(/** @type {any} */ event) => {
        const text = event.target.value;
        this.#typed.set(about.place, text);
        if (text.trim() === '') {
          this.#set(about.path, undefined);
        } else if (faultOf(text) === null) {
          this.#set(about.path, parse(text));
        } else {
          this.host.change(this.host.document());
        }
      }}></textarea>${fault ? html`<p class="wrong">${fault}</p>` : nothing}`;
  }

  get #isLocked() {
    return this.host.isLocked?.() ?? false;
  }
}

/** @typedef {{id: string, place: string, path: Path, schema: any, required: boolean, described: any, isWrong: boolean}} About */
