/** Objects as CSV (RFC 4180), safe to open in a spreadsheet. */

import { ExactNumber } from './json.js';

const MOST_COLUMNS = 30;

/** The names of the fields of some objects, in the order in which they first come. @param {any[]} objects @returns {string[]} */
export function columnsOf(objects) {
  const names = new Set();
  for (const object of objects) {
    if (object && typeof object === 'object' && !Array.isArray(object)) {
      Object.keys(object).forEach(name => names.add(name));
    }
  }
  return [...names].slice(0, MOST_COLUMNS);
}

/** @param {any} value */
export function cellText(value) {
  if (value === undefined || value === null) {
    return '';
  }
  return typeof value === 'object' && !(value instanceof ExactNumber) ? JSON.stringify(value) : String(value);
}

/** @param {any[]} objects */
export function csv(objects) {
  const names = columnsOf(objects);
  const lines = [names.map(quoted), ...objects.map(object => names.map(name => (typeof object?.[name] === 'number' || object?.[name] instanceof ExactNumber ? String(object[name]) : quoted(cellText(object?.[name])))))];
  return lines.map(cells => cells.join(',')).join('\r\n') + '\r\n';
}

/** A text that would be a formula begins with a quotation mark, which spreadsheets show as text. @param {string} text */
function quoted(text) {
  const harmless = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(harmless) ? '"' + harmless.replaceAll('"', '""') + '"' : harmless;
}
