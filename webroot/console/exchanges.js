// The exchanges panel: a row per exchange that opens to its workers, subscribers and figures.

import { details } from './details.js';
import { byId, el, reconcile, setAttribute, setNotice, setText } from './dom.js';
import { plural, rate } from './format.js';
import { sparkline } from './sparkline.js';

const SHOWN = 100;
const CHIPS = 4;

const list = byId('exchanges');
const find = byId('exchanges-find');
const open = new Set();
const uses = { request: ['Try', () => {}], topic: ['Watch', () => {}] };
let latest = null;

/** What the buttons of a row do, by kind: called with the exchange's name. */
export function onUse(kind, action) {
  uses[kind][1] = action;
}

function toggle(row, name) {
  if (!open.delete(name)) {
    open.add(name);
  }
  update(
    row,
    latest.exchanges.find((exchange) => exchange.name === name),
  );
}

function create({ name, kind }) {
  const parts = {
    rate: el('span', { class: 'rate' }),
    spark: sparkline(),
    lost: el('span', { class: 'lost' }),
    chips: el('ul', { class: 'chips', 'aria-label': 'attached' }),
    details: el('div', { class: 'details', id: `details-${name}`, hidden: true }),
  };
  const row = el('li', { data: { exchange: name, kind } });
  parts.toggle = el(
    'button',
    {
      type: 'button',
      class: 'name',
      'aria-expanded': 'false',
      'aria-controls': `details-${name}`,
      onclick: () => toggle(row, name),
    },
    name,
  );
  const use = uses[kind];
  row.append(
    el(
      'div',
      { class: 'row' },
      parts.toggle,
      el('span', { class: 'kind' }, kind),
      parts.chips,
      parts.lost,
      parts.spark,
      parts.rate,
      use
        ? el(
            'button',
            {
              type: 'button',
              class: 'use',
              'aria-label': `${use[0]} ${name}`,
              onclick: () => use[1](name),
            },
            use[0],
          )
        : el('span', { class: 'use' }),
    ),
    parts.details,
  );
  row.parts = parts;
  return row;
}

function chip(entry) {
  const texts = [];
  if (entry.workers) {
    texts.push(plural(entry.workers, 'worker'));
  }
  if (entry.subscribers) {
    texts.push(plural(entry.subscribers, 'subscriber'));
  }
  return texts.join(', ');
}

function showChips(chips, attached) {
  const shown = attached.length > CHIPS + 1 ? attached.slice(0, CHIPS) : attached;
  const rest = attached.length - shown.length;
  const items = [
    ...shown.map((entry) => ({
      key: entry.node,
      name: entry.node,
      title: chip(entry),
      n: entry.workers + entry.subscribers,
    })),
    ...(rest ? [{ key: ' rest', name: `${rest} more`, title: 'open the row to see them' }] : []),
    ...(attached.length
      ? []
      : [{ key: ' none', name: 'nobody attached', title: 'nobody attached' }]),
  ];
  reconcile(
    chips,
    items,
    (item) => item.key,
    (item) =>
      el(
        'li',
        { class: item.key === ' none' ? 'none' : undefined },
        el('span', {}, item.name),
        el('b', {}),
        el('span', { class: 'hidden' }),
      ),
    (element, item) => {
      element.title = item.title;
      setText(element.children[1], item.n ?? '');
      setText(element.children[2], item.n ? ` (${item.title})` : '');
    },
  );
}

function update(row, exchange) {
  const { parts } = row;
  const expanded = open.has(exchange.name);
  setText(parts.rate, rate(exchange.flow.rate));
  parts.spark.draw(exchange.flow.points);
  row.classList.toggle('busy', exchange.flow.rate > 0);
  setText(parts.lost, exchange.lost.rate > 0 ? `${rate(exchange.lost.rate)} failing` : '');
  showChips(parts.chips, exchange.attached);
  setAttribute(parts.toggle, 'aria-expanded', expanded);
  parts.details.hidden = !expanded;
  if (expanded) {
    details(parts.details, exchange);
  }
}

export function showExchanges(snapshot) {
  latest = snapshot;
  const wanted = find.value.trim().toLowerCase();
  const found = snapshot.exchanges.filter(
    (exchange) =>
      !wanted || exchange.name.toLowerCase().includes(wanted) || exchange.kind === wanted,
  );
  // A name alone is no key: one may be removed and declared again as another kind.
  reconcile(
    list,
    found.slice(0, SHOWN),
    (exchange) => `${exchange.kind} ${exchange.name}`,
    create,
    update,
  );
  const all = snapshot.exchanges.length;
  setText(
    byId('exchanges-note'),
    found.length === all
      ? plural(all, 'exchange')
      : `${found.length} of ${plural(all, 'exchange')}`,
  );
  const notice =
    all === 0
      ? 'No exchange is declared yet. Deploy a verticle that serves one, or declare one.'
      : found.length === 0
        ? 'No exchange of that name.'
        : found.length > SHOWN
          ? `The first ${SHOWN} are shown; find the others by name.`
          : '';
  setNotice(byId('exchanges-notice'), notice);
}

find.addEventListener('input', () => latest && showExchanges(latest));
