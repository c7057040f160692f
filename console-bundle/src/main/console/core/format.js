/** Numbers and durations as people read them. */

const NUMBER = new Intl.NumberFormat('en-GB');
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} value */
export function number(value) {
  return NUMBER.format(value);
}

/** A count that was not counted to its end. @param {number} value @param {number | null} [cappedAt] */
export function count(value, cappedAt) {
  return cappedAt && value >= cappedAt ? number(cappedAt) + '+' : number(value);
}

/** @param {number} value @param {string} one @param {string} [many] */
export function plural(value, one, many) {
  return number(value) + ' ' + (value === 1 ? one : many ?? one + 's');
}

/** @param {number} bytes */
export function bytes(bytes) {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return (unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)) + ' ' + UNITS[unit];
}

/** A duration by its two greatest units; never negative. @param {number} ms */
export function duration(ms) {
  const whole = Math.max(0, ms);
  if (whole < 1000) {
    return Math.round(whole) + ' ms';
  }
  const s = Math.floor(whole / 1000);
  if (s < 60) {
    return whole < 10_000 ? (whole / 1000).toFixed(1) + ' s' : s + ' s';
  }
  if (s < 3600) {
    return Math.floor(s / 60) + ' min ' + (s % 60) + ' s';
  }
  if (s < 86_400) {
    return Math.floor(s / 3600) + ' h ' + Math.floor((s % 3600) / 60) + ' min';
  }
  return Math.floor(s / 86_400) + ' d ' + Math.floor((s % 86_400) / 3600) + ' h';
}

/** A duration by its greatest unit. @param {number} ms */
export function shortDuration(ms) {
  const s = Math.max(0, Math.round(ms / 1000));
  if (s < 60) {
    return s + ' s';
  }
  if (s < 3600) {
    return Math.floor(s / 60) + ' min';
  }
  return s < 86_400 ? Math.floor(s / 3600) + ' h' : Math.floor(s / 86_400) + ' d';
}

/** The beginning of an id, which is enough to find it again. @param {string} id */
export function shortId(id) {
  return id.slice(0, 8);
}
