/** Which jobs are selected: some by their ids, or all of the list but some. Reading the list anew does not touch it. */

export class Selection {
  #isAll = false;
  /** @type {Set<string>} */
  #ids = new Set();

  /** Whether all that match are selected, but for exceptions. */
  get isAll() {
    return this.#isAll;
  }

  get isEmpty() {
    return !this.#isAll && this.#ids.size === 0;
  }

  /** The selected ones, or the exceptions. */
  get ids() {
    return [...this.#ids];
  }

  /** @param {string} id */
  has(id) {
    return this.#isAll !== this.#ids.has(id);
  }

  /** @param {string} id */
  toggle(id) {
    if (!this.#ids.delete(id)) {
      this.#ids.add(id);
    }
  }

  /** @param {string[]} ids */
  addAll(ids) {
    ids.forEach(id => (this.#isAll ? this.#ids.delete(id) : this.#ids.add(id)));
  }

  selectAll() {
    this.#isAll = true;
    this.#ids.clear();
  }

  clear() {
    this.#isAll = false;
    this.#ids.clear();
  }
}
