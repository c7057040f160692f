/** What happens on the server, as it happens. */

import { calls } from './api.js';
import { SERVER } from './root.js';

/**
 * A page waits at most so long for the stream before it reads its lists: what it reads later cannot be older than what it is told. The stream is there as soon as
 * the lists would be; only where a proxy holds it back is the limit reached, and the lists are read once more when it comes.
 */
const READY_MS = 2000;

/**
 * Dispatches `job`, `module`, `worker`, `schedule`, `queue` and `callback`, whose `detail` is the list of what came since the last frame, in order;
 * `reset` when a page must read anew what it shows; and `state` when the stream was lost or has come back.
 */
class Live extends EventTarget {
  /** Whether events come. */
  connected = false;
  /** Whether a state is known at all. */
  known = false;
  /** Since when it is as it is, by this machine's clock. */
  since = Date.now();
  /** Whether the reader has stopped the page. */
  paused = false;

  /** @type {(message: any) => void} */
  #post = () => {};
  /** @type {import('./sse.js').ServerEvent[]} */
  #waiting = [];
  /** @type {Map<string, import('./live.js').JobFollower>} */
  #followers = new Map();
  #names = 0;
  #isLate = false;
  /** @type {() => void} */
  #isReady = () => {};

  /** @type {Promise<void>} */
  ready = new Promise(resolve => {
    this.#isReady = resolve;
  });

  /**
   * Begins to read. The worker starts meanwhile, which takes a browser longer than the server takes to let somebody in.
   *
   * @param {Promise<void>} entry settles when the server lets the page read
   */
  async open(entry) {
    await Promise.all([this.#connect(), entry.catch(() => {})]);
    this.#post({ kind: 'hello', server: SERVER.href });
    setTimeout(() => this.#goAhead(), READY_MS);
    this.#tellVisible();
    document.addEventListener('visibilitychange', () => this.#tellVisible());
    addEventListener('online', () => this.wake());
    addEventListener('pagehide', () => this.#post({ kind: 'bye' }));
    addEventListener('pageshow', event => {
      if (event.persisted) {
        location.reload();
      }
    });
    calls.addEventListener('back', () => {
      if (this.known && !this.connected) {
        this.wake();
      }
    });
  }

  /** Lets pages read before the stream is there; they read again when it is. */
  #goAhead() {
    this.#isLate = !this.known;
    this.#isReady();
  }

  async #connect() {
    const take = (/** @type {any} */ message) => this.#take(message);
    if (typeof SharedWorker === 'function') {
      const worker = new SharedWorker(new URL('live-worker.js', import.meta.url), { type: 'module', name: 'pawl-live' });
      worker.port.onmessage = message => take(message.data);
      worker.port.start();
      this.#post = message => worker.port.postMessage(message);
    } else {
      const { Hub } = await import('./hub.js');
      this.#post = new Hub().join(take).take;
    }
  }

  /** Tries again at once. */
  wake() {
    this.#post({ kind: 'wake' });
  }

  /** Stops the page, or lets it go on with what there is then. */
  pause() {
    this.paused = !this.paused;
    if (!this.paused) {
      this.dispatchEvent(new CustomEvent('reset'));
    }
    this.dispatchEvent(new Event('state'));
  }

  /**
   * Follows a job's log.
   *
   * @param {string} id @param {number} after the last line that is there already @param {JobFollower} follower
   * @returns {() => void} ends it
   */
  follow(id, after, follower) {
    const name = id + '/' + ++this.#names;
    this.#followers.set(name, follower);
    this.#post({ kind: 'follow', name, address: 'jobs/' + id + '/events', after });
    return () => {
      this.#followers.delete(name);
      this.#post({ kind: 'leave-job', name });
    };
  }

  #tellVisible() {
    this.#post({ kind: 'visible', visible: !document.hidden });
    if (!document.hidden && this.known && !this.connected) {
      this.wake();
    }
  }

  /** @param {any} message */
  #take(message) {
    if (message.kind === 'events') {
      if (this.#waiting.length === 0) {
        requestAnimationFrame(() => this.#flush());
      }
      this.#waiting.push(...message.events);
    } else if (message.kind === 'state') {
      this.#turn(message);
    } else if (message.kind === 'job-events') {
      this.#followers.get(message.name)?.events(message.lines, message.others);
    } else if (message.kind === 'job-state') {
      this.#followers.get(message.name)?.state(message);
    }
  }

  /** @param {any} state */
  #turn(state) {
    this.known = true;
    this.connected = state.live;
    this.since = state.since;
    this.#isReady();
    if (state.signedOut) {
      calls.dispatchEvent(new Event('signed-out'));
    }
    if (state.live && this.#isLate) {
      this.#isLate = false;
      this.dispatchEvent(new CustomEvent('reset'));
    }
    this.dispatchEvent(new Event('state'));
  }

  #flush() {
    const events = this.#waiting;
    this.#waiting = [];
    if (this.paused) {
      return;
    }
    if (events.some(event => event.name === 'reset')) {
      this.dispatchEvent(new CustomEvent('reset'));
      return;
    }
    /** @type {Map<string, any[]>} */
    const byName = new Map();
    for (const event of events) {
      const list = byName.get(event.name) ?? [];
      list.push(JSON.parse(event.data));
      byName.set(event.name, list);
    }
    byName.forEach((detail, name) => this.dispatchEvent(new CustomEvent(name, { detail })));
  }
}

/**
 * @typedef {object} JobFollower
 * @property {(lines: any[], others: import('./sse.js').ServerEvent[]) => void} events
 * @property {(state: {live: boolean, ended: boolean, full: boolean}) => void} state
 */

/** The newest event of each thing, in the order of these. @template T @param {T[]} events @param {(event: T) => string} id @returns {T[]} */
export function latest(events, id) {
  const found = new Map();
  for (const event of events) {
    found.delete(id(event));
    found.set(id(event), event);
  }
  return [...found.values()];
}

export const live = new Live();
