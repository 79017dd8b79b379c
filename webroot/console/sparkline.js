// A small line of the last minute. Decoration: the figure beside it says the same in words.

import { setAttribute, svg } from './dom.js';

const WIDTH = 96;
const HEIGHT = 24;
const POINTS = 60;

export function sparkline() {
  const area = svg('path', { class: 'spark-area' });
  const line = svg('path', { class: 'spark-line' });
  const element = svg(
    'svg',
    {
      class: 'spark',
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      'aria-hidden': 'true',
      focusable: 'false',
    },
    area,
    line,
  );

  element.draw = (points) => {
    if (points.length < 2) {
      setAttribute(line, 'd', '');
      setAttribute(area, 'd', '');
      return;
    }
    const top = Math.max(1, ...points);
    const step = WIDTH / (POINTS - 1);
    const from = WIDTH - (points.length - 1) * step;
    const path = points
      .map((value, i) => {
        const y = HEIGHT - 1.5 - (value / top) * (HEIGHT - 4);
        return `${(from + i * step).toFixed(1)} ${y.toFixed(1)}`;
      })
      .join('L');
    setAttribute(line, 'd', `M${path}`);
    setAttribute(area, 'd', `M${from.toFixed(1)} ${HEIGHT}L${path}L${WIDTH} ${HEIGHT}Z`);
  };
  return element;
}
