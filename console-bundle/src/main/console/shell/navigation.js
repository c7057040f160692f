/** The way to each page that a person may open. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { link, router } from '../core/router.js';
import { SERVER } from '../core/root.js';
import { session } from '../core/session.js';
import { icon } from '../design/icon.js';
import { openDialog } from '../design/dialog.js';
import { pages } from '../pages/index.js';

/** @param {() => void} [followed] called when a person has chosen one */
export function navigation(followed = () => {}) {
  const first = router.place.segments[0] ?? '';
  let heading = '';
  const ways = pages
    .filter(page => page.icon && session.may(page.role ?? 'viewer'))
    .map(page => {
      const isNew = page.heading && page.heading !== heading;
      heading = page.heading ?? '';
      return html`${isNew ? html`<p class="heading">${page.heading}</p>` : nothing}
        <a class=${page.low ? 'low' : ''} href=${link(page.path)} aria-current=${page.path === first ? 'page' : nothing} @click=${followed}>${icon(page.icon ?? '')}${page.title}</a>`;
    });
  return [...ways, html`<a href=${new URL('manual/', SERVER).href}>${icon('help')}Manual</a>`];
}

/** Opens the navigation over the page, where there is no room beside it. */
export function openDrawer() {
  openDialog(close => html`<nav aria-label="Pages">${navigation(() => close())}</nav>`, { label: 'Pages', kind: 'drawer' });
}
