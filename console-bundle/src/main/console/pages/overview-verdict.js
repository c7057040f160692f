/** What the overview says in one sentence, the worst thing first. */

import { serverNow } from '../core/api.js';
import { plural, shortDuration } from '../core/format.js';
import { link } from '../core/router.js';

const LONG_WAIT_MS = 60_000;

/** Reasons for which nobody has to do anything. */
const HARMLESS = new Set(['scheduled', 'retry', 'waiting_for_job', 'queued']);

/** States of an enabled module that need nobody. */
const WELL = new Set(['ready', 'updating', 'retiring']);

/** Modules that need somebody. A pause, which is a warning too, was somebody's wish. @param {any[]} modules @param {any[]} leaks @returns {{id: string, name: string, why: string}[]} */
export function moduleTroubles(modules, leaks) {
  const found = modules.filter(module => module.enabled && !WELL.has(module.state)).map(module => ({ id: module.id, name: module.name, why: module.explanation || 'It is ' + module.state + '.' }));
  const warned = modules.filter(module => (module.warnings ?? []).length > (module.paused ? 1 : 0) && !found.some(each => each.id === module.id)).map(module => ({ id: module.id, name: module.name, why: textOf(module.warnings[0]) }));
  const leaking = leaks.map(leak => ({ id: leak.module ?? leak.id ?? '', name: leak.module ?? leak.bundle ?? 'A former version', why: 'A version that was replaced stays in memory.' }));
  return [...found, ...warned, ...leaking];
}

/** @param {any} warning */
function textOf(warning) {
  return typeof warning === 'string' ? warning : warning.sentence ?? warning.message ?? 'It reports a warning.';
}

/** Failures that say the same, together. @param {any[]} jobs newest first @returns {{module: string, line: string, count: number, newest: any}[]} */
export function failureGroups(jobs) {
  const groups = new Map();
  for (const job of jobs) {
    const line = (job.error ?? 'It failed.').split('\n')[0];
    const key = job.module + '\n' + line.replace(/[\d]+|["'][^"']*["']|\/\S+/g, '#');
    const known = groups.get(key);
    if (known) {
      known.count++;
    } else {
      groups.set(key, { module: job.module, line, count: 1, newest: job });
    }
  }
  return [...groups.values()].sort((a, b) => b.count - a.count);
}

/**
 * @param {{troubles: any[], paused: number, reasons: any[], isQueuePaused: boolean, failures: any[], running: number}} facts
 * @returns {{kind: string, sentence: string, href?: string}}
 */
export function verdict(facts) {
  const parts = [];
  let href;
  if (facts.isQueuePaused) {
    parts.push('The queue is paused: no job starts.');
    href = link('queue');
  }
  if (facts.troubles.length > 0) {
    parts.push(plural(facts.troubles.length, 'module') + ' in trouble.');
    href ??= link('modules');
  }
  const stuck = facts.reasons.filter(reason => !HARMLESS.has(reason.code)).sort((a, b) => a.oldest_created_at.localeCompare(b.oldest_created_at))[0];
  const waited = stuck ? serverNow() - Date.parse(stuck.oldest_created_at) : 0;
  if (stuck && waited > LONG_WAIT_MS && !facts.isQueuePaused) {
    parts.push('The oldest job waits for ' + shortDuration(waited) + ': ' + stuck.sentence);
    href ??= link('jobs', { status: 'pending' });
  }
  if (parts.length > 0) {
    return { kind: facts.isQueuePaused ? 'paused' : 'warning', sentence: parts.join(' '), href };
  }
  const failed = facts.failures.reduce((sum, group) => sum + group.count, 0);
  if (failed > 0) {
    return { kind: 'failed', sentence: plural(failed, 'job') + ' failed in the last day; everything else is well.', href: link('jobs', { status: 'failed', since: '24h' }) };
  }
  const runs = facts.running > 0 ? 'All is well: ' + plural(facts.running, 'job') + (facts.running === 1 ? ' runs.' : ' run.') : 'All is well: nothing runs.';
  return { kind: 'completed', sentence: runs + (facts.paused > 0 ? ' ' + plural(facts.paused, 'module') + (facts.paused === 1 ? ' is paused.' : ' are paused.') : '') };
}
