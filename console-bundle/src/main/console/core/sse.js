/** Reads server-sent events from the body of an answer. */

/**
 * @typedef {object} ServerEvent
 * @property {string} name
 * @property {string} data
 */

export class EventReader {
  #buffer = '';
  #name = '';
  /** @type {string[]} */
  #data = [];
  #decoder = new TextDecoder();

  /** The id up to which everything was read. */
  lastId = '';

  /** The events that a piece of the body completes. @param {Uint8Array} piece @returns {ServerEvent[]} */
  take(piece) {
    this.#buffer += this.#decoder.decode(piece, { stream: true });
    const lines = this.#buffer.split(/\r?\n/);
    this.#buffer = lines.pop() ?? '';
    /** @type {ServerEvent[]} */
    const events = [];
    for (const line of lines) {
      this.#line(line, events);
    }
    return events;
  }

  /** @param {string} line @param {ServerEvent[]} events */
  #line(line, events) {
    if (line === '') {
      if (this.#data.length > 0) {
        events.push({ name: this.#name || 'message', data: this.#data.join('\n') });
      }
      this.#name = '';
      this.#data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') {
      this.#name = value;
    } else if (field === 'data') {
      this.#data.push(value);
    } else if (field === 'id') {
      this.lastId = value;
    }
  }
}
