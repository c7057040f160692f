/** The jobs that run now, kept by the events. */

export class RunningJobs {
  /** @type {Map<string, any>} */
  #jobs = new Map();
  /** The number of all of them, more than are kept. */
  total = 0;

  /** @param {() => void} changed */
  constructor(changed) {
    this.changed = changed;
  }

  /** @param {any[]} jobs @param {number} total */
  replace(jobs, total) {
    this.#jobs = new Map(jobs.map(job => [job.id, job]));
    this.total = Math.max(total, jobs.length);
  }

  /** @param {any[]} events */
  take(events) {
    for (const event of events) {
      const isKnown = this.#jobs.has(event.id);
      if (event.status === 'running' && event.change !== 'removed') {
        this.total += !isKnown && event.change === 'started' ? 1 : 0;
        if (isKnown || this.#jobs.size < 100) {
          this.#jobs.set(event.id, event);
        }
      } else if (isKnown) {
        this.#jobs.delete(event.id);
        this.total = Math.max(this.#jobs.size, this.total - 1);
      } else if (event.change === 'ended' && event.started_at && this.total > this.#jobs.size) {
        this.total--;
      }
    }
    this.total = Math.max(this.total, this.#jobs.size);
  }

  /** Those that have run for the longest time: their order changes least. @param {number} most */
  rows(most) {
    return [...this.#jobs.values()].sort((a, b) => (a.started_at ?? '').localeCompare(b.started_at ?? '')).slice(0, most);
  }
}
