/** Copies a text. Pages that came by plain HTTP have no clipboard, so the old way stands behind it. */

import { toast } from '../design/toast.js';

/** @param {string} text @param {string} [what] says what was copied */
export async function copy(text, what = 'Copied') {
  if ((await byClipboard(text)) || byCommand(text)) {
    toast(what);
  } else {
    toast('The browser lets nothing be copied here; select the text and press Ctrl+C.', 'failed');
  }
}

/** @param {string} text */
async function byClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} text */
function byCommand(text) {
  const field = document.createElement('textarea');
  const focused = document.activeElement;
  field.value = text;
  field.className = 'away';
  field.setAttribute('aria-hidden', 'true');
  (document.querySelector('dialog[open]:last-of-type') ?? document.body).append(field);
  field.select();
  try {
    return document.execCommand('copy');
  } catch {
    return false;
  } finally {
    field.remove();
    if (focused instanceof HTMLElement) {
      focused.focus();
    }
  }
}

/** Hands the reader a file. @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const anchor = document.createElement('a');
  anchor.href = URL.createObjectURL(blob);
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 60_000);
}
