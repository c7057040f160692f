/** The same request as lines for a shell. Secrets are variables, so that no line holds one. */

import { SERVER } from '../core/root.js';
import { Num, print } from './document.js';

/** @typedef {import('./document.js').Node} Node */

/** A word that sh takes as it is. @param {string} text */
function quoted(text) {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
}

/** @param {string} name */
function variable(name) {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** @param {Map<string, Node>} inputs @param {string[]} secrets */
function hidden(inputs, secrets) {
  return new Map([...inputs].map(([name, value]) => [name, secrets.includes(name) ? '\u0001' + variable(name) + '\u0001' : value]));
}

/** @param {Map<string, Node>} request the body of the request @param {string[]} secrets names of inputs */
export function curl(request, secrets) {
  const inputs = request.get('inputs');
  const body = print(inputs instanceof Map ? new Map([...request, ['inputs', hidden(inputs, secrets)]]) : request, '');
  const data = quoted(body).replace(/\\u0001([A-Z0-9_]+)\\u0001/g, "'\"$$$1\"'");
  return `curl -H "Authorization: Bearer $PAWL_TOKEN" -H 'Content-Type: application/json' \\\n  -d ${data} ${quoted(new URL('jobs', SERVER).href)}`;
}

/** @param {string} module @param {Map<string, Node>} inputs @param {string[]} secrets @param {Map<string, Node>} more what else the request has */
export function pawlRun(module, inputs, secrets, more) {
  const words = ['pawl', 'run', quoted(module)];
  for (const [name, value] of inputs) {
    words.push('-i', secrets.includes(name) ? quoted(name) + '="$' + variable(name) + '"' : quoted(name + '=' + plain(value)));
  }
  for (const [field, option] of [['priority', '--priority'], ['max_duration', '-d'], ['not_before', '--at']]) {
    const value = more.get(field);
    if (value !== undefined) {
      words.push(option, quoted(plain(value)));
    }
  }
  return words.join(' ');
}

/** @param {Node} value */
function plain(value) {
  return typeof value === 'string' ? value : value instanceof Num ? value.text : print(value, '');
}
