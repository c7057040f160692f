/** The keys of a log: single ones as the sheet of shortcuts shows them, and those that the browser would do with the few lines that are in the page. */

import { addShortcuts } from '../core/keys.js';

/** @param {HTMLElement} view @param {import('./log-bar.js').Acts} acts @param {() => boolean} isMarked whether there is something to copy @param {AbortSignal} signal */
export function addLogKeys(view, acts, isMarked, signal) {
  const group = 'Log';
  addShortcuts(
    [
      { keys: 'f', label: 'Follow, or not', group, run: acts.follow },
      { keys: '/', label: 'Find in the log', group, run: () => view.querySelector('input')?.focus() },
      { keys: 'n', label: 'Next hit', group, run: () => acts.step(1) },
      { keys: 'N', label: 'Previous hit', group, run: () => acts.step(-1) },
      { keys: 'e', label: 'Next error', group, run: acts.nextError },
      { keys: 'w', label: 'Wrap long lines, or not', group, run: acts.wrap },
      { keys: 't', label: 'Show times, or not', group, run: acts.nextTimes },
    ],
    signal,
  );
  document.addEventListener('keydown', event => take(event, view, acts, isMarked), { signal });
}

/** Ctrl+F comes here, and to the browser when pressed again. @param {KeyboardEvent} event @param {HTMLElement} view @param {import('./log-bar.js').Acts} acts @param {() => boolean} isMarked */
function take(event, view, acts, isMarked) {
  if (!event.ctrlKey && !event.metaKey) {
    return;
  }
  const field = view.querySelector('input');
  const isInLog = document.activeElement?.classList.contains('log-scroll');
  if (event.key === 'f' && field && document.activeElement !== field) {
    event.preventDefault();
    field.focus();
    field.select();
  } else if (event.key === 'a' && isInLog) {
    event.preventDefault();
    acts.markAll();
  } else if (event.key === 'c' && isInLog && isMarked()) {
    event.preventDefault();
    acts.copy();
  }
}
