/** Calls of the API. Each refusal becomes a Problem, which says what was wrong and what to do. */

import { parse } from './json.js';
import { SERVER } from './root.js';

/** A refusal of the server, or its absence. */
export class Problem extends Error {
  /** @param {{status?: number, code?: string, detail?: string, remedy?: string, title?: string}} body */
  constructor(body) {
    super(body.detail || body.title || 'The server gave no reason.');
    this.status = body.status ?? 0;
    this.code = body.code ?? '';
    this.remedy = body.remedy ?? '';
  }

  /** Whether the server did not answer at all. */
  get isGone() {
    return this.status === 0 || this.status === 502 || this.status === 504;
  }
}

/** Tells of answers: `signed-out`, `gone`, `back`. */
export const calls = new EventTarget();

/** The server's clock minus this one's, in milliseconds. */
let clockOffset = 0;

/** Now, by the server's clock. */
export function serverNow() {
  return Date.now() + clockOffset;
}

/**
 * @typedef {object} Options
 * @property {Record<string, any>} [query] parameters; those that are empty are left out
 * @property {any} [body] sent as JSON, or as it is when it is a Blob
 * @property {string} [type] the content type of a Blob
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal]
 */

/** @param {string} path such as `/jobs` @param {Record<string, any>} [query] */
export function address(path, query) {
  const url = new URL(path.replace(/^\//, ''), SERVER);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)) {
      url.searchParams.set(name, Array.isArray(value) ? value.join(',') : String(value));
    }
  }
  return url;
}

/** Sends a request; the answer is a success. @param {string} method @param {string} path @param {Options} [options] @returns {Promise<Response>} */
export async function send(method, path, options = {}) {
  const headers = new Headers({ Accept: 'application/json', ...options.headers });
  let body = options.body;
  if (body !== undefined && !(body instanceof Blob)) {
    headers.set('Content-Type', 'application/json');
    body = typeof body === 'string' ? body : JSON.stringify(body);
  } else if (options.type) {
    headers.set('Content-Type', options.type);
  }
  let answer;
  try {
    answer = await fetch(address(path, options.query), { method, headers, body, signal: options.signal, credentials: 'same-origin' });
  } catch (failure) {
    if (options.signal?.aborted) {
      throw failure;
    }
    calls.dispatchEvent(new Event('gone'));
    throw new Problem({ detail: 'The server does not answer.', remedy: 'It is tried again by itself.' });
  }
  noteClock(answer);
  if (answer.ok) {
    calls.dispatchEvent(new Event('back'));
    return answer;
  }
  throw await refusal(answer);
}

/** @param {Response} answer */
async function refusal(answer) {
  let body = {};
  try {
    body = await answer.json();
  } catch {
    body = { detail: 'The server, or a proxy in front of it, answered with ' + answer.status + '.' };
  }
  if (answer.status === 401) {
    calls.dispatchEvent(new Event('signed-out'));
  }
  return new Problem({ status: answer.status, ...body });
}

/** @param {Response} answer */
function noteClock(answer) {
  const date = Date.parse(answer.headers.get('Date') ?? '');
  if (!Number.isNaN(date)) {
    const offset = date + 500 - Date.now(); // the header has whole seconds
    if (Math.abs(offset - clockOffset) > 1500) {
      clockOffset = offset;
    }
  }
}

/** The JSON of an answer. @param {string} path @param {Options} [options] @returns {Promise<any>} */
export async function get(path, options) {
  return (await send('GET', path, options)).json();
}

/**
 * All that a list has, read page after page.
 *
 * @param {string} path @param {string} name the field of the list @param {AbortSignal} signal
 * @param {(all: any[]) => boolean | void} [came] called with what has been read so far; false ends it
 * @returns {Promise<any[]>}
 */
export async function getAll(path, name, signal, came = () => true) {
  /** @type {any[]} */
  const all = [];
  let cursor = '';
  do {
    const page = await get(path, { query: { limit: 1000, cursor }, signal });
    all.push(...page[name]);
    cursor = page.next_cursor ?? '';
  } while (came(all) !== false && cursor);
  return all;
}

/** The JSON of an answer, with numbers that keep all their digits. @param {string} path @param {Options} [options] @returns {Promise<any>} */
export async function getExact(path, options) {
  return parse(await (await send('GET', path, options)).text());
}

/** Makes a change; null when the answer is empty. @param {string} method @param {string} path @param {Options} [options] @returns {Promise<any>} */
export async function change(method, path, options) {
  const answer = await send(method, path, options);
  return answer.status === 204 ? null : answer.json();
}

/** @param {string} path @param {any} [body] @param {Options} [options] */
export const post = (path, body, options) => change('POST', path, { ...options, body });

/** @param {string} path @param {any} [body] @param {Options} [options] */
export const put = (path, body, options) => change('PUT', path, { ...options, body });

/** @param {string} path @param {any} [body] @param {Options} [options] */
export const patch = (path, body, options) => change('PATCH', path, { ...options, body });

/** @param {string} path @param {Options} [options] */
export const remove = (path, options) => change('DELETE', path, options);
