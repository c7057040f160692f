/** Runs a job again in another way: from one of its tasks, or with other inputs. */

import { html, nothing } from '../lib/lit-html/lit-html.js';
import { live } from '../lib/lit-html/directives/live.js';
import { post } from '../core/api.js';
import { pretty } from '../core/json.js';
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
        const wrong = fault(text);
        if (wrong) {
          problem = { message: wrong, remedy: '' };
          redraw();
          return;
        }
        isBusy = true;
        redraw();
        try {
          const isChanged = text !== pretty(job.tasks[task].data);
          const body = '{' + [task > 0 ? '"from_task":' + task : '', isChanged ? '"inputs":' + text : ''].filter(Boolean).join(',') + '}';
          const started = await post('/jobs/' + job.id + '/retry', body);
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
            <p class="hint">Secrets are masked here; a value that you leave alone is the one of the old job.</p></div>
          ${problem ? html`<p class="trouble" role="alert">${problem.message} ${prose(problem.remedy)}</p>` : nothing}
        </div>
        <div class="foot"><button class="button first" type="button" ?disabled=${isBusy} @click=${start}>${isBusy ? 'Starting …' : 'Start new job'}</button><button class="button" type="button" @click=${() => close()}>Cancel</button></div>`;
    },
    { label: 'Retry ' + job.job_title, kind: 'wide' },
  );
}

/** What is wrong with a text of JSON; the text itself is sent, so that numbers keep their digits. @param {string} text */
function fault(text) {
  try {
    const value = JSON.parse(text);
    return value && typeof value === 'object' && !Array.isArray(value) ? '' : 'The inputs are an object in braces.';
  } catch (failure) {
    return 'This is not JSON: ' + (failure instanceof Error ? failure.message : '');
  }
}
