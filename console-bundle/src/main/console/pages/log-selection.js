/** The text that is marked with the mouse: from a character of a line to one of another, by their numbers, so that the lines in between need not be in the page. */

/** The name of the highlight in `log.css`. */
const NAME = 'log-selection';

/** How far the log moves with each frame while the mouse is beyond it, at most. */
const MOST_PIXELS = 120;

const WORD = /[\p{L}\p{N}_.\-/]/u;

/** @typedef {{sequence: number, column: number}} Point */

export class LogSelection {
  /** Where it began. @type {Point} */
  #anchor = { sequence: 0, column: 0 };
  /** Where the mouse was last. @type {Point} */
  #focus = { sequence: 0, column: 0 };
  #isDragging = false;
  /** @type {{x: number, y: number}} */
  #mouse = { x: 0, y: 0 };
  #isMoving = false;

  /** @param {import('./log-pane.js').LogPane} pane @param {AbortSignal} signal @param {() => void} changed */
  constructor(pane, signal, changed) {
    this.pane = pane;
    this.changed = changed;
    const { scroller } = pane;
    scroller.addEventListener('mousedown', event => this.#press(event), { signal });
    addEventListener('mousemove', event => this.#move(event), { signal });
    addEventListener('mouseup', () => { this.#isDragging = false; }, { signal });
    scroller.addEventListener('click', event => this.#click(event), { capture: true, signal });
    signal.addEventListener('abort', () => this.#highlight([]));
  }

  /** Whether nothing is marked. */
  get isEmpty() {
    return this.#anchor.sequence === 0 || (this.#anchor.sequence === this.#focus.sequence && this.#anchor.column === this.#focus.column);
  }

  /** The marked text by its ends; the last column may be beyond the end of its line. @returns {{from: Point, to: Point}} */
  get range() {
    const isForward = this.#anchor.sequence < this.#focus.sequence || (this.#anchor.sequence === this.#focus.sequence && this.#anchor.column <= this.#focus.column);
    return isForward ? { from: this.#anchor, to: this.#focus } : { from: this.#focus, to: this.#anchor };
  }

  /** Marks a text. @param {Point} from @param {Point} to */
  set(from, to) {
    this.#anchor = from;
    this.#focus = to;
    if (!this.isEmpty) {
      this.pane.follow(false);
    }
    this.draw();
    this.changed();
  }

  /** Marks all lines that are shown, whether they are in the page or not. */
  setAll() {
    const { source } = this.pane;
    const count = source.count();
    if (count > 0) {
      this.set({ sequence: source.sequence(0), column: 0 }, { sequence: source.sequence(count - 1), column: Infinity });
    }
  }

  clear() {
    if (this.#anchor.sequence !== 0) {
      this.set({ sequence: 0, column: 0 }, { sequence: 0, column: 0 });
    }
  }

  /** Draws what is in sight of it. */
  draw() {
    this.#highlight(this.isEmpty ? [] : this.pane.rows.map(row => this.#rangeOf(row.element)).filter(range => range !== null));
  }

  /** @param {Range[]} ranges */
  #highlight(ranges) {
    if (typeof Highlight === 'function') {
      if (ranges.length > 0) {
        CSS.highlights.set(NAME, new Highlight(...ranges));
      } else {
        CSS.highlights.delete(NAME);
      }
    }
  }

  /** @param {HTMLElement} row @returns {Range | null} */
  #rangeOf(row) {
    const { from, to } = this.range;
    const sequence = Number(row.dataset.sequence);
    const text = row.querySelector('.log-text');
    row.classList.toggle('marked', typeof Highlight !== 'function' && sequence >= from.sequence && sequence <= to.sequence);
    if (!text || sequence < from.sequence || sequence > to.sequence) {
      return null;
    }
    const range = document.createRange();
    range.selectNodeContents(text);
    if (sequence === from.sequence) {
      range.setStart(...placeOf(text, from.column));
    }
    if (sequence === to.sequence) {
      range.setEnd(...placeOf(text, to.column));
    }
    return range;
  }

  /** @param {MouseEvent} event */
  #press(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const point = this.#at(event.clientX, event.clientY);
    if (event.button !== 0 || !target.closest('.log-row') || target.closest('.log-number, button') || !point) {
      return;
    }
    event.preventDefault(); // the browser's own selection ends with the rows that are in the page
    this.pane.scroller.focus({ preventScroll: true });
    getSelection()?.removeAllRanges();
    this.#isDragging = true;
    if (event.shiftKey && !this.isEmpty) {
      this.set(this.#anchor, point);
    } else if (event.detail === 2) {
      this.set(...this.#word(point));
    } else if (event.detail >= 3) {
      this.set({ ...point, column: 0 }, { ...point, column: Infinity });
    } else {
      this.set(point, point);
    }
  }

  /** @param {MouseEvent} event */
  #move(event) {
    if (this.#isDragging && event.buttons & 1) {
      this.#mouse = { x: event.clientX, y: event.clientY };
      this.#reach();
      this.#moveOn();
    }
  }

  #reach() {
    const point = this.#at(this.#mouse.x, this.#mouse.y);
    if (point && (point.sequence !== this.#focus.sequence || point.column !== this.#focus.column)) {
      this.set(this.#anchor, point);
    }
  }

  /** Moves the log while the mouse is above or below it, the faster the farther. */
  #moveOn() {
    const box = this.pane.scroller.getBoundingClientRect();
    const beyond = this.#mouse.y < box.top ? this.#mouse.y - box.top : Math.max(0, this.#mouse.y - box.bottom);
    if (beyond === 0 || this.#isMoving || !this.#isDragging) {
      return;
    }
    this.#isMoving = true;
    this.pane.moveBy(Math.max(-MOST_PIXELS, Math.min(MOST_PIXELS, beyond)));
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        this.#isMoving = false;
        this.#reach(); // the rows have been drawn
        this.#moveOn();
      });
    });
  }

  /** A link that the mouse was dragged over is not followed. @param {MouseEvent} event */
  #click(event) {
    if (!this.isEmpty && /** @type {HTMLElement} */ (event.target).closest('.log-text a')) {
      event.preventDefault();
    }
  }

  /** The character at a place of the window; the nearest when that is outside of the log. @param {number} x @param {number} y @returns {Point | null} */
  #at(x, y) {
    const box = this.pane.scroller.getBoundingClientRect();
    const inside = Math.max(box.top + 2, Math.min(box.top + this.pane.scroller.clientHeight - 2, y));
    const row = this.pane.rowAt(inside);
    const text = row?.querySelector('.log-text');
    if (!row || !text) {
      return null;
    }
    const sequence = Number(row.dataset.sequence);
    if (x < text.getBoundingClientRect().left) {
      return { sequence, column: 0 };
    }
    const caret = caretAt(Math.min(x, box.left + this.pane.scroller.clientWidth - 2), inside);
    if (!caret || !text.contains(caret.node)) {
      return { sequence, column: Infinity };
    }
    const before = document.createRange();
    before.setStart(text, 0);
    before.setEnd(caret.node, caret.offset);
    return { sequence, column: before.toString().length };
  }

  /** @param {Point} point @returns {[Point, Point]} */
  #word(point) {
    const text = this.pane.rows.find(row => Number(row.element.dataset.sequence) === point.sequence)?.element.querySelector('.log-text')?.textContent ?? '';
    let from = Math.min(point.column, text.length);
    let to = from;
    while (from > 0 && WORD.test(text[from - 1])) {
      from--;
    }
    while (to < text.length && WORD.test(text[to])) {
      to++;
    }
    return [{ ...point, column: from }, { ...point, column: to }];
  }
}

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const found = document.caretPositionFromPoint(x, y);
    return found ? { node: found.offsetNode, offset: found.offset } : null;
  }
  const found = document.caretRangeFromPoint(x, y);
  return found ? { node: found.startContainer, offset: found.startOffset } : null;
}

/** The place of a column in the nodes of a line. @param {Node} text @param {number} column @returns {[Node, number]} */
function placeOf(text, column) {
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let left = column;
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const length = node.nodeValue?.length ?? 0;
    if (left <= length) {
      return [node, left];
    }
    left -= length;
  }
  return [text, text.childNodes.length];
}
