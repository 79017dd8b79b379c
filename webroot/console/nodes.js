// The nodes panel: a card per node, the lost ones too.

import { LIVE } from './cluster.js';
import { byId, el, reconcile, setAttribute, setText } from './dom.js';
import { count, duration, rate } from './format.js';

const list = byId('nodes');

function create(node) {
  const parts = {
    name: el('h3', {}, node.name),
    self: el('span', { class: 'badge', title: 'This node serves this page' }, 'this page'),
    state: el('span', { class: 'state' }),
    address: el('dd', { class: 'mono' }),
    http: el('a', { class: 'mono' }),
    version: el('dd', {}),
    since: el('dt', {}),
    uptime: el('dd', {}),
    workers: el('dd', {}),
    handled: el('dd', {}),
  };
  const pair = (label, value) =>
    el('div', {}, typeof label === 'string' ? el('dt', {}, label) : label, value);
  const card = el(
    'li',
    { class: 'node', data: { node: node.name } },
    el(
      'header',
      {},
      el('span', { class: 'dot', 'aria-hidden': 'true' }),
      parts.name,
      parts.self,
      parts.state,
    ),
    el(
      'dl',
      {},
      pair(parts.since, parts.uptime),
      pair('workers', parts.workers),
      pair('handling', parts.handled),
      pair('version', parts.version),
      pair('cluster', parts.address),
      pair('console', el('dd', {}, parts.http)),
    ),
  );
  card.parts = parts;
  return card;
}

function link(anchor, address) {
  const safe = /^https?:\/\//.test(address ?? '');
  if (safe) {
    setAttribute(anchor, 'href', address);
  } else {
    anchor.removeAttribute('href');
  }
  setText(anchor, safe ? address.replace(/^https?:\/\//, '') : '–');
}

function update(card, node, load, at) {
  const { parts } = card;
  const live = LIVE.has(node.state);
  if (card.dataset.state && card.dataset.state !== node.state) {
    const change = live && node.state === 'ready' ? 'arriving' : live ? '' : 'leaving';
    card.classList.remove('arriving', 'leaving');
    if (change) {
      card.classList.add(change);
    }
  }
  card.dataset.state = node.state;
  parts.self.hidden = !node.self;
  setText(parts.state, node.state);
  setText(parts.address, node.address ?? '–');
  setText(parts.version, node.version ?? '–');
  setText(parts.since, live ? 'up' : 'gone for');
  setText(parts.uptime, duration(live ? node.uptimeMs : at - node.lostAt));
  setText(parts.workers, live ? count(load.workers) : '–');
  setText(parts.handled, live ? rate(load.rate) : '–');
  link(parts.http, live ? node.http : null);
}

/** Workers and the rate at which they handle messages, by node. */
export function loadByNode(exchanges) {
  const loads = new Map();
  for (const exchange of exchanges ?? []) {
    for (const entry of exchange.attached) {
      const load = loads.get(entry.node) ?? { workers: 0, rate: 0 };
      load.workers += entry.workers;
      load.rate += entry.rate ?? 0;
      loads.set(entry.node, load);
    }
  }
  return loads;
}

export function showNodes({ nodes, exchanges, at }) {
  const loads = loadByNode(exchanges);
  reconcile(
    list,
    nodes,
    (node) => node.name,
    create,
    (card, node) => update(card, node, loads.get(node.name) ?? { workers: 0, rate: 0 }, at),
  );
  const live = nodes.filter((node) => LIVE.has(node.state)).length;
  const lost = nodes.length - live;
  setText(
    byId('nodes-note'),
    `${live} in the cluster${lost ? `, ${lost} lost in the last hour` : ''}`,
  );
}
