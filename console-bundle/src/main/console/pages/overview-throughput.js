/** The jobs that ended, step by step: read once, then moved on by the events. */

import { get, serverNow } from '../core/api.js';
import { chart } from '../design/chart.js';

export class Throughput {
  #stepMs = 60_000;
  /** @type {{at: number, ended: number, failed: number, run: number | null}[]} */
  #points = [];

  /** @param {'hour' | 'day'} span */
  constructor(span) {
    this.span = span;
  }

  /** @param {AbortSignal} signal */
  async load(signal) {
    const series = await get('/stats/series', { query: { span: this.span }, signal });
    this.#stepMs = series.step_s * 1000;
    this.#points = series.points.map((/** @type {any} */ point) => ({ at: Date.parse(point.at), ended: point.completed + point.failed + point.stopped, failed: point.failed, run: point.run_ms_p50 }));
  }

  /** @param {any[]} events */
  take(events) {
    const ended = events.filter(event => event.change === 'ended');
    if (ended.length > 0) {
      this.#move();
      const last = this.#points.at(-1);
      if (last) {
        last.ended += ended.length;
        last.failed += ended.filter(event => event.status === 'failed').length;
      }
    }
  }

  /** Lets the time pass since it was read. */
  #move() {
    const step = Math.floor(serverNow() / this.#stepMs) * this.#stepMs;
    while (this.#points.length > 0 && (this.#points.at(-1)?.at ?? step) < step) {
      this.#points.shift();
      this.#points.push({ at: (this.#points.at(-1)?.at ?? step) + this.#stepMs, ended: 0, failed: 0, run: null });
    }
  }

  /** Where it begins. */
  get from() {
    return this.#points[0]?.at ?? serverNow();
  }

  sums() {
    this.#move();
    return { ended: this.#points.reduce((sum, point) => sum + point.ended, 0), failed: this.#points.reduce((sum, point) => sum + point.failed, 0) };
  }

  /** The median of the steps' medians, in milliseconds. */
  median() {
    const runs = this.#points.flatMap(point => (point.run === null ? [] : [point.run])).sort((a, b) => a - b);
    return runs.length > 0 ? runs[Math.floor(runs.length / 2)] : null;
  }

  /** @param {string} title */
  draw(title) {
    return chart(this.#points.map(point => ({ at: new Date(point.at).toISOString(), value: point.ended, bad: point.failed })), title + ': jobs that ended, by time', 'ended');
  }
}
