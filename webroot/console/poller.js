// Looks at the cluster once a second while the page is visible.

import { json, Problem, Unreachable } from './api.js';

const EVERY_MS = 1_000;
const LIMIT_MS = 5_000;
const PATHS = { nodes: '/nodes?all=true', exchanges: '/exchanges', verticles: '/verticles' };

/** A part of a look that is not a list is as good as an answer that never came. */
async function list(path) {
  const answer = await json(path, LIMIT_MS);
  if (!Array.isArray(answer)) {
    throw new Problem(200, { title: `${path} did not answer with a list` });
  }
  return answer;
}

/**
 * Calls `look` with { nodes, exchanges, verticles, errors }, where a part that failed is null and
 * its error is in `errors`; calls `unreachable` when the node did not answer at all.
 */
export class Poller {
  #look;
  #unreachable;
  #timer = null;
  #running = false;
  #stopped = false;

  constructor({ look, unreachable }) {
    this.#look = look;
    this.#unreachable = unreachable;
  }

  start() {
    document.addEventListener('visibilitychange', () => this.now());
    this.now();
  }

  /** Looks at once, unless the page is hidden or a look is under way. */
  now() {
    clearTimeout(this.#timer);
    if (!this.#running && !this.#stopped && !document.hidden) {
      this.#run();
    }
  }

  /** Waits for `now` after `resume`: there is no point in asking without a token. */
  hold() {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  resume() {
    this.#stopped = false;
    this.now();
  }

  async #run() {
    this.#running = true;
    const began = performance.now();
    try {
      const names = Object.keys(PATHS);
      const results = await Promise.allSettled(names.map((name) => list(PATHS[name])));
      const errors = {};
      const parts = {};
      results.forEach((result, i) => {
        parts[names[i]] = result.value ?? null;
        if (result.reason) {
          errors[names[i]] = result.reason;
        }
      });
      if (results.every((result) => result.reason instanceof Unreachable)) {
        this.#unreachable();
      } else {
        this.#look({ ...parts, errors });
      }
    } finally {
      this.#running = false;
      if (!this.#stopped && !document.hidden) {
        // A cluster so large that listing it takes long is not asked more often than it can bear.
        const spent = performance.now() - began;
        this.#timer = setTimeout(() => this.now(), Math.max(EVERY_MS - spent, spent * 2, 100));
      }
    }
  }
}
