/** Sets single properties of an element's style, which a Content-Security-Policy without inline styles allows. */

import { nothing } from '../lib/lit-html/lit-html.js';
import { Directive, directive } from '../lib/lit-html/directive.js';

class Css extends Directive {
  /** @param {Record<string, string>} properties */
  render(properties) {
    return nothing;
  }

  /** @param {any} part @param {[Record<string, string>]} values */
  update(part, [properties]) {
    for (const [name, value] of Object.entries(properties)) {
      if (part.element.style.getPropertyValue(name) !== value) {
        part.element.style.setProperty(name, value);
      }
    }
    return nothing;
  }
}

/** Used inside of a tag: html`<div ${css({ width: '40%' })}>`. */
export const css = directive(Css);
