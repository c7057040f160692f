/** The files that a job keeps, with what can be shown of them. Pictures are only ever in an `<img>`, in which no script runs. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { address, get, send } from '../core/api.js';
import { bytes, number } from '../core/format.js';
import { View } from '../core/view.js';
import { icon } from '../design/icon.js';
import { openDialog } from '../design/dialog.js';
import { empty, loading, refused } from '../design/states.js';

const PICTURES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/svg+xml']);
const TEXTS = /^text\/|^application\/(json|xml|yaml|x-yaml|x-ndjson)/;
const HEAD_BYTES = 256 << 10;

/** @param {any} job */
export function artifactsTab(job) {
  return html`<pawl-artifacts .job=${job.id} .status=${job.status}></pawl-artifacts>`;
}

class Artifacts extends View {
  job = '';
  #status = '';
  /** @type {any[] | null} */
  #files = null;

  set status(/** @type {string} */ status) {
    if (status !== this.#status) {
      this.#status = status;
      if (this.isConnected) {
        this.#load();
      }
    }
  }

  begin() {
    this.#load();
  }

  #load() {
    return this.attempt('read', async () => {
      this.#files = (await get('/jobs/' + this.job + '/artifacts', { query: { limit: 1000 }, signal: this.signal })).artifacts;
    });
  }

  /** @param {any} file */
  #href(file) {
    return address('/jobs/' + this.job + '/artifacts/' + file.path.split('/').map(encodeURIComponent).join('/')).href;
  }

  render() {
    const refusal = this.problem('read');
    if (refusal) {
      return refused(refusal, () => this.#load());
    }
    if (!this.#files) {
      return loading(4);
    }
    if (this.#files.length === 0) {
      return empty('No files', 'A task keeps what it puts into the folder “artifacts” of its work folder.');
    }
    return html`<ul class="files">${this.#files.map(file => html`<li class="card file">
      <button class="file-show" type="button" aria-label="Show ${file.path}" ?disabled=${!canShow(file)} @click=${() => this.#show(file)}>${PICTURES.has(typeOf(file)) ? html`<img src=${this.#href(file)} alt="" loading="lazy">` : icon('audit')}</button>
      <div class="stack tight"><span class="strong">${file.path}</span><span class="muted small">${bytes(file.size)} · ${typeOf(file)} · task ${file.task_index + 1}</span></div>
      <a class="button mini" href=${this.#href(file)} download=${file.path.split('/').at(-1)}>${icon('save')}Download</a></li>`)}</ul>`;
  }

  /** @param {any} file */
  async #show(file) {
    const isPicture = PICTURES.has(typeOf(file));
    const text = isPicture ? '' : await this.attempt('show', () => this.#head(file));
    if (text === undefined) {
      return;
    }
    openDialog(
      close => html`<div class="head"><h2>${file.path}</h2></div>
        <div class="body">${isPicture ? html`<img class="file-whole" src=${this.#href(file)} alt=${file.path}>` : html`<pre tabindex="0">${text}</pre>${file.size > HEAD_BYTES ? html`<p class="muted small">The first ${bytes(HEAD_BYTES)} of ${number(file.size)} bytes.</p>` : nothing}`}</div>
        <div class="foot"><a class="button" href=${this.#href(file)} download=${file.path.split('/').at(-1)}>${icon('save')}Download</a><button class="button first" type="button" autofocus @click=${() => close()}>Close</button></div>`,
      { label: file.path, kind: 'wide' },
    );
  }

  /** @param {any} file */
  async #head(file) {
    const url = this.#href(file);
    const path = '/' + url.slice(address('/').href.length);
    return (await send('GET', path, { headers: { Accept: '*/*', ...(file.size > HEAD_BYTES ? { Range: 'bytes=0-' + (HEAD_BYTES - 1) } : {}) }, signal: this.signal })).text();
  }
}

/** @param {any} file */
function typeOf(file) {
  return String(file.content_type).split(';')[0].trim();
}

/** @param {any} file */
function canShow(file) {
  return PICTURES.has(typeOf(file)) || TEXTS.test(typeOf(file));
}

customElements.define('pawl-artifacts', Artifacts);
