/** Tokens: who may do what. A secret is shown once, and is not kept by the page. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { get, post, send } from '../core/api.js';
import { copy } from '../core/copy.js';
import { ago, timeOf } from '../core/time.js';
import { asProblem } from '../core/view.js';
import { confirmed, openDialog } from '../design/dialog.js';
import { icon } from '../design/icon.js';
import { loading, refused } from '../design/states.js';
import { toast } from '../design/toast.js';
import { Page } from './page.js';

const PAGE = 200;
const ROLES = [['viewer', 'sees everything'], ['operator', 'also starts and stops jobs, controls queue, data and schedules'], ['admin', 'may do everything'], ['worker', 'takes jobs for its workers, and no more']];
const BUILT_IN = 'admin';

export default class extends Page {
  /** @type {any[] | null} */
  #tokens = null;
  /** @type {string | null} */
  #cursor = null;

  async load() {
    const page = await get('/tokens', { query: { limit: PAGE }, signal: this.signal });
    this.#tokens = page.tokens;
    this.#cursor = page.next_cursor;
  }

  async #more() {
    const page = await this.attempt('more', () => get('/tokens', { query: { limit: PAGE, cursor: this.#cursor }, signal: this.signal }));
    if (page) {
      this.#tokens = [...(this.#tokens ?? []), ...page.tokens];
      this.#cursor = page.next_cursor;
    }
  }

  async #make() {
    const made = await openDialog(maker(), { label: 'New token', kind: 'sheet' });
    if (made) {
      await shown(made, 'The token ' + made.name + ' was made');
      this.refresh();
    }
  }

  /** @param {any} token */
  async #revoke(token) {
    if (await confirmed({ title: 'Revoke ' + token.name + '?', text: 'It ends with its next request, and its open streams and sessions are closed.', yes: 'Revoke token', no: 'Keep it', danger: true, act: () => send('DELETE', '/tokens/' + encodeURIComponent(token.id)) })) {
      toast('The token was revoked.');
      this.refresh();
    }
  }

  async #rotate() {
    let made = /** @type {any} */ (null);
    if (await confirmed({ title: 'Replace the admin token?', text: 'The old one ends at once, also where programs use it. A session that came from it ends too: note the new one.', yes: 'Replace it', no: 'Keep it', danger: true, act: async () => { made = await post('/tokens/rotate'); } })) {
      await shown(made, 'The admin token was replaced');
      this.refresh();
    }
  }

  render() {
    return html`
      <div class="page-head"><h1>Tokens</h1><div class="end"><button class="button" type="button" @click=${() => this.#rotate()}>Replace the admin token</button><button class="button first" type="button" @click=${() => this.#make()}>${icon('new')}New token</button></div></div>
      ${this.refusal && !this.#tokens ? refused(this.refusal, () => this.refresh()) : this.#tokens === null ? loading(5) : html`
        <div class="card"><div class="inside scrolls"><table class="plain cards"><thead><tr><th>Name</th><th>Role</th><th>Bounds</th><th>Used</th><th>Ends</th><th><span class="away">Actions</span></th></tr></thead><tbody>${this.#tokens.map(token => this.#row(token))}</tbody></table></div></div>
        ${this.#cursor ? html`<p><button class="button" type="button" ?disabled=${this.isBusy('more')} @click=${() => this.#more()}>More</button></p>` : nothing}${this.trouble('more')}`}`;
  }

  /** @param {any} token */
  #row(token) {
    const bounds = [token.modules.length > 0 ? 'modules ' + token.modules.join(', ') : '', token.own_jobs ? 'its own jobs' : ''].filter(Boolean).join('; ');
    return html`<tr><td><strong>${token.name}</strong> <span class="mono muted small">${token.id}</span></td><td><span class="tag">${token.role}</span></td><td>${bounds || html`<span class="muted">none</span>`}</td>
      <td>${token.last_used_at ? ago(token.last_used_at) : html`<span class="muted">not yet</span>`}</td><td>${token.expires_at ? html`${timeOf(token.expires_at)} <span class="muted small">${ago(token.expires_at)}</span>` : html`<span class="muted">never</span>`}</td>
      <td class="right">${token.id === BUILT_IN ? nothing : html`<button class="button mini danger" type="button" aria-label=${'Revoke ' + token.name} @click=${() => this.#revoke(token)}>Revoke</button>`}</td></tr>`;
  }
}

/** The dialog that makes a token. @returns {(close: (value?: any) => void, redraw: () => void) => unknown} */
function maker() {
  const wanted = { name: '', role: 'viewer', expires_in: '', modules: '', own_jobs: false };
  let isBusy = false;
  let problem = /** @type {import('../core/api.js').Problem | null} */ (null);
  return (close, redraw) => {
    const make = async (/** @type {Event} */ event) => {
      event.preventDefault();
      isBusy = true;
      problem = null;
      redraw();
      try {
        const modules = wanted.modules.split(/[\s,]+/).filter(Boolean);
        close(await post('/tokens', { name: wanted.name.trim(), role: wanted.role, ...(wanted.expires_in.trim() ? { expires_in: wanted.expires_in.trim() } : {}), ...(modules.length > 0 ? { modules } : {}), ...(wanted.own_jobs ? { own_jobs: true } : {}) }));
      } catch (failure) {
        problem = asProblem(failure);
        isBusy = false;
        redraw();
      }
    };
    return html`<form @submit=${make}>
      <div class="head"><h2>New token</h2></div>
      <div class="body">
        <div class="field"><label for="token-name">Name</label><input id="token-name" type="text" autofocus autocomplete="off" .value=${wanted.name} @input=${(/** @type {any} */ event) => { wanted.name = event.target.value; redraw(); }}><p class="hint">Who or what uses it; the audit names it so.</p></div>
        <fieldset class="field"><legend class="label">Role</legend>${ROLES.map(([role, word]) => html`<label class="check"><input type="radio" name="role" value=${role} .checked=${wanted.role === role} @change=${() => { wanted.role = role; redraw(); }}><span>${role} <span class="muted small">${word}</span></span></label>`)}</fieldset>
        <div class="field"><label for="token-expires">Ends after</label><input id="token-expires" type="text" autocomplete="off" placeholder="never" .value=${wanted.expires_in} @input=${(/** @type {any} */ event) => { wanted.expires_in = event.target.value; }}><p class="hint">Such as 12h or 60d.</p></div>
        <div class="field"><label for="token-modules">Modules alone</label><input id="token-modules" type="text" autocomplete="off" spellcheck="false" placeholder="all" .value=${wanted.modules} @input=${(/** @type {any} */ event) => { wanted.modules = event.target.value; }}><p class="hint">Ids, separated by commas.</p></div>
        <label class="check"><input type="checkbox" .checked=${wanted.own_jobs} @change=${(/** @type {any} */ event) => { wanted.own_jobs = event.target.checked; }}>Only jobs that it started</label>
        ${problem ? html`<p class="trouble" role="alert">${problem.message} ${problem.remedy}</p>` : nothing}
      </div>
      <div class="foot"><button class="button first" type="submit" ?disabled=${isBusy || wanted.name.trim() === ''}>${isBusy ? 'Working …' : 'Make token'}</button><button class="button" type="button" @click=${() => close()}>Cancel</button></div></form>`;
  };
}

/** Shows a secret, this once. @param {any} token @param {string} title */
function shown(token, title) {
  return openDialog(
    close => html`<div class="head"><h2>${title}</h2></div>
      <div class="body"><p>This is its secret. It is shown this once, and the server keeps only its hash.</p>
        <div class="line keep"><input class="code-input secret-text" type="text" readonly aria-label="The secret" .value=${token.token} @focus=${(/** @type {any} */ event) => event.target.select()}><button class="button" type="button" autofocus @click=${() => copy(token.token, 'The secret was copied.')}>${icon('copy')}Copy</button></div></div>
      <div class="foot"><button class="button first" type="button" @click=${() => close()}>I have noted it</button></div>`,
    { label: title, kind: 'sheet' },
  );
}
