/** Gives the events of the server to the tabs of a browser. It reads one stream for all of them, and one for each job that a visible tab follows. */

import { Feed } from './feed.js';

/** How long events are collected before they are handed on, in milliseconds. */
const COLLECTED_MS = 40;

/** The jobs that are followed at once: a browser has six connections to a server without HTTP/2. */
const JOBS = 3;

/**
 * @typedef {object} Tab
 * @property {(message: any) => void} tell
 * @property {boolean} visible
 * @property {boolean} missed whether something happened while nobody looked
 * @property {Map<string, Followed>} jobs by the name that the tab gave
 */

/**
 * @typedef {object} Followed
 * @property {string} address
 * @property {number} after the last line that the tab has
 * @property {Feed | undefined} feed
 */

export class Hub {
  /** @type {Set<Tab>} */
  #tabs = new Set();
  /** @type {Feed | undefined} */
  #feed;
  #server = '';
  #state = { kind: 'state', live: false, signedOut: false, known: false, since: Date.now() };
  /** @type {import('./sse.js').ServerEvent[]} */
  #collected = [];

  /** @param {(message: any) => void} tell @returns {{take: (message: any) => void, leave: () => void}} */
  join(tell) {
    /** @type {Tab} */
    const tab = { tell, visible: true, missed: false, jobs: new Map() };
    this.#tabs.add(tab);
    return {
      take: message => this.#take(tab, message),
      leave: () => this.#leave(tab),
    };
  }

  /** @param {Tab} tab @param {any} message */
  #take(tab, message) {
    if (message.kind === 'hello') {
      this.#open(message.server);
      if (this.#state.signedOut) {
        this.#feed?.wake(); // the tab may have come with a session
      } else if (this.#state.known) {
        tab.tell(this.#state);
      }
    } else if (message.kind === 'visible') {
      this.#look(tab, message.visible);
    } else if (message.kind === 'wake') {
      this.#feed?.wake();
      tab.jobs.forEach(job => job.feed?.wake());
    } else if (message.kind === 'follow') {
      tab.jobs.set(message.name, { address: message.address, after: message.after, feed: undefined });
      this.#follow(tab, message.name);
    } else if (message.kind === 'leave-job') {
      tab.jobs.get(message.name)?.feed?.stop();
      tab.jobs.delete(message.name);
    } else if (message.kind === 'bye') {
      this.#leave(tab);
    }
  }

  /** @param {string} server */
  #open(server) {
    if (!this.#feed) {
      this.#server = server;
      this.#feed = new Feed(() => server + 'events', { events: events => this.#events(events), state: state => this.#turn(state) });
    }
  }

  /** @param {import('./sse.js').ServerEvent[]} events */
  #events(events) {
    if (this.#collected.length === 0) {
      setTimeout(() => this.#hand(), COLLECTED_MS);
    }
    this.#collected.push(...events);
  }

  #hand() {
    const events = this.#collected;
    this.#collected = [];
    for (const tab of this.#tabs) {
      if (tab.visible) {
        tab.tell({ kind: 'events', events });
      } else {
        tab.missed = true;
      }
    }
  }

  /** @param {import('./feed.js').FeedState} state */
  #turn(state) {
    if (state.live !== this.#state.live || state.signedOut !== this.#state.signedOut || !this.#state.known) {
      this.#state = { kind: 'state', live: state.live, signedOut: state.signedOut, known: true, since: state.since };
      this.#tabs.forEach(tab => tab.tell(this.#state));
    }
  }

  /** @param {Tab} tab @param {boolean} visible */
  #look(tab, visible) {
    tab.visible = visible;
    if (visible && tab.missed) {
      tab.missed = false;
      tab.tell({ kind: 'events', events: [{ name: 'reset', data: '{}' }] }); // never replayed
    }
    for (const [name, job] of tab.jobs) {
      if (visible) {
        this.#follow(tab, name);
      } else {
        job.feed?.stop();
        job.feed = undefined;
      }
    }
  }

  /** @param {Tab} tab @param {string} name */
  #follow(tab, name) {
    const job = tab.jobs.get(name);
    if (!job || job.feed || !tab.visible) {
      return;
    }
    if ([...this.#tabs].flatMap(each => [...each.jobs.values()]).filter(each => each.feed).length >= JOBS) {
      tab.tell({ kind: 'job-state', name, full: true, live: false, ended: false });
      return;
    }
    job.feed = new Feed(() => this.#server + job.address + '?after=' + job.after, {
      events: events => {
        const lines = events.filter(event => event.name === 'log').map(event => JSON.parse(event.data));
        job.after = lines.at(-1)?.sequence ?? job.after;
        tab.tell({ kind: 'job-events', name, lines, others: events.filter(event => event.name !== 'log') });
      },
      state: state => tab.tell({ kind: 'job-state', name, full: false, ...state }),
    });
  }

  /** @param {Tab} tab */
  #leave(tab) {
    tab.jobs.forEach(job => job.feed?.stop());
    tab.jobs.clear();
    this.#tabs.delete(tab);
  }
}
