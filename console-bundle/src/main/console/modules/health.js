/** What is wrong with a module: what it lacks, what it left in memory, and the threads that it left behind. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { copy } from '../core/copy.js';
import { plural, shortId } from '../core/format.js';
import { link } from '../core/router.js';
import { session } from '../core/session.js';
import { ago } from '../core/time.js';
import { icon, statusOf } from '../design/icon.js';

/** How many things are wrong. @param {any} module */
export function ailments(module) {
  return module.leaks.length + Math.max(module.abandoned_threads, module.lingering_threads.length) + lacks(module).length + (module.component?.failure ? 1 : 0);
}

/** @param {any} module */
export function health(module) {
  const component = module.component;
  const missing = lacks(module);
  return html`
    ${ailments(module) === 0 ? html`<p>Nothing is missing, no version stays in memory, and no thread was left behind.</p>` : nothing}
    ${missing.length > 0 ? html`<section class="card"><header><h2>What it waits for</h2></header><div class="inside"><ul class="stack">${missing}</ul></div></section>` : nothing}
    ${component?.failure ? html`<section class="card"><header><h2>Its start failed</h2></header><div class="inside"><pre tabindex="0">${component.failure}</pre></div></section>` : nothing}
    ${threads(module)}
    ${module.leaks.length > 0 ? html`<section class="card"><header><h2>Versions that stay in memory</h2></header><div class="inside"><ul class="stack">${module.leaks.map((/** @type {any} */ leak) => html`<li><strong class="num">${leak.version}</strong>, gone ${ago(leak.gone_at)}<ul class="fates">${leak.holders.length === 0 ? html`<li class="muted">What holds it is not known yet.</li>` : leak.holders.map((/** @type {string} */ each) => html`<li class="mono">${each}</li>`)}</ul></li>`)}</ul></div></section>` : nothing}
    <section class="card"><header><h2>Component</h2></header><div class="inside">${component ? html`<dl class="facts"><dt>Class</dt><dd class="mono">${component.name}</dd><dt>State</dt><dd>${component.state}</dd><dt>Bundle</dt><dd>${module.bundle_state}</dd>${component.references.map((/** @type {any} */ each) => html`<dt>${each.satisfied ? 'Has' : 'Lacks'}</dt><dd class="mono">${each.service}</dd>`)}${component.configuration.map((/** @type {any} */ each) => html`<dt>Configuration</dt><dd><code>${each.pid}</code> ${each.present ? 'is there' : each.required ? 'is missing' : 'is not set'}</dd>`)}</dl>` : html`<p class="muted">The bundle is ${module.bundle_state}; it has no component now.</p>`}</div></section>`;
}

/** What keeps it from being ready, a line each. @param {any} module */
function lacks(module) {
  const services = (module.component?.references ?? []).filter((/** @type {any} */ each) => !each.satisfied);
  const configurations = (module.component?.configuration ?? []).filter((/** @type {any} */ each) => each.required && !each.present);
  return [
    ...services.map((/** @type {any} */ each) => html`<li>A service <code>${each.service}</code>${each.target ? html` that matches <code>${each.target}</code>` : nothing}, for its reference <strong>${each.name}</strong>. The bundle that offers it is not installed, or not started.</li>`),
    ...configurations.map((/** @type {any} */ each) => html`<li>A configuration <code>${each.pid}</code>.</li>`),
  ];
}

/** @param {any} module */
function threads(module) {
  const list = module.lingering_threads;
  if (module.abandoned_threads === 0 && list.length === 0) {
    return nothing;
  }
  return html`<section class="card"><header><h2>Threads left behind</h2></header><div class="inside stack">
    <p class="muted">They can write nothing into a job any more, but keep their memory, and a core when they spin; only a restart of the server ends them.</p>
    ${list.length > 0 ? html`<ul class="stack">${list.map(thread)}</ul>` : html`<p>${plural(module.abandoned_threads, 'thread')}${session.may('operator') ? nothing : '; operators see where they are'}.</p>`}</div></section>`;
}

/** @param {any} each */
function thread(each) {
  const text = each.stack.map((/** @type {string} */ call) => 'at ' + call).join('\n');
  return html`<li><details><summary><strong class="mono">${each.name}</strong> ${statusOf('warning', each.kind)} <span class="muted">${each.state.replaceAll('_', ' ')}</span></summary>
    ${each.stack.length > 0 ? html`<pre class="stack-text" tabindex="0">${text}</pre>` : html`<p class="muted">It runs no code of Java now.</p>`}
    <div class="line small">${each.job_id ? html`<span>Started by job <a class="mono" href=${link('jobs/' + each.job_id)}>${shortId(each.job_id)}</a></span>` : nothing}<button class="button mini quiet" type="button" @click=${() => copy(each.name + '\n' + text, 'The stack was copied.')}>${icon('copy')}Copy the stack</button></div></details></li>`;
}
