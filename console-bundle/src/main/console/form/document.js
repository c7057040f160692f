/** JSON as a person edits it: the order of fields and every digit of a number stay as they are written. */

/** A number by its text. */
export class Num {
  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }
}

/** @typedef {null | boolean | string | Num | any[] | Map<string, any>} Node */

/** A text that is no JSON, with the place of the fault. */
export class Unreadable extends Error {
  /** @param {string} what @param {string} text @param {number} at */
  constructor(what, text, at) {
    const before = text.slice(0, at).split('\n');
    super(what + ' in line ' + before.length + ', column ' + ((before.at(-1) ?? '').length + 1) + '.');
    this.line = before.length;
    this.at = at;
  }
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const SPACE = /[ \t\r\n]*/y;
const DEEPEST = 200;

/** Reads a text; a fault is an Unreadable. @param {string} text @returns {Node} */
export function parse(text) {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.space();
  if (reader.at < text.length) {
    throw reader.fault('There is more after the end of the value');
  }
  return value;
}

class Reader {
  at = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
  }

  /** @param {string} what */
  fault(what) {
    return new Unreadable(this.at >= this.text.length ? 'The text ends too early' : what, this.text, this.at);
  }

  /** @param {RegExp} pattern */
  take(pattern) {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) {
      this.at += found[0].length;
    }
    return found?.[0];
  }

  space() {
    this.take(SPACE);
  }

  /** @param {string} sign */
  skip(sign) {
    this.space();
    if (this.text[this.at] !== sign) {
      return false;
    }
    this.at++;
    return true;
  }

  /** @param {number} depth @returns {Node} */
  value(depth) {
    this.space();
    if (depth > DEEPEST) {
      throw this.fault('The value is nested too deeply');
    }
    if (this.skip('{')) {
      return this.object(depth);
    }
    if (this.skip('[')) {
      return this.list(depth);
    }
    for (const [word, value] of /** @type {[string, boolean | null][]} */ ([['true', true], ['false', false], ['null', null]])) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const string = this.take(STRING);
    if (string !== undefined) {
      return JSON.parse(string);
    }
    const number = this.take(NUMBER);
    if (number !== undefined) {
      return new Num(number);
    }
    throw this.fault('There is no JSON value');
  }

  /** @param {number} depth */
  object(depth) {
    const fields = new Map();
    if (this.skip('}')) {
      return fields;
    }
    do {
      this.space();
      const begin = this.at;
      const name = this.take(STRING);
      if (name === undefined) {
        throw this.fault('A name in double quotes is missing');
      }
      const key = JSON.parse(name);
      if (fields.has(key)) {
        this.at = begin;
        throw this.fault('The name ' + name + ' is there twice');
      }
      if (!this.skip(':')) {
        throw this.fault('A colon is missing');
      }
      fields.set(key, this.value(depth + 1));
    } while (this.skip(','));
    if (!this.skip('}')) {
      throw this.fault('A comma or a closing brace is missing');
    }
    return fields;
  }

  /** @param {number} depth */
  list(depth) {
    /** @type {Node[]} */
    const list = [];
    if (this.skip(']')) {
      return list;
    }
    do {
      list.push(this.value(depth + 1));
    } while (this.skip(','));
    if (!this.skip(']')) {
      throw this.fault('A comma or a closing bracket is missing');
    }
    return list;
  }
}

/** The text of a value, on several lines when there is an indent. @param {Node} value @param {string} [indent] @returns {string} */
export function print(value, indent = '  ') {
  return printed(value, indent, indent === '' ? '' : '\n');
}

/** @param {Node} value @param {string} indent @param {string} margin @returns {string} */
function printed(value, indent, margin) {
  if (value instanceof Num) {
    return value.text;
  }
  const inner = margin + indent;
  if (Array.isArray(value)) {
    return value.length === 0 ? '[]' : '[' + inner + value.map(each => printed(each, indent, inner)).join(',' + (indent ? inner : ' ')) + margin + ']';
  }
  if (value instanceof Map) {
    const fields = [...value].map(([name, each]) => JSON.stringify(name) + ': ' + printed(each, indent, inner));
    return fields.length === 0 ? '{}' : '{' + inner + fields.join(',' + (indent ? inner : ' ')) + margin + '}';
  }
  return JSON.stringify(value);
}

/** @typedef {(string | number)[]} Path */

/** What is at a place; undefined when nothing is. @param {Node | undefined} value @param {Path} path @returns {any} */
export function at(value, path) {
  return path.reduce((/** @type {any} */ within, step) => (within instanceof Map ? within.get(step) : Array.isArray(within) ? within[Number(step)] : undefined), value);
}

/** The same value with another at a place; undefined removes it. What is missing on the way is made. @param {Node | undefined} value @param {Path} path @param {Node | undefined} other @returns {any} */
export function withAt(value, path, other) {
  if (path.length === 0) {
    return other;
  }
  const [step, ...rest] = path;
  if (typeof step === 'number') {
    const list = Array.isArray(value) ? [...value] : [];
    const changed = withAt(list[step], rest, other);
    if (changed === undefined) {
      list.splice(step, 1);
    } else {
      list[step] = changed;
    }
    return list;
  }
  const fields = new Map(value instanceof Map ? value : []);
  const changed = withAt(fields.get(step), rest, other);
  if (changed === undefined) {
    fields.delete(step);
  } else {
    fields.set(step, changed);
  }
  return fields;
}

/** A place as the server writes it, such as `attachments[0].file`. @param {Path} path */
export function written(path) {
  return path.map((step, index) => (typeof step === 'number' ? '[' + step + ']' : (index > 0 ? '.' : '') + step)).join('');
}
