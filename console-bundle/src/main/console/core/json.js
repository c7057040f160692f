/** JSON whose numbers keep all their digits. */

/** A number that JavaScript cannot hold exactly, by its text. */
export class ExactNumber {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }

  toJSON() {
    const { rawJSON } = /** @type {any} */ (JSON);
    return rawJSON ? rawJSON(this.text) : Number(this.text);
  }
}

/** Reads JSON; a number beyond 2^53, or with more digits than a double has, becomes an ExactNumber. @param {string} text @returns {any} */
export function parse(text) {
  if (!/\d{16}/.test(text)) {
    return JSON.parse(text);
  }
  const exact = (/** @type {string} */ key, /** @type {any} */ value, /** @type {any} */ context) => (typeof value === 'number' && context?.source && isInexact(value, context.source) ? new ExactNumber(context.source) : value);
  return JSON.parse(text, /** @type {any} */ (exact));
}

/** @param {number} value @param {string} source */
function isInexact(value, source) {
  return source.replace(/[^\d]/g, '').length > 15 && String(value) !== source;
}

/** JSON on several lines. @param {any} value */
export function pretty(value) {
  return JSON.stringify(value, null, 2) ?? 'null';
}
