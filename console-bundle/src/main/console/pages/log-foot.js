/** Where a reader is in a log, in words. */

import { number, plural } from '../core/format.js';
import { clock } from '../core/time.js';

/** What stands below it. @param {import('./log-reader.js').LogReader} log @param {import('./log-pane.js').LogPane | null} pane */
export function position(log, pane) {
  if (!pane || log.source.count() === 0) {
    return '';
  }
  const { last } = pane.sight;
  const line = log.source.line(last);
  const sequence = log.source.sequence(last) ?? 0;
  const { droppedTo, total } = log.store;
  return (
    (log.isOnlyHits ? 'hit ' + number(log.hitsUpTo(sequence)) + ' of ' + number(log.hits.matches) + ' · line ' : '') +
    number(sequence) + ' of ' + plural(total, 'line') +
    (line ? ' · ' + clock(line.timestamp) : '') +
    (droppedTo > 0 ? ' · lines up to ' + number(droppedTo) + ' were dropped' : '')
  );
}

/** What stands beside the bar while it is dragged. @param {import('./log-reader.js').LogReader} log @param {import('./log-pane.js').LogPane} pane */
export function bubble(log, pane) {
  const { first } = pane.sight;
  const line = log.source.line(first);
  return 'Line ' + number(log.source.sequence(first) ?? 0) + (line ? ' · ' + clock(line.timestamp) : '');
}
