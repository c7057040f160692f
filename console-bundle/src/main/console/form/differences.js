/** The lines in which two texts differ. */

/** Beyond so many pairs of lines the middle is taken as replaced. */
const MOST_PAIRS = 4_000_000;

/** @typedef {{sign: ' ' | '+' | '-', text: string, at: number}} Line */

/** @param {string[]} before @param {string[]} after @returns {Line[]} */
export function differences(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) {
    head++;
  }
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) {
    tail++;
  }
  const old = before.slice(head, before.length - tail);
  const young = after.slice(head, after.length - tail);
  const middle = old.length * young.length > MOST_PAIRS ? replaced(old, young, head) : aligned(old, young, head);
  return [...before.slice(0, head).map((text, index) => same(text, index + 1)), ...middle, ...before.slice(before.length - tail).map((text, index) => same(text, after.length - tail + index + 1))];
}

/** @param {string} text @param {number} at @returns {Line} */
function same(text, at) {
  return { sign: ' ', text, at };
}

/** @param {string[]} old @param {string[]} young @param {number} head @returns {Line[]} */
function replaced(old, young, head) {
  return [...old.map((text, index) => /** @type {Line} */ ({ sign: '-', text, at: head + index + 1 })), ...young.map((text, index) => /** @type {Line} */ ({ sign: '+', text, at: head + index + 1 }))];
}

/** By the longest common subsequence. @param {string[]} old @param {string[]} young @param {number} head @returns {Line[]} */
function aligned(old, young, head) {
  const width = young.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = young.length - 1; j >= 0; j--) {
      lengths[i * width + j] = old[i] === young[j] ? lengths[(i + 1) * width + j + 1] + 1 : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  /** @type {Line[]} */
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < young.length) {
    if (i < old.length && j < young.length && old[i] === young[j]) {
      lines.push(same(young[j], head + j + 1));
      i++;
      j++;
    } else if (j >= young.length || (i < old.length && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])) {
      lines.push({ sign: '-', text: old[i], at: head + i + 1 });
      i++;
    } else {
      lines.push({ sign: '+', text: young[j], at: head + j + 1 });
      j++;
    }
  }
  return lines;
}
