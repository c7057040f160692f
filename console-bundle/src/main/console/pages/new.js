/** New job. */

import { html } from '../lib/lit-html/lit-html.js';
import { empty } from '../design/states.js';
import { Page } from './page.js';

export default class extends Page {
  render() {
    return html`<div class="page-head"><h1>New job</h1></div>${empty('This page is being built')}`;
  }
}
