// Dots that run along the cords: one for a message, up to a few a second and cord.

import { svg } from './dom.js';
import { along } from './layout.js';

const MOST = 120;
const PER_CORD = 6;
const TRAVEL_MS = 900;

const still = matchMedia('(prefers-reduced-motion: reduce)');

export class Pulses {
  #layer;
  #running = [];
  #frame = null;

  constructor(layer) {
    this.#layer = layer;
  }

  /** Sends up to n dots along the curve that `curve()` gives, spread over a second. */
  send(n, kind, curve) {
    if (still.matches || document.hidden) {
      return;
    }
    const dots = Math.min(n, PER_CORD);
    const now = performance.now();
    for (let i = 0; i < dots && this.#running.length < MOST; i++) {
      const starts = now + ((i + Math.random() * 0.8) * 1000) / dots;
      const element = svg('circle', { r: 3, class: `pulse-dot ${kind}`, visibility: 'hidden' });
      this.#layer.append(element);
      this.#running.push({ element, starts, curve });
    }
    this.#frame ??= requestAnimationFrame((time) => this.#step(time));
  }

  #step(now) {
    this.#running = this.#running.filter(({ element, starts, curve }) => {
      const t = (now - starts) / TRAVEL_MS;
      const points = t < 1 ? curve() : null;
      if (!points) {
        element.remove();
        return false;
      }
      if (t >= 0) {
        const eased = t * t * (3 - 2 * t);
        const { x, y } = along(points, eased);
        element.setAttribute('cx', x.toFixed(1));
        element.setAttribute('cy', y.toFixed(1));
        element.setAttribute('visibility', 'visible');
      }
      return true;
    });
    this.#frame = this.#running.length ? requestAnimationFrame((time) => this.#step(time)) : null;
  }
}
