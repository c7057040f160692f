/** One line of a log as it is drawn: colours of terminals, links, and what was searched. Only ever text nodes. */

import { lastState, lookAfter, runs } from '../core/ansi.js';
import { number } from '../core/format.js';
import { preciseClock, exact } from '../core/time.js';

/** A line that is longer is folded. */
const LONGEST = 4000;
const LINK = /https?:\/\/[^\s<>"'`)\]}]+/g;

/**
 * @typedef {object} Look
 * @property {string} find what is marked
 * @property {'' | 'absolute' | 'relative'} times
 * @property {number} start the time from which relative times count
 * @property {number} from the first line of the linked ones
 * @property {number} to the last of them
 * @property {number} hit the line of the search that is looked at
 */

export class LogRow {
  element = document.createElement('div');
  #number = document.createElement('a');
  #time = document.createElement('span');
  #level = document.createElement('span');
  #text = document.createElement('span');
  #drawn = '';

  constructor() {
    this.element.className = 'log-row';
    this.#number.className = 'log-number';
    this.#time.className = 'log-time';
    this.#level.className = 'log-level';
    this.#text.className = 'log-text';
    this.element.append(this.#number, this.#time, this.#level, this.#text);
  }

  /**
   * Draws a line, or the place of one that is being read.
   *
   * @param {number} sequence @param {import('./log-store.js').Line | undefined} line @param {Look} look @param {boolean} isDropped
   * @param {string} before the look that the lines before it leave to it @param {string} kind further classes of the row
   */
  draw(sequence, line, look, isDropped, before, kind) {
    const isLinked = sequence >= look.from && sequence <= look.to;
    const key = [sequence, line ? 1 : 0, look.find, look.times, isLinked, look.hit === sequence, isDropped, look.times ? look.start : 0, before, kind].join('|');
    if (key === this.#drawn) {
      return;
    }
    this.#drawn = key;
    this.element.dataset.sequence = String(sequence);
    this.element.className = 'log-row ' + (line ? line.level.toLowerCase() : 'unread') + (isLinked ? ' linked' : '') + (look.hit === sequence ? ' hit' : '') + (kind ? ' ' + kind : '');
    this.#number.textContent = String(sequence);
    this.#number.href = '#L' + sequence;
    this.#number.tabIndex = -1;
    this.#time.textContent = line && look.times ? (look.times === 'absolute' ? preciseClock(line.timestamp) : relative(Date.parse(line.timestamp) - look.start)) : '';
    this.#time.title = line && look.times ? exact(line.timestamp) : '';
    this.#level.textContent = line ? ({ ERROR: 'error', WARNING: 'warn', DEBUG: 'debug' }[line.level] ?? '') : '';
    this.#text.replaceChildren(...(line ? textNodes(line.message, look.find, before) : [isDropped ? 'This line was dropped: the log grew too long.' : '…']));
  }
}

/** @param {number} ms */
function relative(ms) {
  const s = Math.max(0, ms) / 1000;
  const minutes = Math.floor(s / 60);
  const hours = Math.floor(minutes / 60);
  return '+' + (hours > 0 ? hours + ':' + String(minutes % 60).padStart(2, '0') : minutes) + ':' + (s % 60).toFixed(3).padStart(6, '0');
}

/** @param {string} message @param {string} find @param {string} before @returns {(Node | string)[]} */
function textNodes(message, find, before) {
  const { text, times } = lastState(message);
  const shown = text.length > LONGEST ? text.slice(0, LONGEST) : text;
  const nodes = runs(shown, times > 1 ? lookAfter(message.slice(0, message.lastIndexOf(text)), before) : before).flatMap(run => linked(run.text, run.style, find));
  if (text.length > LONGEST) {
    const more = document.createElement('button');
    more.type = 'button';
    more.className = 'button mini';
    more.dataset.unfold = '';
    more.textContent = '… ' + number(text.length - LONGEST) + ' more characters';
    nodes.push(more);
  }
  if (times > 1) {
    nodes.push(element('span', 'tag', '×' + number(times)));
  }
  return nodes;
}

/** @param {string} text @param {string} style @param {string} find @returns {(Node | string)[]} */
function linked(text, style, find) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(...marked(text.slice(from, match.index), style, find));
    const anchor = document.createElement('a');
    anchor.href = match[0];
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
    anchor.className = style;
    anchor.append(...marked(match[0], '', find));
    nodes.push(anchor);
    from = match.index + match[0].length;
  }
  nodes.push(...marked(text.slice(from), style, find));
  return nodes;
}

/** @param {string} text @param {string} style @param {string} find @returns {(Node | string)[]} */
function marked(text, style, find) {
  if (text === '') {
    return [];
  }
  const nodes = [];
  const lower = find ? text.toLowerCase() : '';
  let from = 0;
  for (let at = find ? lower.indexOf(find) : -1; at >= 0; at = lower.indexOf(find, from)) {
    nodes.push(plainNode(text.slice(from, at), style), element('mark', style, text.slice(at, at + find.length)));
    from = at + find.length;
  }
  nodes.push(plainNode(text.slice(from), style));
  return nodes;
}

/** @param {string} text @param {string} style */
function plainNode(text, style) {
  return style ? element('span', style, text) : text;
}

/** @param {string} tag @param {string} style @param {string} text */
function element(tag, style, text) {
  const made = document.createElement(tag);
  made.className = style;
  made.textContent = text;
  return made;
}
