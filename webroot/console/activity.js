// The feed of what happened in the cluster, newest first.

import { byId, el } from './dom.js';
import { time } from './format.js';

const MOST = 200;
const GLYPHS = { good: '▲', bad: '✕', warn: '◆', info: '•' };

const feed = byId('activity');

function row({ tone, subject, text }, at) {
  return el(
    'li',
    { data: { tone } },
    el('time', { datetime: new Date(at).toISOString() }, time(at)),
    el('span', { class: 'glyph', 'aria-hidden': 'true' }, GLYPHS[tone]),
    el('p', {}, el('b', {}, subject), ` ${text}`),
  );
}

/** Adds lines that are in reading order; the oldest beyond the bound are dropped. */
export function report(lines, at) {
  if (lines.length === 0) {
    return;
  }
  feed.querySelector('.empty')?.remove();
  feed.prepend(
    ...lines
      .slice(0, MOST)
      .map((line) => row(line, at))
      .reverse(),
  );
  while (feed.children.length > MOST) {
    feed.lastElementChild.remove();
  }
}

feed.append(el('li', { class: 'empty' }, 'What happens in the cluster is written here.'));
