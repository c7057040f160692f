/** What a JSON Schema says of one field: which control suits it, its limits in words, and the values that its text stands for. */

import { Num, Unreadable, parse, print } from './document.js';

/** @typedef {import('./document.js').Node} Node */

/** So many values of an enumeration are radio buttons. */
const FEW = 5;

/** @param {any} schema */
export function kindOf(schema) {
  if (Array.isArray(schema.enum)) {
    return schema.enum.length <= FEW ? 'radios' : 'select';
  }
  if (schema.format === 'any') {
    return 'any';
  }
  switch (schema.type) {
    case 'boolean': return schema.default === undefined ? 'three' : 'check';
    case 'integer': case 'number': return 'number';
    case 'string': return isSecret(schema) ? 'secret' : 'text';
    case 'array': return ['string', 'integer', 'number'].includes(schema.items?.type) && !schema.items.enum ? 'lines' : schema.items?.properties ? 'objects' : 'json';
    case 'object': return schema.properties && Object.keys(schema.properties).length > 0 ? 'object' : isFlat(schema.additionalProperties) ? 'map' : 'json';
    default: return 'json';
  }
}

/** @param {any} schema of the values of a map */
export function isFlat(schema) {
  return schema !== null && typeof schema === 'object' && (schema.type === undefined || ['string', 'integer', 'number', 'boolean'].includes(schema.type));
}

/** @param {any} schema */
export function isSecret(schema) {
  return schema?.writeOnly === true || schema?.format === 'password';
}

/** @param {any} schema */
export function limits(schema) {
  const low = schema.minimum ?? schema.exclusiveMinimum;
  const high = schema.maximum ?? schema.exclusiveMaximum;
  const words = [];
  if (low !== undefined && high !== undefined) {
    words.push(low + ' to ' + high + '.');
  } else if (low !== undefined) {
    words.push(low + ' or more.');
  } else if (high !== undefined) {
    words.push(high + ' or less.');
  }
  if (schema.maxLength !== undefined) {
    words.push('At most ' + schema.maxLength + ' characters.');
  }
  if (schema.pattern !== undefined) {
    words.push('It must match ' + schema.pattern);
  }
  return words.join(' ');
}

/** @param {any} schema */
export function byDefault(schema) {
  return schema.default === undefined || schema.default === null ? '' : typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default);
}

/** @param {string} text */
export function isNumber(text) {
  return /^\s*-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*$/.test(text);
}

/** @param {any} value @returns {Node} */
export function node(value) {
  return typeof value === 'number' ? new Num(String(value)) : value;
}

/** @param {any} one @param {any} other */
export function same(one, other) {
  return one instanceof Num && other instanceof Num ? one.text === other.text : one === other;
}

/** A value of a map whose values may be anything: a number, a word of JSON, or a text. @param {string} text @param {boolean} isText @returns {Node} */
export function free(text, isText) {
  if (isText) {
    return text;
  }
  try {
    return parse(text);
  } catch {
    return text;
  }
}

/** The same value as a person types it. @param {Node | undefined} value */
export function freely(value) {
  return value === undefined ? '' : typeof value === 'string' && free(value, false) === value && value.trim() !== '' ? value : print(value, '');
}

/** @param {[string, Node][]} fields */
export function freshName(fields) {
  let n = fields.length + 1;
  while (fields.some(([name]) => name === 'name' + n)) {
    n++;
  }
  return 'name' + n;
}

/** The field that a refusal of the server names; undefined when it names none. @param {string} message */
export function namedIn(message) {
  return /^"?([A-Za-z_$][^\s"]*)"? (?:is|has|are|contains|takes|must)\b/.exec(message)?.[1];
}

/** @param {string} text */
export function faultOf(text) {
  try {
    parse(text);
    return null;
  } catch (fault) {
    if (fault instanceof Unreadable) {
      return fault.message;
    }
    throw fault;
  }
}
