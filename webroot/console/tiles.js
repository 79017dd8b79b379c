// The strip of figures on top.

import { LIVE } from './cluster.js';
import { byId, el, setText } from './dom.js';
import { count, rate } from './format.js';
import { sparkline } from './sparkline.js';

function tile(id, label, withSpark) {
  const value = el('dd', { id: `tile-${id}` }, '–');
  const note = el('dd', { class: 'note' });
  const spark = withSpark ? sparkline() : null;
  byId('tiles').append(
    el(
      'div',
      { data: { tile: id } },
      el('dt', {}, label),
      value,
      withSpark ? el('dd', { class: 'spark-cell' }, spark) : note,
    ),
  );
  return { value, note, spark };
}

const tiles = {
  nodes: tile('nodes', 'Nodes'),
  exchanges: tile('exchanges', 'Exchanges'),
  workers: tile('workers', 'Workers'),
  requests: tile('requests', 'Requests', true),
  events: tile('events', 'Published', true),
  lost: tile('lost', 'Failing', true),
};

export function showTiles({ nodes, exchanges, totals }) {
  if (nodes) {
    const live = nodes.filter((node) => LIVE.has(node.state));
    const ready = live.filter((node) => node.state === 'ready').length;
    setText(tiles.nodes.value, count(live.length));
    setText(tiles.nodes.note, ready === live.length ? 'all ready' : `${ready} ready`);
    const lost = nodes.length - live.length;
    tiles.nodes.value.parentElement.dataset.tone = lost || ready < live.length ? 'warn' : 'good';
    if (lost) {
      setText(tiles.nodes.note, `${ready} ready, ${lost} gone`);
    }
  }
  if (exchanges) {
    const attached = exchanges.flatMap((exchange) => exchange.attached);
    const kinds = new Set(exchanges.map((exchange) => exchange.kind)).size;
    setText(tiles.exchanges.value, count(exchanges.length));
    setText(tiles.exchanges.note, `of ${kinds === 1 ? '1 kind' : `${kinds} kinds`}`);
    setText(tiles.workers.value, count(attached.reduce((n, entry) => n + entry.workers, 0)));
    setText(
      tiles.workers.note,
      `${count(attached.reduce((n, entry) => n + entry.subscribers, 0))} subscribed`,
    );
    for (const name of ['requests', 'events', 'lost']) {
      setText(tiles[name].value, rate(totals[name].rate));
      tiles[name].spark.draw(totals[name].points);
    }
    tiles.lost.value.parentElement.dataset.tone = totals.lost.rate > 0 ? 'bad' : 'good';
  }
}
