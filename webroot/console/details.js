// What an opened exchange shows: its figures, options, workers and subscribers.

import { el, reconcile, setText } from './dom.js';
import { count } from './format.js';

const SHOWN = 50;
const FIGURES = {
  request: ['requests', 'replies', 'failures', 'sends', 'overloaded', 'abandoned'],
  topic: ['published', 'delivered', 'unrouted', 'overloaded'],
};

/** The figures that the kind has; another one only when it counts something after all. */
function figuresOf({ kind, figures = {} }) {
  return Object.fromEntries(
    Object.entries(figures).filter(
      ([name, value]) => !FIGURES[kind] || FIGURES[kind].includes(name) || value !== 0,
    ),
  );
}

function build(parent) {
  const table = (caption, heads) => {
    const body = el('tbody');
    const rest = el('p', { class: 'hint' });
    const element = el(
      'div',
      { class: 'table' },
      el(
        'table',
        {},
        el('caption', {}, caption),
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            heads.map((head, i) =>
              el('th', { scope: 'col', class: i < 2 ? undefined : 'number' }, head),
            ),
          ),
        ),
        body,
      ),
      rest,
    );
    return { element, body, rest };
  };
  const parts = {
    figures: el('dl', { class: 'facts' }),
    options: el('dl', { class: 'facts' }),
    workers: table('Workers', ['node', 'worker', 'in flight', 'mailbox', 'handled', 'failed']),
    subscribers: table('Subscribers', ['node', 'patterns', 'count']),
  };
  parts.optionsBlock = el('div', {}, el('h4', {}, 'Options'), parts.options);
  parent.append(
    el('div', {}, el('h4', {}, 'Since the start'), parts.figures),
    parts.optionsBlock,
    parts.workers.element,
    parts.subscribers.element,
  );
  return parts;
}

function facts(list, object) {
  reconcile(
    list,
    Object.entries(object),
    ([name]) => name,
    ([name]) => el('div', {}, el('dt', {}, name), el('dd', {})),
    (fact, [, value]) =>
      setText(
        fact.lastChild,
        typeof value === 'number'
          ? count(value)
          : typeof value === 'string'
            ? value
            : JSON.stringify(value),
      ),
  );
}

function rows(table, items, keyOf, cellsOf) {
  table.element.hidden = items.length === 0;
  reconcile(
    table.body,
    items.slice(0, SHOWN),
    keyOf,
    (item) =>
      el(
        'tr',
        {},
        cellsOf(item).map((_, i) => el('td', { class: i < 2 ? 'mono' : 'number' })),
      ),
    (row, item) => cellsOf(item).forEach((text, i) => setText(row.cells[i], text)),
  );
  setText(table.rest, items.length > SHOWN ? `and ${count(items.length - SHOWN)} more` : '');
}

export function details(parent, exchange) {
  parent.parts ??= build(parent);
  const { parts } = parent;
  facts(parts.figures, figuresOf(exchange));
  const options = exchange.options ?? {};
  parts.optionsBlock.hidden = Object.keys(options).length === 0;
  facts(parts.options, options);
  rows(
    parts.workers,
    exchange.workers ?? [],
    (worker) => `${worker.node} ${worker.worker}`,
    (worker) => [
      worker.node,
      String(worker.worker),
      count(worker.inFlight),
      count(worker.mailbox),
      count(worker.handled),
      count(worker.failed),
    ],
  );
  rows(
    parts.subscribers,
    exchange.subscribers ?? [],
    (each) => `${each.node} ${each.patterns}`,
    (each) => [each.node, (each.patterns ?? []).join('  '), count(each.count)],
  );
}
