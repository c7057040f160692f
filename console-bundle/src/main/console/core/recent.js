/** The places that were opened last, for the palette. */

import { readList, write } from './prefs.js';

const MOST = 6;

/** Remembers a place. @param {string} label @param {string} href */
export function remember(label, href) {
  const others = readList('recent').filter(each => each.href !== href);
  write('recent', JSON.stringify([{ label, href }, ...others].slice(0, MOST)));
}
