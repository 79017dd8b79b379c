// The verticles panel: a row per verticle with its state on each node.

import { byId, el, reconcile, setNotice, setText } from './dom.js';
import { bounded, plural } from './format.js';

const SHOWN = 200;
const CHIPS = 12;

const list = byId('verticles');

function grouped(verticles) {
  const groups = new Map();
  for (const verticle of verticles) {
    const group = groups.get(verticle.name) ?? { name: verticle.name, on: [] };
    group.on.push(verticle);
    groups.set(verticle.name, group);
  }
  for (const group of groups.values()) {
    group.on.sort((a, b) => a.node.localeCompare(b.node, 'en', { numeric: true }));
    group.failed = group.on.filter((each) => each.state === 'failed');
  }
  return [...groups.values()];
}

function create({ name }) {
  const parts = {
    about: el('span', { class: 'quiet' }),
    chips: el('ul', { class: 'chips', 'aria-label': 'deployed on' }),
    errors: el('ul', { class: 'errors' }),
  };
  const row = el(
    'li',
    { data: { verticle: name } },
    el('div', { class: 'row' }, el('b', { class: 'name' }, name), parts.about, parts.chips),
    parts.errors,
  );
  row.parts = parts;
  return row;
}

const fileName = (file) =>
  String(file ?? '')
    .split(/[\\/]/)
    .pop();

function update(row, group) {
  const { parts } = row;
  const first = group.on[0];
  row.classList.toggle('failed', group.failed.length > 0);
  setText(parts.about, [fileName(first.file), first.threading].filter(Boolean).join(' · '));
  const shown = [...group.on].slice(0, CHIPS);
  const rest = group.on.length - shown.length;
  reconcile(
    parts.chips,
    rest ? [...shown, { node: `${rest} more`, state: 'deployed' }] : shown,
    (each) => each.node,
    () =>
      el(
        'li',
        {},
        el('span', { class: 'dot', 'aria-hidden': 'true' }),
        el('span'),
        el('b'),
        el('span', { class: 'chip-state' }),
      ),
    (chip, each) => {
      chip.dataset.state = each.state;
      chip.title = each.instances ? `${each.state}, ${plural(each.instances, 'instance')}` : '';
      setText(chip.children[1], each.node);
      setText(chip.children[2], each.instances > 1 ? `×${each.instances}` : '');
      setText(chip.children[3], each.state === 'deployed' ? '' : each.state);
    },
  );
  reconcile(
    parts.errors,
    group.failed,
    (each) => each.node,
    () => el('li', {}, el('b'), el('pre')),
    (line, each) => {
      setText(line.firstChild, `${each.node}: `);
      setText(line.lastChild, bounded(each.error ?? 'failed, without a reason given', 2_000));
    },
  );
}

export function showVerticles({ verticles }) {
  const groups = grouped(verticles);
  reconcile(list, groups.slice(0, SHOWN), (group) => group.name, create, update);
  const failed = verticles.filter((verticle) => verticle.state === 'failed').length;
  setText(byId('verticles-note'), failed ? `${failed} failed` : plural(groups.length, 'verticle'));
  byId('verticles-note').dataset.tone = failed ? 'bad' : 'quiet';
  setNotice(
    byId('verticles-notice'),
    groups.length === 0
      ? 'No verticle is deployed. Put a jar or a .java file into verticles/.'
      : groups.length > SHOWN
        ? `The first ${SHOWN} are shown.`
        : '',
  );
}
