/** The base of everything that is drawn: an element without a shadow, drawn at most once a frame. */

import { html, nothing, render } from '../lib/lit-html/lit-html.js';
import { prose } from '../design/prose.js';
import { Problem } from './api.js';

export class View extends HTMLElement {
  #queued = false;
  #life = new AbortController();
  /** @type {Map<string, Problem>} */
  #problems = new Map();
  /** @type {Set<string>} */
  #busy = new Set();

  /** Ends when the element leaves the page: give it to requests and listeners. */
  get signal() {
    return this.#life.signal;
  }

  connectedCallback() {
    if (this.#life.signal.aborted) {
      this.#life = new AbortController();
    }
    this.begin();
    this.changed();
  }

  disconnectedCallback() {
    this.#life.abort();
  }

  /** Called when the element has come into the page. */
  begin() {}

  /** Says what it looks like. @returns {unknown} */
  render() {
    return nothing;
  }

  /** Called after it was drawn. */
  drawn() {}

  /** Draws it anew with the next frame. */
  changed() {
    if (!this.#queued) {
      this.#queued = true;
      requestAnimationFrame(() => this.drawNow());
    }
  }

  /** Draws it anew at once. */
  drawNow() {
    this.#queued = false;
    if (this.isConnected) {
      render(this.render(), this, { host: this });
      this.drawn();
    }
  }

  /**
   * Does what a control asks for. Meanwhile `isBusy(name)` holds; a refusal is kept for `trouble(name)`, which shows it beside the control.
   *
   * @template T
   * @param {string} name @param {() => Promise<T>} action
   * @returns {Promise<T | undefined>} undefined when it was refused
   */
  async attempt(name, action) {
    this.#problems.delete(name);
    this.#busy.add(name);
    this.changed();
    try {
      return await action();
    } catch (failure) {
      if (this.signal.aborted || (failure instanceof DOMException && failure.name === 'AbortError')) {
        return undefined;
      }
      this.#problems.set(name, asProblem(failure));
      return undefined;
    } finally {
      this.#busy.delete(name);
      this.changed();
    }
  }

  /** @param {string} name */
  isBusy(name) {
    return this.#busy.has(name);
  }

  /** @param {string} name @returns {Problem | undefined} */
  problem(name) {
    return this.#problems.get(name);
  }

  /** @param {string} name */
  forget(name) {
    this.#problems.delete(name);
  }

  /** The refusal of an action, for a place beside its control. @param {string} name */
  trouble(name) {
    const problem = this.#problems.get(name);
    return problem ? html`<p class="trouble" role="alert">${problem.message} ${prose(problem.remedy)}</p>` : nothing;
  }
}

/** @param {unknown} failure @returns {Problem} */
export function asProblem(failure) {
  if (failure instanceof Problem) {
    return failure;
  }
  console.error(failure);
  return new Problem({ status: -1, detail: 'The console has a fault: ' + (failure instanceof Error ? failure.message : String(failure)), remedy: 'Reload the page.' });
}
