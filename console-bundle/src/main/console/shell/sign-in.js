/** The sign-in, over the page on which somebody was: nothing of it is lost. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { SERVER } from '../core/root.js';
import { session } from '../core/session.js';
import { asProblem } from '../core/view.js';
import { openDialog } from '../design/dialog.js';
import { prose } from '../design/prose.js';

/** Asks for a token until the session holds. */
export async function askToSignIn() {
  const focused = document.activeElement;
  let isBusy = false;
  let problem = /** @type {import('../core/api.js').Problem | null} */ (null);
  const issuer = await hasIssuer();
  if (!session.isOver) {
    return;
  }
  let isDrawn = false;
  await openDialog(
    (close, redraw) => {
      if (!isDrawn) {
        isDrawn = true;
        session.addEventListener('signed-in', () => close(true), { once: true }); // also in another tab
      }
      const signIn = async (/** @type {SubmitEvent} */ event) => {
        event.preventDefault();
        const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem('token'));
        isBusy = true;
        problem = null;
        redraw();
        try {
          await session.signIn({ token: field.value.trim() });
          field.value = '';
          close(true);
        } catch (failure) {
          problem = asProblem(failure);
          isBusy = false;
          redraw();
        }
      };
      return html`<form @submit=${signIn}>
        <div class="head"><h2>Sign in to Pawl</h2></div>
        <div class="body">
          <div class="field">
            <input class="away" type="text" name="username" autocomplete="username" value="Pawl" tabindex="-1" aria-hidden="true" readonly>
            <label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="current-password" required spellcheck="false" autofocus aria-invalid=${problem ? 'true' : nothing} aria-describedby="token-hint">
            <p class="hint" id="token-hint">On the machine of the server, <code>pawl open --browser</code> signs a browser in without one.</p>
          </div>
          ${problem ? html`<p class="trouble" role="alert">${problem.message} ${prose(problem.remedy)}</p>` : nothing}
          ${issuer ? html`<p><a href=${new URL('session/oidc?return_to=' + encodeURIComponent(location.pathname + location.search), SERVER).href}>Sign in with your organisation's account</a></p>` : nothing}
        </div>
        <div class="foot"><button class="button first" ?disabled=${isBusy}>${isBusy ? 'Signing in …' : 'Sign in'}</button></div>
      </form>`;
    },
    { label: 'Sign in to Pawl' },
  );
  if (focused instanceof HTMLElement && focused.isConnected) {
    focused.focus();
  }
}

/** Whether people can sign in elsewhere: the server's own page of it says so. */
async function hasIssuer() {
  try {
    const page = await (await fetch(new URL('session', SERVER))).text();
    return page.includes('session/oidc');
  } catch {
    return false;
  }
}
