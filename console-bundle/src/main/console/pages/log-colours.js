/** The looks with which lines begin: as in a terminal, a colour that a line opened and did not close goes on in those after it, to the end of the task's run. */

import { lookAfter } from '../core/ansi.js';

/** How far back the beginning of a colour is looked for. */
const FARTHEST = 1000;

/** The same in characters: a thousand lines of progress bars would hold up the page. */
const FARTHEST_CHARACTERS = 200_000;

/** The lines of which the look at their end is kept. */
const MOST = 20_000;

export class LogColours {
  /** @type {Map<number, string>} */
  #after = new Map();

  /** @param {import('./log-store.js').LogStore} store */
  constructor(store) {
    this.store = store;
  }

  /** The look with which a line begins; lines before it are read when they are needed for that. @param {import('./log-store.js').Line} line @returns {string} classes */
  before(line) {
    if (!this.store.isColoured) {
      return '';
    }
    /** @type {import('./log-store.js').Line[]} */
    const walked = [];
    const least = Math.max(this.store.droppedTo, line.sequence - 1 - FARTHEST);
    let look = '';
    let characters = 0;
    for (let at = line.sequence - 1; at > least && characters < FARTHEST_CHARACTERS; at--) {
      const previous = this.store.line(at);
      if (!previous) {
        return ''; // it is drawn anew when that line has been read
      }
      if (previous.task_index !== line.task_index || previous.epoch !== line.epoch) {
        break;
      }
      const known = this.#after.get(at);
      if (known !== undefined) {
        look = known;
        break;
      }
      walked.push(previous);
      characters += previous.message.length;
    }
    for (const each of walked.reverse()) {
      look = lookAfter(each.message, look);
      this.#keep(each.sequence, look);
    }
    return look;
  }

  /** @param {number} sequence @param {string} look */
  #keep(sequence, look) {
    if (this.#after.size >= MOST) {
      this.#after.clear();
    }
    this.#after.set(sequence, look);
  }
}
