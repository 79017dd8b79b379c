// From the listings of the API to what the panels show: one snapshot per look.

import { RateBook } from './rates.js';

export const LIVE = new Set(['starting', 'ready', 'draining', 'silent']);

const sum = (items, of) => items.reduce((total, item) => total + (Number(of(item)) || 0), 0);

const byName = (a, b) => a.name.localeCompare(b.name, 'en', { numeric: true });

/**
 * One entry per name. A node that came back under its name is listed beside its lost former self;
 * only the living one is shown, or else the youngest.
 */
export function onePerName(nodes) {
  const chosen = new Map();
  const better = (a, b) =>
    Number(LIVE.has(a.state)) - Number(LIVE.has(b.state)) ||
    String(a.startedAt).localeCompare(String(b.startedAt));
  for (const node of nodes) {
    const other = chosen.get(node.name);
    if (!other || better(node, other) > 0) {
      chosen.set(node.name, node);
    }
  }
  return [...chosen.values()].sort(byName);
}

/** What one message through the exchange counts as, by kind. */
function through(exchange) {
  const figures = exchange.figures ?? {};
  const names =
    {
      request: ['requests', 'sends'],
      topic: ['published'],
      collect: ['emitted'],
      task: ['submitted'],
    }[exchange.kind] ?? [];
  return sum(names, (name) => figures[name]);
}

const lostOf = (exchange) =>
  sum(['failures', 'overloaded', 'abandoned'], (name) => exchange.figures?.[name]);

/** Workers and subscribers of an exchange, gathered by node. */
function attachedByNode(exchange) {
  const nodes = new Map();
  const at = (name) => {
    if (!nodes.has(name)) {
      nodes.set(name, { node: name, workers: 0, subscribers: 0, handled: 0 });
    }
    return nodes.get(name);
  };
  for (const worker of exchange.workers ?? []) {
    const entry = at(worker.node);
    entry.workers += 1;
    entry.handled += Number(worker.handled) || 0;
  }
  for (const subscriber of exchange.subscribers ?? []) {
    at(subscriber.node).subscribers += Number(subscriber.count) || 1;
  }
  return [...nodes.values()].sort((a, b) => a.node.localeCompare(b.node, 'en', { numeric: true }));
}

/** Keeps what must be remembered between looks: running totals and when a node was last seen. */
export class Cluster {
  #rates = new RateBook();
  #members = '';
  #lostAt = new Map();

  /** Takes listings (a missing one is null: the former stays) and returns the next snapshot. */
  look(former, { nodes, exchanges, verticles }, at) {
    const snapshot = {
      at,
      nodes: nodes ? this.#nodes(nodes, at) : (former?.nodes ?? null),
      verticles: verticles ? [...verticles].sort(byName) : (former?.verticles ?? null),
      exchanges: former?.exchanges ?? null,
      totals: former?.totals ?? null,
    };
    snapshot.self = snapshot.nodes?.find((node) => node.self) ?? former?.self ?? null;
    if (exchanges) {
      this.#measure(snapshot, exchanges, at);
    }
    return snapshot;
  }

  #nodes(listed, at) {
    const nodes = onePerName(listed).map((node) => ({ ...node }));
    for (const node of nodes) {
      if (LIVE.has(node.state)) {
        this.#lostAt.delete(node.name);
      } else {
        if (!this.#lostAt.has(node.name)) {
          this.#lostAt.set(node.name, at);
        }
        node.lostAt = this.#lostAt.get(node.name);
      }
    }
    return nodes;
  }

  #measure(snapshot, listed, at) {
    const members = (snapshot.nodes ?? [])
      .filter((node) => LIVE.has(node.state) && node.state !== 'silent')
      .map((node) => node.id)
      .join();
    this.#rates.begin(members === this.#members);
    this.#members = members;

    snapshot.exchanges = [...listed].sort(byName).map((exchange) => this.#exchange(exchange, at));
    const of = (kinds) =>
      sum(
        snapshot.exchanges.filter((exchange) => kinds.includes(exchange.kind)),
        through,
      );
    snapshot.totals = {
      requests: this.#rates.look('*requests', of(['request']), at),
      events: this.#rates.look('*events', of(['topic', 'collect', 'task']), at),
      lost: this.#rates.look('*lost', sum(snapshot.exchanges, lostOf), at),
    };
    this.#rates.end();
  }

  #exchange(exchange, at) {
    const name = exchange.name;
    const attached = attachedByNode(exchange);
    const subscribers = sum(attached, (entry) => entry.subscribers);
    const delivered = this.#rates.look(`${name} delivered`, exchange.figures?.delivered ?? 0, at);
    for (const entry of attached) {
      const handled = this.#rates.look(`${name} at ${entry.node}`, entry.handled, at);
      entry.rate = entry.workers ? handled.rate : null;
      // Deliveries are counted for the whole topic; a node's part of them follows its subscribers.
      entry.added =
        handled.added +
        (subscribers ? Math.round((delivered.added * entry.subscribers) / subscribers) : 0);
    }
    return {
      ...exchange,
      attached,
      subscriberCount: subscribers,
      flow: this.#rates.look(`${name} flow`, through(exchange), at),
      lost: this.#rates.look(`${name} lost`, lostOf(exchange), at),
    };
  }
}
