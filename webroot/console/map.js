// The map: nodes around, exchanges between them like the jacks of a switchboard, a cord to every
// node where somebody is attached.

import { LIVE } from './cluster.js';
import { byId, reconcile, setAttribute, setText, svg } from './dom.js';
import { duration, rate, short } from './format.js';
import { cord, path, placeExchanges, placeNodes } from './layout.js';
import { loadByNode } from './nodes.js';
import { Pulses } from './pulses.js';

const MOST_EXCHANGES = 8;
const WAVE_MS = 2_600;

const host = byId('map');
const cords = svg('g', { class: 'cords' });
const dots = svg('g');
const jacks = svg('g');
const nodes = svg('g');
const empty = svg('text', { class: 'map-empty', 'text-anchor': 'middle' });
const picture = svg(
  'svg',
  { role: 'img', 'aria-label': 'Map of the cluster' },
  cords,
  dots,
  jacks,
  nodes,
  empty,
);
const pulses = new Pulses(dots);
const curves = new Map();

let latest = null;
let kept = [];

/** The busiest exchanges, but those on the map stay while they are about as busy as any other. */
function chosen(exchanges) {
  const weight = (exchange) => (exchange.flow.rate ?? 0) + (exchange.attached.length ? 0.5 : 0);
  const held = new Set(kept);
  const best = [...exchanges]
    .sort((a, b) => weight(b) * (held.has(b.name) ? 2 : 1) - weight(a) * (held.has(a.name) ? 2 : 1))
    .slice(0, MOST_EXCHANGES)
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
  kept = best.map((exchange) => exchange.name);
  return best;
}

function createNode({ name }) {
  const group = svg(
    'g',
    { class: 'map-node', data: { node: name } },
    svg('title', {}),
    svg('circle', { class: 'wave' }),
    svg('circle', { class: 'ring' }),
    svg('circle', { class: 'disc' }),
    svg('text', { class: 'figure', 'text-anchor': 'middle' }),
    svg('text', { class: 'label', 'text-anchor': 'middle' }),
    svg('text', { class: 'under', 'text-anchor': 'middle' }),
  );
  return group;
}

function wave(group, name) {
  clearTimeout(group.calm);
  group.classList.remove('dying', 'rising');
  group.getBoundingClientRect(); // so that the animation begins anew
  group.classList.add(name);
  group.calm = setTimeout(() => group.classList.remove(name), WAVE_MS);
}

function circle(element, { x, y }, r) {
  setAttribute(element, 'cx', x.toFixed(1));
  setAttribute(element, 'cy', y.toFixed(1));
  setAttribute(element, 'r', r.toFixed(1));
}

function text(element, x, y, content) {
  setAttribute(element, 'x', x.toFixed(1));
  setAttribute(element, 'y', y.toFixed(1));
  setText(element, content);
}

function updateNode(group, node, spot, { radius, labels }, load, at) {
  const live = LIVE.has(node.state);
  const [title, ring1, ring2, disc, figure, label, under] = group.children;
  if (group.dataset.state && group.dataset.state !== node.state) {
    const was = LIVE.has(group.dataset.state);
    if (was !== live) {
      wave(group, live ? 'rising' : 'dying');
    }
  }
  group.dataset.state = node.state;
  group.classList.toggle('self', Boolean(node.self));
  setText(title, `${node.name}: ${node.state}`);
  circle(ring1, spot, radius);
  circle(ring2, spot, radius);
  circle(disc, spot, Math.max(3, radius - 5));
  const big = radius >= 16;
  text(figure, spot.x, spot.y + 4, !big ? '' : live ? short(load?.rate ?? 0) : '✕');
  text(label, spot.x, spot.y + radius + 15, labels ? node.name : '');
  const word = live
    ? node.state === 'ready'
      ? node.self
        ? 'this page'
        : ''
      : node.state
    : `gone ${duration(at - node.lostAt)}`;
  text(under, spot.x, spot.y + radius + 28, labels ? word : '');
}

function createJack({ kind }) {
  return svg(
    'g',
    { class: `jack ${kind}` },
    svg('title'),
    svg('rect'),
    svg('text', { 'text-anchor': 'middle' }),
  );
}

function updateJack(group, exchange, spot) {
  const [title, rect, label] = group.children;
  setText(title, `${exchange.name} (${exchange.kind}): ${rate(exchange.flow.rate)}`);
  setAttribute(rect, 'x', (spot.x - spot.half).toFixed(1));
  setAttribute(rect, 'y', (spot.y - spot.tall / 2).toFixed(1));
  setAttribute(rect, 'width', (spot.half * 2).toFixed(1));
  setAttribute(rect, 'height', spot.tall.toFixed(1));
  setAttribute(rect, 'rx', (spot.tall / 2).toFixed(1));
  const fits = Math.max(3, Math.floor((spot.half * 2 - 14) / 7));
  const { name } = exchange;
  text(label, spot.x, spot.y + 4, name.length > fits ? `${name.slice(0, fits - 1)}…` : name);
  group.classList.toggle('busy', exchange.flow.rate > 0);
}

function drawCords(exchanges, jackSpots, nodeSpots, radius) {
  const items = exchanges.flatMap((exchange, index) =>
    exchange.attached
      .filter((entry) => nodeSpots.has(entry.node) && LIVE.has(nodeSpots.get(entry.node).state))
      .map((entry) => ({
        key: `${exchange.name}\n${entry.node}`,
        kind: exchange.kind,
        added: entry.added,
        points: cord(jackSpots[index], nodeSpots.get(entry.node), radius, index),
      })),
  );
  curves.clear();
  items.forEach((item) => curves.set(item.key, item.points));
  reconcile(
    cords,
    items,
    (item) => item.key,
    ({ kind }) => svg('path', { class: `cord ${kind}` }),
    (element, item) => {
      setAttribute(element, 'd', path(item.points));
      element.classList.toggle('busy', item.added > 0);
    },
  );
  return items;
}

function draw() {
  const width = host.clientWidth;
  const height = host.clientHeight;
  setAttribute(picture, 'viewBox', `0 0 ${width} ${height}`);
  if (!latest?.nodes) {
    text(empty, width / 2, height / 2, 'The nodes appear here as soon as one answers.');
    return [];
  }
  const exchanges = chosen(latest.exchanges ?? []);
  const placed = placeNodes(
    latest.nodes.map((node) => node.name),
    width,
    height,
  );
  const spots = new Map(
    placed.spots.map((spot, i) => [spot.name, { ...spot, state: latest.nodes[i].state }]),
  );
  const jackSpots = placeExchanges(kept, width, height, placed.top);
  const loads = loadByNode(latest.exchanges);

  reconcile(
    nodes,
    latest.nodes,
    (node) => node.name,
    createNode,
    (group, node) =>
      updateNode(group, node, spots.get(node.name), placed, loads.get(node.name), latest.at),
  );
  reconcile(
    jacks,
    exchanges,
    (exchange) => `${exchange.kind} ${exchange.name}`,
    createJack,
    (group, exchange) => updateJack(group, exchange, jackSpots[exchanges.indexOf(exchange)]),
  );
  const more = (latest.exchanges?.length ?? 0) - exchanges.length;
  text(
    empty,
    width / 2,
    height - 6,
    exchanges.length === 0 ? 'no exchange yet' : more > 0 ? `and ${more} more exchanges` : '',
  );
  return drawCords(exchanges, jackSpots, spots, placed.radius);
}

export function showMap(snapshot) {
  latest = snapshot;
  for (const { key, kind, added } of draw()) {
    pulses.send(added, kind, () => curves.get(key));
  }
  const states = snapshot.nodes
    .slice(0, 20)
    .map((node) => `${node.name} ${node.state}`)
    .join(', ');
  setAttribute(picture, 'aria-label', `Map of the cluster: ${states}`);
}

host.append(picture);
new ResizeObserver(draw).observe(host);
