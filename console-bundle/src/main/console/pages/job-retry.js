/** Runs a job again in another way: from one of its tasks, or with other inputs. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live } from '../lib/lit-html/directives/live.js';
import { post } from '../core/api.js';
import { parse, pretty } from '../core/json.js';
import { asProblem } from '../core/view.js';
import { openDialog } from '../design/dialog.js';
import { prose } from '../design/prose.js';
import { toast } from '../design/toast.js';

/** @param {any} job @returns {Promise<string | undefined>} the new job */
export function askToRetry(job) {
  let task = Math.min(job.failure?.task_index ?? 0, job.tasks.length - 1);
  let text = pretty(job.tasks[task].data);
  let isBusy = false;
  let problem = /** @type {{message: string, remedy: string} | null} */ (null);
  return openDialog(
    (close, redraw) => {
      const choose = (/** @type {number} */ chosen) => { task = chosen; text = pretty(job.tasks[chosen].data); redraw(); };
      const start = async () => {
        problem = null;
        const { changed, wrong } = changes(text, job.tasks[task].data);
        if (wrong) {
          problem = { message: wrong, remedy: '' };
          redraw();
          return;
        }
        isBusy = true;
        redraw();
        try {
          const started = await post('/jobs/' + job.id + '/retry', { ...(task > 0 ? { from_task: task } : {}), ...(Object.keys(changed).length > 0 ? { inputs: changed } : {}) });
          toast('A new job was started.');
          close(started.id);
        } catch (failure) {
          problem = asProblem(failure);
          isBusy = false;
          redraw();
        }
      };
      const isChanged = text !== pretty(job.tasks[task].data);
      return html`<div class="head"><h2>Retry ${job.job_title}</h2></div>
        <div class="body">
          ${job.tasks.length > 1 ? html`<div class="field"><label for="from-task">From task</label><select id="from-task" @change=${(/** @type {any} */ event) => choose(Number(event.target.value))}>${job.tasks.map((/** @type {any} */ each, /** @type {number} */ index) => html`<option value=${index} .selected=${index === task}>${index + 1} ${each.module}${index === job.failure?.task_index ? ' (failed here)' : ''}</option>`)}</select><p class="hint">The tasks before it are not run again.</p></div>` : nothing}
          <div class="field"><label for="retry-inputs">Inputs${isChanged ? ' (changed)' : ''}</label>
            <textarea id="retry-inputs" class="code-input" rows="12" spellcheck="false" .value=${live(text)} @input=${(/** @type {any} */ event) => { text = event.target.value; redraw(); }}></textarea>
            <p class="hint">Only what you change is sent. Secrets are masked here; one that you leave alone stays as it was.</p></div>
          ${problem ? html`<p class="trouble" role="alert">${problem.message} ${prose(problem.remedy)}</p>` : nothing}
        </div>
        <div class="foot"><button class="button first" type="button" ?disabled=${isBusy} @click=${start}>${isBusy ? 'Starting …' : 'Start new job'}</button><button class="button" type="button" @click=${() => close()}>Cancel</button></div>`;
    },
    { label: 'Retry ' + job.job_title, kind: 'wide' },
  );
}

/** The fields that a text of JSON changes: only these are sent, so that a masked secret never is. @param {string} text @param {Record<string, any>} before @returns {{changed: Record<string, any>, wrong: string}} */
function changes(text, before) {
  try {
    const after = parse(text);
    if (!after || typeof after !== 'object' || Array.isArray(after)) {
      return { changed: {}, wrong: 'The inputs are an object in braces.' };
    }
    const gone = Object.keys(before).filter(name => !(name in after));
    const changed = Object.fromEntries(Object.entries(after).filter(([name, value]) => pretty(value) !== pretty(before[name])));
    return { changed, wrong: gone.length > 0 ? 'A retry keeps what is not given: ' + gone.join(', ') + ' cannot be left out, only changed.' : '' };
  } catch (failure) {
    return { changed: {}, wrong: 'This is not JSON: ' + (failure instanceof Error ? failure.message : '') };
  }
}
