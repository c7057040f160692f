/** What is said of a log to those who do not see it: no line, but now and then how many have come. */

import { plural } from '../core/format.js';

const EVERY_MS = 10_000;

export class LogSummary {
  text = '';
  #lines = 0;
  #errors = 0;

  /** @param {() => boolean} isFollowed whether the new lines are looked at @param {() => void} changed @param {AbortSignal} signal */
  constructor(isFollowed, changed, signal) {
    const said = setInterval(() => {
      if (isFollowed() && this.#lines > 0) {
        this.text = plural(this.#lines, 'new line') + (this.#errors > 0 ? ', ' + plural(this.#errors, 'error') : '');
        changed();
      }
      this.#lines = 0;
      this.#errors = 0;
    }, EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(said));
  }

  /** @param {import('./log-store.js').Line[]} lines @param {number} fresh */
  add(lines, fresh) {
    this.#lines += fresh;
    this.#errors += lines.filter(line => line.level === 'ERROR').length;
  }
}
