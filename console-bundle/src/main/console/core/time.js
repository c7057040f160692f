/** Times: in the zone that the reader has chosen, with the exact one when pointed at. One clock moves all that are shown relative to now. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { serverNow } from './api.js';
import { duration, shortDuration } from './format.js';
import { read, write } from './prefs.js';

const LOCAL = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** @type {Map<string, Intl.DateTimeFormat>} */
let formats = new Map();

/** The zone in which times are shown. */
export function zone() {
  return read('zone') === 'utc' ? 'UTC' : LOCAL;
}

/** @param {'utc' | ''} chosen */
export function setZone(chosen) {
  write('zone', chosen);
  formats = new Map();
  dispatchEvent(new Event('pawl-zone'));
}

/** @param {Intl.DateTimeFormatOptions} options @param {string} timeZone */
function format(options, timeZone) {
  const key = timeZone + JSON.stringify(options);
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat('en-GB', { ...options, timeZone, hourCycle: 'h23' });
    formats.set(key, known);
  }
  return known;
}

/** @param {string | number} at */
const day = at => format({ year: 'numeric', month: '2-digit', day: '2-digit' }, zone()).format(new Date(at));

/** The time of day, with the date when it is not today's. @param {string | number} at */
export function clock(at) {
  const time = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' }, zone()).format(new Date(at));
  return day(at) === day(serverNow()) ? time : format({ day: 'numeric', month: 'short' }, zone()).format(new Date(at)) + ' ' + time;
}

/** Hours and minutes, with the date when it is not today's. @param {string | number} at */
export function shortClock(at) {
  const time = format({ hour: '2-digit', minute: '2-digit' }, zone()).format(new Date(at));
  return day(at) === day(serverNow()) ? time : format({ day: 'numeric', month: 'short' }, zone()).format(new Date(at)) + ' ' + time;
}

/** The time to the millisecond. @param {string | number} at */
export function preciseClock(at) {
  return format({ hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3 }, zone()).format(new Date(at));
}

/** The time in full, in both zones. @param {string | number} at */
export function exact(at) {
  const moment = new Date(at);
  const local = format({ dateStyle: 'full', timeStyle: 'long' }, zone()).format(moment);
  return moment.toISOString() + '\n' + local;
}

/** A time of day. @param {string | null | undefined} at */
export function timeOf(at) {
  return at ? html`<time datetime=${at} title=${exact(at)}>${clock(at)}</time>` : nothing;
}

/** How long ago something was, or in how much time it will be. @param {string | null | undefined} at */
export function ago(at) {
  return at ? html`<pawl-ago .at=${at}></pawl-ago>` : nothing;
}

/** How long something has taken so far, or took. @param {string | null | undefined} from @param {string | null} [until] */
export function elapsed(from, until) {
  if (!from) {
    return nothing;
  }
  return until ? html`<span class="num">${duration(Date.parse(until) - Date.parse(from))}</span>` : html`<pawl-elapsed class="num" .from=${from}></pawl-elapsed>`;
}

/** @type {Set<Moving>} */
const moving = new Set();

/** A text that changes with the clock. */
class Moving extends HTMLElement {
  connectedCallback() {
    moving.add(this);
    this.move();
  }

  disconnectedCallback() {
    moving.delete(this);
  }

  move() {}

  /** @param {string} text */
  show(text) {
    if (this.textContent !== text) {
      this.textContent = text;
    }
  }
}

class Ago extends Moving {
  #at = '';

  set at(/** @type {string} */ at) {
    if (at !== this.#at) {
      this.#at = at;
      this.title = exact(at);
      this.move();
    }
  }

  move() {
    if (this.#at) {
      const passed = serverNow() - Date.parse(this.#at);
      this.show(passed >= 0 ? (passed < 5000 ? 'just now' : shortDuration(passed) + ' ago') : 'in ' + shortDuration(-passed));
    }
  }
}

class Elapsed extends Moving {
  #from = '';

  set from(/** @type {string} */ from) {
    this.#from = from;
    this.title = 'Since ' + exact(from);
    this.move();
  }

  move() {
    if (this.#from) {
      const passed = serverNow() - Date.parse(this.#from);
      this.show(passed < 1000 ? '0 s' : duration(Math.floor(passed / 1000) * 1000).replace('.0 s', ' s'));
    }
  }
}

customElements.define('pawl-ago', Ago);
customElements.define('pawl-elapsed', Elapsed);

setInterval(() => {
  if (!document.hidden) {
    moving.forEach(each => each.move());
  }
}, 1000);
