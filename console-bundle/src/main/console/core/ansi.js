/** The colours of terminals in lines of a log. Everything else that a terminal would obey is left out. */

/**
 * @typedef {object} Run
 * @property {string} text
 * @property {string} style classes, such as `ansi-1 bold`
 */

// Sequences with a final letter; those that set a title or a link, to their end; single ones; and the rest of the control characters but tab.
const SEQUENCE = /\u001b\[([\d;:]*)([ -/]*)([@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]|[\u0000-\u0008\u000b-\u001f\u007f\u0080-\u009f]/g;

/** A line as it stands after its last return of the carriage, and how often it was overwritten. @param {string} line @returns {{text: string, times: number}} */
export function lastState(line) {
  let end = line.length;
  while (end > 0 && line[end - 1] === '\r') {
    end--; // an expression would look for the end of the line from each return anew
  }
  const trimmed = line.slice(0, end);
  const at = trimmed.lastIndexOf('\r');
  return at < 0 ? { text: trimmed, times: 1 } : { text: trimmed.slice(at + 1), times: trimmed.split('\r').length };
}

/** A line without any of it. @param {string} line */
export function plain(line) {
  return line.includes('\u001b') || /[\u0000-\u001f\u007f-\u009f]/.test(line) ? line.replace(SEQUENCE, '') : line;
}

/** What a person sees of a line: its last state, without anything that a terminal would obey. @param {string} line */
export function shown(line) {
  return plain(lastState(line).text);
}

/** The look with which a line leaves off, as classes: what it opened and did not close goes on after it. @param {string} line @param {string} [before] that with which it begins */
export function lookAfter(line, before = '') {
  if (!line.includes('\u001b')) {
    return before;
  }
  const reset = Math.max(line.lastIndexOf('\u001b[0m'), line.lastIndexOf('\u001b[m')); // nothing before it matters: a progress bar has thousands of them in a line
  const state = stateOf(reset < 0 ? before : '');
  for (const match of (reset < 0 ? line : line.slice(reset)).matchAll(SEQUENCE)) {
    if (match[3] === 'm') {
      apply(state, match[1]);
    }
  }
  return styleOf(state);
}

/** The parts of a line by their looks. @param {string} line @param {string} [before] the look with which it begins @returns {Run[]} */
export function runs(line, before = '') {
  /** @type {Run[]} */
  const found = [];
  const state = stateOf(before);
  let from = 0;
  const add = (/** @type {number} */ to) => {
    if (to > from) {
      found.push({ text: line.slice(from, to), style: styleOf(state) });
    }
  };
  for (const match of line.matchAll(SEQUENCE)) {
    add(match.index);
    from = match.index + match[0].length;
    if (match[3] === 'm') {
      apply(state, match[1]);
    }
  }
  add(line.length);
  return found;
}

/** @param {string} style */
function stateOf(style) {
  const words = style.split(' ');
  return {
    colour: words.find(word => word.startsWith('ansi-')) ?? '',
    isBold: words.includes('bold'),
    isDim: words.includes('dim'),
    isItalic: words.includes('italic'),
    isUnderlined: words.includes('underlined'),
  };
}

/** @param {{colour: string, isBold: boolean, isDim: boolean, isItalic: boolean, isUnderlined: boolean}} state */
function styleOf(state) {
  return [state.colour, state.isBold ? 'bold' : '', state.isDim ? 'dim' : '', state.isItalic ? 'italic' : '', state.isUnderlined ? 'underlined' : ''].filter(Boolean).join(' ');
}

/** @param {{colour: string, isBold: boolean, isDim: boolean, isItalic: boolean, isUnderlined: boolean}} state @param {string} codes */
function apply(state, codes) {
  const numbers = codes.split(/[;:]/).map(Number);
  for (let at = 0; at < numbers.length; at++) {
    const code = numbers[at];
    if (code === 0) {
      Object.assign(state, { colour: '', isBold: false, isDim: false, isItalic: false, isUnderlined: false });
    } else if (code === 1 || code === 22) {
      state.isBold = code === 1;
      state.isDim &&= code === 1;
    } else if (code === 2) {
      state.isDim = true;
    } else if (code === 3 || code === 23) {
      state.isItalic = code === 3;
    } else if (code === 4 || code === 24) {
      state.isUnderlined = code === 4;
    } else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) {
      state.colour = 'ansi-' + (code % 10);
    } else if (code === 39) {
      state.colour = '';
    } else if (code === 38 || code === 48) {
      const length = numbers[at + 1] === 5 ? 2 : 4;
      if (code === 38) {
        state.colour = 'ansi-' + (numbers[at + 1] === 5 ? of256(numbers[at + 2]) : nearest(numbers[at + 2], numbers[at + 3], numbers[at + 4]));
      }
      at += length;
    }
  }
}

/** One of the eight readable colours for one of 256. @param {number} index */
function of256(index) {
  if (index < 16) {
    return index % 8;
  }
  if (index >= 232) {
    return index < 244 ? 0 : 7;
  }
  const cube = index - 16;
  return nearest(Math.floor(cube / 36) * 51, (Math.floor(cube / 6) % 6) * 51, (cube % 6) * 51);
}

/** One of the eight readable colours for any: backgrounds differ by theme, so none is taken as it is. @param {number} red @param {number} green @param {number} blue */
function nearest(red, green, blue) {
  const most = Math.max(red, green, blue, 1);
  if (most - Math.min(red, green, blue) < 40) {
    return most < 100 ? 0 : 7;
  }
  return (red > most * 0.6 ? 1 : 0) + (green > most * 0.6 ? 2 : 0) + (blue > most * 0.6 ? 4 : 0);
}
