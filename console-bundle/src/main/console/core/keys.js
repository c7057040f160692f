/** Keys of the keyboard. Each is listed on the sheet of shortcuts; single letters can be switched off. */

import { read } from './prefs.js';

/**
 * @typedef {object} Shortcut
 * @property {string} keys such as `g j`, `mod+k`, `?` or `ArrowDown`
 * @property {string} label what it does
 * @property {string} group the heading on the sheet
 * @property {(event: KeyboardEvent) => void} run
 */

/** @type {Set<Shortcut>} */
const shortcuts = new Set();
let before = '';
let beforeAt = 0;

/** Adds shortcuts until a signal. @param {Shortcut[]} added @param {AbortSignal} signal */
export function addShortcuts(added, signal) {
  added.forEach(each => shortcuts.add(each));
  signal.addEventListener('abort', () => added.forEach(each => shortcuts.delete(each)));
}

/** All that hold now, by heading. @returns {Map<string, Shortcut[]>} */
export function allShortcuts() {
  const groups = new Map();
  for (const each of shortcuts) {
    groups.set(each.group, [...(groups.get(each.group) ?? []), each]);
  }
  return groups;
}

/** Whether single letters do something. */
export function lettersOn() {
  return read('letters') !== 'off';
}

addEventListener('keydown', event => {
  const key = (event.ctrlKey || event.metaKey ? 'mod+' : '') + event.key;
  const isCombined = event.ctrlKey || event.metaKey;
  if (event.defaultPrevented || event.altKey || event.isComposing || (!isCombined && (isTyping(event) || !lettersOn() || document.querySelector('dialog[open]')))) {
    return;
  }
  const sequence = event.timeStamp - beforeAt < 1500 ? before + ' ' + key : '';
  const found = [...shortcuts].reverse().find(each => each.keys === sequence) ?? [...shortcuts].reverse().find(each => each.keys === key);
  before = key;
  beforeAt = event.timeStamp;
  if (found) {
    before = '';
    event.preventDefault();
    found.run(event);
  }
});

/** @param {KeyboardEvent} event */
function isTyping(event) {
  const target = event.composedPath()[0];
  return target instanceof HTMLElement && (target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select') || target.isContentEditable);
}
