/** The pane of a log: draws the lines in sight, however many there are. The wheel and the keys move true pixels around a line; only the bar maps by share, since browsers cap the height of an element. */

import { LogRow } from './log-row.js';

const ROW = 20;
const MOST_PIXELS = 8_000_000;
const LEAD = 20;

/**
 * Where lines come from.
 *
 * @typedef {object} LineSource
 * @property {() => number} count
 * @property {(index: number) => number} sequence
 * @property {(index: number) => import('./log-store.js').Line | undefined} line
 * @property {(index: number) => string} before the look that the lines before leave to one, as classes
 * @property {(index: number) => string} kind further classes of a row
 */

export class LogPane {
  /** The line at the top, with the part of it that is above. */
  top = 0;
  isFollowing = false;
  isWrapped = false;
  /** @type {import('./log-row.js').Look} */
  look = { find: '', times: '', start: 0, from: 0, to: 0, hit: 0 };
  droppedTo = 0;
  #first = 0;
  /** @type {LogRow[]} */
  #rows = [];
  #expected = 0;
  #height = 0;
  #isQueued = false;
  #room = document.createElement('div');
  #layer = document.createElement('div');

  /**
   * @param {HTMLElement} scroller @param {LineSource} source @param {AbortSignal} signal
   * @param {{moved: () => void, dragged: () => void, drawn: () => void}} told that what is in sight has changed, that the bar was dragged, and that rows have been drawn
   */
  constructor(scroller, source, signal, told) {
    this.scroller = scroller;
    this.source = source;
    this.told = told;
    this.#room.className = 'log-room';
    this.#layer.className = 'log-layer';
    scroller.append(this.#room, this.#layer);
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true, signal });
    scroller.addEventListener('wheel', event => this.#wheel(event), { passive: false, signal });
    scroller.addEventListener('keydown', event => this.#key(event), { signal });
    document.addEventListener('selectionchange', () => this.#selected(), { signal });
    const sizes = new ResizeObserver(() => this.changed());
    sizes.observe(scroller);
    signal.addEventListener('abort', () => sizes.disconnect());
  }

  /** Draws with the next frame. */
  changed() {
    if (!this.#isQueued) {
      this.#isQueued = true;
      requestAnimationFrame(() => {
        this.#isQueued = false;
        this.#draw();
      });
    }
  }

  /** @param {boolean} isFollowing */
  follow(isFollowing) {
    if (this.isFollowing !== isFollowing) {
      this.isFollowing = isFollowing;
      this.told.moved();
    }
    this.changed();
  }

  /** Shows a line some lines below the top. @param {number} index */
  goTo(index) {
    this.isFollowing = false;
    this.top = Math.max(0, index - 10);
    this.told.moved();
    this.changed();
  }

  /** The lines in sight, by their places. @returns {{first: number, last: number}} */
  get sight() {
    return { first: Math.floor(this.top), last: Math.min(this.source.count() - 1, Math.floor(this.top + this.#visible)) };
  }

  /** The rows that are in the page. @returns {readonly LogRow[]} */
  get rows() {
    return this.#rows;
  }

  /** The row at a height of the window; the last one when there is none below. @param {number} y @returns {HTMLElement | undefined} */
  rowAt(y) {
    return (this.#rows.find(row => row.element.getBoundingClientRect().bottom > y) ?? this.#rows.at(-1))?.element;
  }

  get #visible() {
    return this.scroller.clientHeight / ROW;
  }

  get #isScaled() {
    return this.isWrapped || this.source.count() * ROW > MOST_PIXELS;
  }

  get #maxTop() {
    return Math.max(0, this.source.count() - (this.isWrapped ? 1 : this.#visible));
  }

  get #roomHeight() {
    return Math.min(this.source.count() * ROW, MOST_PIXELS);
  }

  #scrolled() {
    const at = this.scroller.scrollTop;
    if (Math.abs(at - this.#expected) < 2) {
      return;
    }
    if (this.scroller.clientHeight !== this.#height) {
      this.changed(); // the browser has moved it because the window has another size, not the reader
      return;
    }
    if (Math.abs(at - this.#expected) > this.scroller.clientHeight) {
      this.told.dragged();
    }
    if (this.#isScaled) {
      this.top = (at / Math.max(1, this.#roomHeight - this.scroller.clientHeight)) * this.#maxTop;
      this.follow(false);
    } else {
      this.top = at / ROW;
      if (this.top < this.#maxTop - 0.5) {
        this.follow(false);
      }
    }
    this.#expected = at;
    this.changed();
    this.told.moved();
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    if (event.deltaY < 0 && !event.ctrlKey) {
      this.follow(false);
    }
    if (this.#isScaled && !event.ctrlKey && Math.abs(event.deltaY) > Math.abs(event.deltaX)) {
      event.preventDefault();
      this.moveBy(event.deltaMode === 1 ? event.deltaY * ROW : event.deltaY);
    }
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.target !== this.scroller || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const page = this.scroller.clientHeight - 2 * ROW;
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowDown: () => this.moveBy(ROW),
      ArrowUp: () => this.moveBy(-ROW),
      PageDown: () => this.moveBy(page),
      PageUp: () => this.moveBy(-page),
      Home: () => this.goTo(0),
      End: () => this.follow(true),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  }

  /** Selecting holds the lines still. */
  #selected() {
    const selection = getSelection();
    if (this.isFollowing && selection && !selection.isCollapsed && this.scroller.contains(selection.anchorNode)) {
      this.follow(false);
    }
  }

  /** Moves by true pixels. @param {number} pixels */
  moveBy(pixels) {
    if (pixels < 0) {
      this.follow(false);
    }
    if (!this.isWrapped) {
      this.top += pixels / ROW;
    } else {
      let left = pixels;
      while (Math.abs(left) > 0.5) {
        const height = this.#heightOf(Math.floor(this.top));
        const part = this.top - Math.floor(this.top);
        const reach = left > 0 ? (1 - part) * height : part * height || this.#heightOf(Math.floor(this.top) - 1);
        const step = Math.min(Math.abs(left), reach || ROW);
        const base = left < 0 && part === 0 ? this.#heightOf(Math.floor(this.top) - 1) : height;
        this.top += (Math.sign(left) * step) / base;
        left -= Math.sign(left) * step;
        if (this.top <= 0 || this.top >= this.#maxTop) {
          break;
        }
      }
    }
    this.top = Math.max(0, Math.min(this.top, this.#maxTop));
    this.changed();
    this.told.moved();
  }

  /** @param {number} index */
  #heightOf(index) {
    return this.#rows[index - this.#first]?.element.offsetHeight || ROW;
  }

  #draw() {
    const count = this.source.count();
    this.#room.style.setProperty('height', this.#roomHeight + 'px');
    this.#layer.classList.toggle('wrapped', this.isWrapped);
    const before = this.top;
    if (this.isFollowing) {
      this.top = this.#maxTop;
    }
    this.top = Math.max(0, Math.min(this.top, this.#maxTop));
    if (this.top !== before) {
      this.told.moved(); // what stands below the lines was drawn before
    }
    const rows = Math.ceil(this.#visible) + 2 * LEAD;
    const first = Math.max(0, Math.min(Math.floor(this.top) - LEAD, count - rows));
    this.#mount(first, Math.min(rows, count - first));
    this.#place(count);
    this.#height = this.scroller.clientHeight;
    this.told.drawn();
  }

  /** @param {number} first @param {number} number */
  #mount(first, number) {
    while (this.#rows.length < number) {
      const row = new LogRow();
      this.#rows.push(row);
      this.#layer.append(row.element);
    }
    while (this.#rows.length > number) {
      this.#rows.pop()?.element.remove();
    }
    const moved = first - this.#first;
    if (moved > 0 && moved < number) {
      const gone = this.#rows.splice(0, moved);
      this.#rows.push(...gone);
      this.#layer.append(...gone.map(row => row.element));
    } else if (moved < 0 && -moved < number) {
      const gone = this.#rows.splice(number + moved);
      this.#rows.unshift(...gone);
      this.#layer.prepend(...gone.map(row => row.element));
    }
    this.#first = first;
    this.#rows.forEach((row, at) => {
      const sequence = this.source.sequence(first + at);
      row.draw(sequence, this.source.line(first + at), this.look, sequence <= this.droppedTo, this.source.before(first + at), this.source.kind(first + at));
    });
  }

  /** @param {number} count */
  #place(count) {
    const height = this.scroller.clientHeight;
    if (!this.#isScaled) {
      this.#layer.style.setProperty('transform', 'translateY(' + this.#first * ROW + 'px)');
      this.#scrollTo(this.top * ROW);
      return;
    }
    const share = count * ROW > height ? (this.top / Math.max(1, this.#maxTop)) * (this.#roomHeight - height) : 0;
    this.#scrollTo(share);
    const at = this.scroller.scrollTop;
    if (this.isWrapped && this.isFollowing) {
      this.#layer.style.setProperty('transform', 'translateY(' + (at + Math.min(0, height - this.#layer.offsetHeight)) + 'px)');
      return;
    }
    const index = Math.floor(this.top) - this.#first;
    const row = this.#rows[index]?.element;
    const above = this.isWrapped && row ? row.offsetTop + (this.top - Math.floor(this.top)) * row.offsetHeight : (this.top - this.#first) * ROW;
    this.#layer.style.setProperty('transform', 'translateY(' + (at - above) + 'px)');
  }

  /** @param {number} at */
  #scrollTo(at) {
    if (Math.abs(this.scroller.scrollTop - at) >= 1) {
      this.scroller.scrollTop = at;
    }
    this.#expected = this.scroller.scrollTop;
  }
}
