/** What is around every page: the bar, the navigation, the states of the server, and the sign-in. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { BUILD, CONSOLE } from '../core/root.js';
import { addShortcuts } from '../core/keys.js';
import { live } from '../core/live.js';
import { link, router } from '../core/router.js';
import { session } from '../core/session.js';
import { clock } from '../core/time.js';
import { View, asProblem } from '../core/view.js';
import { icon } from '../design/icon.js';
import { loading, refused } from '../design/states.js';
import { Problem } from '../core/api.js';
import { find, pages } from '../pages/index.js';
import { navigation, openDrawer } from './navigation.js';

const BACK_SHOWN_MS = 4000;

class Shell extends View {
  /** @type {import('../pages/page.js').Page | null} */
  #page = null;
  /** @type {import('../pages/index.js').PageEntry | null} */
  #entry = null;
  /** What is on its way. @type {import('../pages/index.js').PageEntry | null} */
  #loading = null;
  /** @type {unknown} */
  #instead = nothing;
  #wasLost = false;
  #isBack = false;
  #isOutdated = false;
  #isAsking = false;

  begin() {
    router.addEventListener('place', () => this.#show());
    session.addEventListener('changed', () => this.#turned());
    session.addEventListener('signed-in', () => this.#page || this.#show()); // a page that is there reads anew by itself
    live.addEventListener('state', () => this.#liveTurned());
    addEventListener('pawl-zone', () => this.changed());
    this.#shortcuts();
    this.#instead = loading(6);
    this.#show();
  }

  #turned() {
    if (session.isOver && !this.#isAsking) {
      this.#signIn();
    }
    if (!this.#page) {
      this.#show();
    }
    this.changed();
  }

  async #signIn() {
    this.#isAsking = true;
    const { askToSignIn } = await import('./sign-in.js');
    await askToSignIn();
    this.#isAsking = false;
    this.changed();
  }

  async #show() {
    const found = find(router.place.segments);
    if (found && found.entry === this.#entry && this.#page) {
      this.#page.parts = found.parts;
      this.#page.moved();
      this.changed();
      return;
    }
    if (!session.who) {
      found?.entry.load().catch(() => {}); // meanwhile
      return; // the sign-in, or the answer that says who it is, comes back here
    }
    if (!found) {
      this.#place(null, refused(new Problem({ status: 404, detail: 'The console has no page at this address.' })));
      return;
    }
    if (found.entry.role && !session.may(found.entry.role)) {
      this.#place(null, refused(new Problem({ status: 403, detail: 'The page needs the role ' + found.entry.role + '; yours is ' + session.who.role + '.' })));
      return;
    }
    await this.#load(found);
  }

  /** @param {NonNullable<ReturnType<typeof find>>} found */
  async #load(found) {
    this.#entry = found.entry;
    if (this.#loading === found.entry) {
      return; // it takes the parts of the address from the place that is there then
    }
    this.#loading = found.entry;
    try {
      const [{ default: made }] = await Promise.all([found.entry.load(), live.ready]);
      if (this.#entry !== found.entry) {
        this.#loading = this.#loading === found.entry ? null : this.#loading;
        return; // the reader has gone on
      }
      const page = /** @type {import('../pages/page.js').Page} */ (create(found.entry, made));
      page.parts = find(router.place.segments)?.parts ?? found.parts;
      document.title = found.entry.title + ' · Pawl';
      this.#loading = null;
      this.#place(page, nothing);
      this.#entry = found.entry;
    } catch (failure) {
      const outdated = failure instanceof TypeError;
      this.#isOutdated ||= outdated;
      this.#loading = null;
      this.#place(null, refused(outdated ? new Problem({ detail: 'A part of the console cannot be loaded.', remedy: 'Reload the page.' }) : asProblem(failure), () => location.reload()));
    }
  }

  /** @param {import('../pages/page.js').Page | null} page @param {unknown} instead */
  #place(page, instead) {
    this.#page = page;
    this.#instead = instead;
    if (!page) {
      this.#entry = null;
    }
    this.drawNow();
    scrollTo(0, 0);
  }

  #liveTurned() {
    if (live.known && !live.connected && !session.isOver) {
      this.#wasLost = true;
    } else if (live.connected && this.#wasLost) {
      this.#wasLost = false;
      this.#isBack = true;
      setTimeout(() => { this.#isBack = false; this.changed(); }, BACK_SHOWN_MS);
      this.#compareBuild();
      this.#page?.refresh();
    }
    this.changed();
  }

  /** A server that was restarted may have another console, which is offered and never taken. */
  async #compareBuild() {
    const answer = await fetch(CONSOLE, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
    const tag = answer?.headers.get('ETag') ?? '';
    if (tag && !tag.includes(BUILD)) {
      this.#isOutdated = true;
      this.changed();
    }
  }

  #shortcuts() {
    addShortcuts(
      [
        { keys: 'mod+k', label: 'Find a job, a page or an action', group: 'Everywhere', run: () => this.#palette() },
        { keys: '?', label: 'Show all shortcuts', group: 'Everywhere', run: () => this.#sheet() },
        { keys: 'p', label: 'Pause the page, or let it go on', group: 'Everywhere', run: () => live.pause() },
        ...pages.filter(page => page.key).map(page => ({ keys: 'g ' + page.key, label: page.title, group: 'Go to', run: () => router.go(page.path) })),
      ],
      this.signal,
    );
  }

  async #palette() {
    (await import('./palette.js')).openPalette();
  }

  async #sheet() {
    (await import('./shortcuts.js')).openShortcuts();
  }

  async #menu() {
    (await import('./menu.js')).openMenu();
  }

  render() {
    return html`
      <a class="skip" href="#content" @click=${(/** @type {Event} */ event) => { event.preventDefault(); this.querySelector('main')?.focus(); }}>Skip to the content</a>
      <header class="top">
        <button class="button quiet square menu-button" type="button" aria-label="Open the navigation" @click=${() => openDrawer()}>${icon('menu')}</button>
        <a class="brand" href=${link('')} aria-label="Pawl, overview"><svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="var(--link)"></rect><path d="M9 25V9h8a5.500 5.500 0 0 1 0 11h-4" fill="none" stroke="var(--on-link)" stroke-width="3.400" stroke-linecap="round" stroke-linejoin="round"></path><circle cx="23.500" cy="24" r="2.400" fill="var(--on-link)"></circle></svg><span>Pawl</span></a>
        <button class="find" type="button" @click=${() => this.#palette()}>${icon('search')}<span class="cut">Find a job, page or action</span><kbd>Ctrl K</kbd></button>
        <div class="end">
          ${this.#liveMark()}
          ${session.may('operator') ? html`<a class="button first wide-only" href=${link('new')}>${icon('new')}New job</a>` : nothing}
          <button class="button quiet square wide-only" type="button" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" @click=${() => this.#sheet()}>${icon('help')}</button>
          <button class="button quiet square" type="button" aria-label="You and your choices" title=${session.who ? session.who.name + ', ' + session.who.role : ''} @click=${() => this.#menu()}>${icon('user')}</button>
        </div>
      </header>
      <nav class="side" aria-label="Pages">${navigation()}</nav>
      <div>
        ${this.#bars()}
        <main id="content" class="content ${this.#wasLost ? 'lost dim' : ''}" tabindex="-1">${this.#page ?? this.#instead}</main>
      </div>`;
  }

  #liveMark() {
    if (live.paused) {
      return html`<button class="chip" type="button" @click=${() => live.pause()}>${icon('play')}Paused: go on</button>`;
    }
    if (!live.known || session.isOver) {
      return nothing;
    }
    return live.connected
      ? html`<span class="live" title="Changes on the server appear at once"><i></i><span class="wide-only">live</span></span>`
      : html`<span class="live off"><i></i>not live</span>`;
  }

  #bars() {
    return html`<div role="status">
      ${this.#wasLost ? html`<p class="bar">${icon('warning')}<span>Not live since ${clock(live.since)}. The server is tried again by itself; what you see may be old.</span><button class="button mini" type="button" @click=${() => live.wake()}>Try now</button></p>` : nothing}
      ${this.#isBack ? html`<p class="bar good">The server is back. What you see is up to date.</p>` : nothing}
      ${this.#isOutdated ? html`<p class="bar"><span>The server has another version of this console.</span><button class="button mini" type="button" @click=${() => location.reload()}>Reload</button></p>` : nothing}
      ${session.isOver && !this.#isAsking ? html`<p class="bar"><span>You are signed out.</span><button class="button mini" type="button" @click=${() => this.#signIn()}>Sign in</button></p>` : nothing}
    </div>`;
  }
}

/** @param {import('../pages/index.js').PageEntry} entry @param {CustomElementConstructor} made */
function create(entry, made) {
  const tag = 'pawl-page-' + (entry.path.replaceAll('/', '-').replaceAll(':', 'x-') || 'overview');
  if (!customElements.get(tag)) {
    customElements.define(tag, made);
  }
  return document.createElement(tag);
}

customElements.define('pawl-shell', Shell);
