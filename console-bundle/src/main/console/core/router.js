/** Where the reader is. The address is the only state: what it does not say is not kept. */

import { CONSOLE } from './root.js';

/**
 * @typedef {object} Place
 * @property {string} path relative to the console, such as `jobs/0000b8cd`
 * @property {string[]} segments the path's parts, decoded
 * @property {URLSearchParams} query
 * @property {string} hash without its `#`
 */

class Router extends EventTarget {
  /** @type {Place} */
  place = read();

  constructor() {
    super();
    addEventListener('popstate', () => this.#arrive());
    document.addEventListener('click', event => this.#follow(event));
  }

  /** Goes to a place. @param {string} path @param {Record<string, any>} [query] @param {{replace?: boolean}} [how] */
  go(path, query, how) {
    this.goTo(link(path, query), how);
  }

  /** Goes to an address of the console. @param {string} href @param {{replace?: boolean}} [how] */
  goTo(href, how) {
    const url = new URL(href, location.href);
    if (url.href !== location.href) {
      history[how?.replace ? 'replaceState' : 'pushState'](null, '', url);
    }
    this.#arrive();
  }

  /** Changes parameters of the place: replaces while a person types, and adds to the history otherwise. @param {Record<string, any>} changed @param {{replace?: boolean}} [how] */
  set(changed, how) {
    const query = Object.fromEntries(this.place.query);
    this.go(this.place.path, { ...query, ...changed }, how);
  }

  #arrive() {
    this.place = read();
    this.dispatchEvent(new Event('place'));
  }

  /** @param {MouseEvent} event */
  #follow(event) {
    const target = event.composedPath().find(node => node instanceof HTMLAnchorElement);
    if (!(target instanceof HTMLAnchorElement) || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    if (target.target || target.hasAttribute('download') || !target.href.startsWith(CONSOLE.href) || target.getAttribute('href')?.startsWith('#')) {
      return;
    }
    event.preventDefault();
    this.goTo(target.href);
  }
}

/** @returns {Place} */
function read() {
  const path = location.pathname.startsWith(CONSOLE.pathname) ? location.pathname.slice(CONSOLE.pathname.length) : '';
  const trimmed = path.replace(/\/+$/, '');
  return {
    path: trimmed,
    segments: trimmed === '' ? [] : trimmed.split('/').map(decoded),
    query: new URLSearchParams(location.search),
    hash: location.hash.slice(1),
  };
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The address of a place. @param {string} path its parts are encoded already, as by encodeURIComponent @param {Record<string, any>} [query] */
export function link(path, query) {
  const url = new URL(path, CONSOLE);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') {
      url.searchParams.set(name, String(value));
    }
  }
  return url.pathname + url.search;
}

export const router = new Router();
