/** A stream of events that is read for ever: it connects again by itself, and goes on where it was. */

import { EventReader } from './sse.js';

/** The server sends a comment at least every 15 seconds. */
const SILENCE_MS = 32_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 15_000;

/**
 * @typedef {object} Listener
 * @property {(events: import('./sse.js').ServerEvent[]) => void} events
 * @property {(state: FeedState) => void} state
 */

/**
 * @typedef {object} FeedState
 * @property {boolean} live
 * @property {boolean} signedOut
 * @property {boolean} ended whether nothing more will come
 * @property {number} since when it began to be live, or was last heard, by this machine's clock
 */

export class Feed {
  #stopped = false;
  #lastId = '';
  #pause = FIRST_PAUSE_MS;
  #heard = Date.now();
  #isWoken = false;
  /** @type {(() => void) | undefined} */
  #wake;
  /** @type {AbortController | undefined} */
  #request;

  /** @param {() => string} address asked with each connection @param {Listener} listener */
  constructor(address, listener) {
    this.address = address;
    this.listener = listener;
    this.#run();
  }

  /** Tries again at once, also when the try that goes on now fails. */
  wake() {
    this.#pause = FIRST_PAUSE_MS;
    this.#isWoken = true;
    this.#wake?.();
  }

  stop() {
    this.#stopped = true;
    this.#request?.abort();
    this.#wake?.();
  }

  async #run() {
    while (!this.#stopped) {
      const state = { live: false, signedOut: false, ended: false, since: 0 };
      try {
        await this.#read(state);
      } catch {
        // the network, a proxy, or a server that restarts: tried again below
      }
      if (this.#stopped) {
        return;
      }
      this.listener.state({ ...state, live: false, since: this.#heard });
      if (state.ended) {
        return;
      }
      await this.#rest(state.signedOut);
    }
  }

  /** @param {FeedState} state */
  async #read(state) {
    this.#request = new AbortController();
    const headers = new Headers({ Accept: 'text/event-stream' });
    if (this.#lastId) {
      headers.set('Last-Event-ID', this.#lastId);
    }
    const answer = await fetch(this.address(), { headers, signal: this.#request.signal, cache: 'no-store', credentials: 'same-origin' });
    state.ended = answer.status === 204 || answer.status === 404;
    state.signedOut = answer.status === 401 || answer.status === 403;
    if (!answer.ok || !answer.body || state.ended) {
      await answer.body?.cancel();
      return;
    }
    this.#pause = FIRST_PAUSE_MS;
    this.#isWoken = false;
    this.#heard = Date.now();
    this.listener.state({ ...state, live: true, since: this.#heard });
    await this.#take(answer.body.getReader(), state);
  }

  /** @param {ReadableStreamDefaultReader<Uint8Array>} body @param {FeedState} state */
  async #take(body, state) {
    const reader = new EventReader();
    let silence = setTimeout(() => this.#request?.abort(), SILENCE_MS);
    try {
      for (let piece = await body.read(); !piece.done; piece = await body.read()) {
        clearTimeout(silence);
        silence = setTimeout(() => this.#request?.abort(), SILENCE_MS);
        this.#heard = Date.now();
        const events = reader.take(piece.value);
        this.#lastId = reader.lastId || this.#lastId;
        this.#note(events.find(event => event.name === 'end'), state);
        if (events.length > 0) {
          this.listener.events(events);
        }
      }
    } finally {
      clearTimeout(silence);
    }
  }

  /** @param {import('./sse.js').ServerEvent | undefined} end @param {FeedState} state */
  #note(end, state) {
    const reason = end ? JSON.parse(end.data).reason : '';
    state.signedOut = reason === 'token_ended';
    state.ended = reason === 'job_ended' || reason === 'job_removed';
  }

  /** Waits before the next try; without a session until somebody signs in. @param {boolean} signedOut */
  async #rest(signedOut) {
    const pause = this.#pause * (0.75 + Math.random() / 2);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    if (!this.#isWoken) {
      await this.#waitFor(signedOut ? undefined : pause);
    }
    this.#isWoken = false;
  }

  /** @param {number | undefined} pause without one until it is woken */
  async #waitFor(pause) {
    await new Promise(resolve => {
      const timer = pause === undefined ? undefined : setTimeout(() => resolve(undefined), pause);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(undefined);
      };
    });
    this.#wake = undefined;
  }
}
