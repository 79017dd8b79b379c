// What happened between two snapshots, as lines for the activity feed. Pure.

import { LIVE } from './cluster.js';
import { bounded, plural } from './format.js';

const index = (items, keyOf) => new Map((items ?? []).map((item) => [keyOf(item), item]));
const isLive = (node) => node !== undefined && LIVE.has(node.state);

function nodeChange(before, now, attached) {
  const was = isLive(before);
  const is = isLive(now);
  if (is && (!before || !was || before.id !== now.id)) {
    return before
      ? { tone: 'good', subject: now.name, text: 'is back' }
      : { tone: 'good', subject: now.name, text: 'joined the cluster' };
  }
  if (was && !is) {
    const load = attached ? `, and ${plural(attached, 'worker')} with it` : '';
    return before.state === 'draining'
      ? { tone: 'info', subject: before.name, text: 'has left in good order' }
      : { tone: 'bad', subject: before.name, text: `is gone${load}` };
  }
  if (!is || before.state === now.state) {
    return null;
  }
  return (
    {
      silent: { tone: 'warn', subject: now.name, text: 'has fallen silent' },
      draining: { tone: 'warn', subject: now.name, text: 'is draining' },
      starting: { tone: 'info', subject: now.name, text: 'is starting' },
      ready: {
        tone: 'good',
        subject: now.name,
        text: before.state === 'silent' ? 'is heard again' : 'is ready',
      },
    }[now.state] ?? { tone: 'info', subject: now.name, text: `is ${now.state}` }
  );
}

function nodeChanges(before, now) {
  const workers = new Map();
  for (const exchange of before.exchanges ?? []) {
    for (const entry of exchange.attached) {
      workers.set(entry.node, (workers.get(entry.node) ?? 0) + entry.workers);
    }
  }
  const old = index(before.nodes, (node) => node.name);
  const current = index(now.nodes, (node) => node.name);
  return [...new Set([...old.keys(), ...current.keys()])]
    .map((name) => nodeChange(old.get(name), current.get(name), workers.get(name)))
    .filter(Boolean);
}

function exchangeChanges(before, now) {
  const old = index(before.exchanges, (exchange) => exchange.name);
  const current = index(now.exchanges, (exchange) => exchange.name);
  const added = [...current.values()].filter((exchange) => !old.has(exchange.name));
  const removed = [...old.values()].filter((exchange) => !current.has(exchange.name));
  const line = (exchanges, verb, tone) =>
    exchanges.length > 3
      ? [{ tone, subject: plural(exchanges.length, 'exchange'), text: verb }]
      : exchanges.map((exchange) => ({
          tone,
          subject: exchange.name,
          text: `${verb} (${exchange.kind})`,
        }));
  return [...line(added, 'declared', 'good'), ...line(removed, 'removed', 'info')];
}

/** Names with a count, cut to a few: "echo ×2, time and 4 more". */
function gather(names) {
  const counts = new Map();
  names.forEach(([name, n]) => counts.set(name, (counts.get(name) ?? 0) + n));
  const texts = [...counts].map(([name, n]) => (n > 1 ? `${name} ×${n}` : name));
  return texts.length <= 5
    ? texts.join(', ')
    : `${texts.slice(0, 4).join(', ')} and ${texts.length - 4} more`;
}

/** Lines per node rather than per worker: a node that starts attaches dozens at once. */
function attachmentChanges(before, now, gone) {
  const counts = (snapshot, what) =>
    new Map(
      (snapshot.exchanges ?? []).flatMap((exchange) =>
        exchange.attached.map((entry) => [
          `${exchange.name}\n${entry.node}`,
          { exchange: exchange.name, node: entry.node, n: entry[what] },
        ]),
      ),
    );
  const lines = [];
  for (const [what, word] of [
    ['workers', 'worker'],
    ['subscribers', 'subscriber'],
  ]) {
    const old = counts(before, what);
    const current = counts(now, what);
    const more = new Map();
    const fewer = new Map();
    for (const key of new Set([...old.keys(), ...current.keys()])) {
      const { exchange, node } = current.get(key) ?? old.get(key);
      const change = (current.get(key)?.n ?? 0) - (old.get(key)?.n ?? 0);
      if (change !== 0 && !(change < 0 && gone.has(node))) {
        const group = change > 0 ? more : fewer;
        group.set(node, [...(group.get(node) ?? []), [exchange, Math.abs(change)]]);
      }
    }
    const say = (group, tone, verb) =>
      group.forEach((names, node) => {
        const total = names.reduce((n, [, each]) => n + each, 0);
        lines.push({
          tone,
          subject: node,
          text: `${word}${total > 1 ? 's' : ''} ${verb}: ${gather(names)}`,
        });
      });
    say(more, 'good', 'attached');
    say(fewer, 'info', 'gone');
  }
  return lines;
}

function verticleChanges(before, now, gone) {
  const keyOf = (verticle) => `${verticle.node}\n${verticle.name}`;
  const old = index(before.verticles, keyOf);
  const current = index(now.verticles, keyOf);
  const deployed = new Map();
  const removed = new Map();
  const lines = [];
  const note = (group, verticle) =>
    group.set(verticle.node, [...(group.get(verticle.node) ?? []), [verticle.name, 1]]);
  for (const [key, verticle] of current) {
    const was = old.get(key);
    if (verticle.state === 'failed' && (was?.state !== 'failed' || was.error !== verticle.error)) {
      const error = verticle.error ? `: ${bounded(verticle.error.split('\n')[0], 120)}` : '';
      lines.push({
        tone: 'bad',
        subject: verticle.name,
        text: `failed on ${verticle.node}${error}`,
      });
    } else if (
      verticle.state === 'deployed' &&
      (was?.state !== 'deployed' || was.deployedAt !== verticle.deployedAt)
    ) {
      note(deployed, verticle);
    }
  }
  for (const [key, verticle] of old) {
    if (!current.has(key) && !gone.has(verticle.node)) {
      note(removed, verticle);
    }
  }
  deployed.forEach((names, node) =>
    lines.push({ tone: 'good', subject: node, text: `deployed: ${gather(names)}` }),
  );
  removed.forEach((names, node) =>
    lines.push({ tone: 'info', subject: node, text: `undeployed: ${gather(names)}` }),
  );
  return lines;
}

/** The lines of what changed, in the order in which they are to be read. */
export function changesBetween(before, now) {
  const live = new Set((now.nodes ?? []).filter(isLive).map((node) => node.name));
  const gone = { has: (name) => !live.has(name) };
  const both = (part) => before[part] && now[part];
  return [
    ...(both('nodes') ? nodeChanges(before, now) : []),
    ...(both('exchanges') ? exchangeChanges(before, now) : []),
    ...(both('verticles') ? verticleChanges(before, now, gone) : []),
    ...(both('exchanges') ? attachmentChanges(before, now, gone) : []),
  ];
}
