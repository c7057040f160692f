/** What a person has chosen in this browser. Kept as far as the browser keeps anything. */

/** @param {string} name @param {string} otherwise */
export function read(name, otherwise = '') {
  try {
    return localStorage.getItem('pawl.' + name) ?? otherwise;
  } catch {
    return otherwise;
  }
}

/** @param {string} name @param {string} value an empty one removes the choice */
export function write(name, value) {
  try {
    if (value === '') {
      localStorage.removeItem('pawl.' + name);
    } else {
      localStorage.setItem('pawl.' + name, value);
    }
  } catch {
    // it holds until the page is left
  }
}

/** @param {string} name @returns {any[]} */
export function readList(name) {
  try {
    const list = JSON.parse(read(name, '[]'));
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

/** Themes: '' follows the system. @param {string} theme */
export function setTheme(theme) {
  write('theme', theme);
  if (theme) {
    document.documentElement.dataset.theme = theme;
  } else {
    delete document.documentElement.dataset.theme;
  }
}

/** @param {string} density '' or 'compact' */
export function setDensity(density) {
  write('density', density);
  if (density) {
    document.documentElement.dataset.density = density;
  } else {
    delete document.documentElement.dataset.density;
  }
  dispatchEvent(new Event('pawl-density'));
}
