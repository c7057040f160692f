/** The text of measurements, as far as a page shows some of them. */

/** @typedef {{labels: string, value: number}} Sample */

/** The samples by name. @param {string} text @returns {Map<string, Sample[]>} */
export function gauges(text) {
  /** @type {Map<string, Sample[]>} */
  const found = new Map();
  for (const line of text.split('\n')) {
    const sample = /^([a-zA-Z_:][\w:]*)(\{.*\})? (\S+)/.exec(line);
    if (sample) {
      const list = found.get(sample[1]) ?? [];
      list.push({ labels: sample[2] ?? '', value: Number(sample[3]) });
      found.set(sample[1], list);
    }
  }
  return found;
}

/** The sum of a measurement over its labels; undefined when it is not there. @param {Map<string, Sample[]>} found @param {string} name */
export function sum(found, name) {
  return found.get(name)?.reduce((all, each) => all + each.value, 0);
}
