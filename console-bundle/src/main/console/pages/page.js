/** The base of all pages. */

import { live } from '../core/live.js';
import { router } from '../core/router.js';
import { session } from '../core/session.js';
import { View, asProblem } from '../core/view.js';

export class Page extends View {
  /** The parts of the address that the page's entry names. @type {Record<string, string>} */
  parts = {};

  /** Why the page has nothing to show. @type {import('../core/api.js').Problem | null} */
  refusal = null;

  /** What the address asks for. */
  get query() {
    return router.place.query;
  }

  connectedCallback() {
    super.connectedCallback();
    live.addEventListener('reset', () => this.refresh(), { signal: this.signal });
    session.addEventListener('signed-in', () => this.refresh(), { signal: this.signal });
    for (const name of ['pawl-zone', 'pawl-density']) {
      addEventListener(name, () => this.changed(), { signal: this.signal });
    }
    this.refresh();
  }

  /** Reads what the page shows, for the first time or anew. A refusal is kept in `refusal`, as long as nothing newer was read. */
  async refresh() {
    try {
      await this.load();
      this.refusal = null;
      performance.mark('pawl-usable');
    } catch (failure) {
      if (!this.signal.aborted && !(failure instanceof DOMException && failure.name === 'AbortError')) {
        this.refusal = asProblem(failure);
      }
    }
    this.changed();
  }

  /** Reads what the page shows. @returns {Promise<void>} */
  async load() {}

  /** Called when the address has changed, but not the page. */
  moved() {
    this.refresh();
  }

  /** Names the page in the browser's title. @param {string} text */
  name(text) {
    document.title = text + ' · Pawl';
  }

  /** Calls when something of a kind has happened on the server. @param {string} kind @param {(events: any[]) => void} take */
  on(kind, take) {
    live.addEventListener(kind, event => take(/** @type {CustomEvent} */ (event).detail), { signal: this.signal });
  }
}
