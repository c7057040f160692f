/** Who is signed in. */

import { Problem, calls, get, post, remove } from './api.js';
import { live } from './live.js';

const RANKS = { viewer: 1, operator: 2, admin: 3 };

/** The id of everybody, on a server that asks for no tokens. */
const LOCAL = 'local';

class Session extends EventTarget {
  /** @type {{name: string, role: string, expires_at: string | null} | null} */
  who = null;
  /** Whether the server asks nobody who they are. */
  isOpen = false;
  /** Whether a sign-in is needed before anything more can be read. */
  isOver = false;

  constructor() {
    super();
    calls.addEventListener('signed-out', () => this.#end());
    live.addEventListener('state', () => live.connected && this.isOver && this.#goOn());
  }

  /** Whether a person may do what needs a role. @param {'viewer' | 'operator' | 'admin'} role */
  may(role) {
    return this.who !== null && (RANKS[/** @type {'viewer'} */ (this.who.role)] ?? 0) >= RANKS[role];
  }

  /** Spends a code in the address, as of `pawl open`; it goes from the address before that. Whether it was good shows in what is asked next. */
  async enter() {
    const code = new URLSearchParams(location.hash.slice(1)).get('code');
    if (code) {
      history.replaceState(null, '', location.pathname + location.search);
      await post('/session', { code }).catch(problem => {
        if (!(problem instanceof Problem)) {
          throw problem;
        }
      });
    }
  }

  /** Asks the server who is signed in. */
  async load() {
    try {
      const who = await get('/tokens/self');
      this.who = who;
      this.isOpen = who.id === LOCAL;
      this.isOver = false;
    } catch (problem) {
      if (!(problem instanceof Problem)) {
        throw problem;
      }
    }
    this.dispatchEvent(new Event('changed'));
  }

  /** @param {{token: string} | {code: string}} secret */
  async signIn(secret) {
    await post('/session', secret);
    await this.load();
    live.wake();
    this.dispatchEvent(new Event('signed-in'));
  }

  /** Goes on when somebody has signed in in another tab. */
  async #goOn() {
    await this.load();
    if (!this.isOver) {
      this.dispatchEvent(new Event('signed-in'));
    }
  }

  async signOut() {
    await remove('/session');
    this.#end();
  }

  #end() {
    if (!this.isOver) {
      this.isOver = true;
      this.dispatchEvent(new Event('changed'));
    }
  }
}

export const session = new Session();
