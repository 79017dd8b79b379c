// Says calmly that the node is not answering, and where else the cluster can be seen.

import { LIVE } from './cluster.js';
import { byId, el, setText } from './dom.js';

const banner = byId('banner');
const pulse = byId('pulse');

let shown = false;

function others(snapshot) {
  return (snapshot?.nodes ?? [])
    .filter((node) => !node.self && LIVE.has(node.state) && /^https?:\/\//.test(node.http ?? ''))
    .slice(0, 4);
}

/** Whether this is news. */
export function showUnreachable(snapshot) {
  pulse.dataset.state = 'away';
  setText(byId('pulse-text'), 'not answering');
  document.body.classList.add('stale');
  if (shown) {
    return false;
  }
  shown = true;
  const links = others(snapshot).map((node) => el('a', { href: node.http }, node.name));
  banner.replaceChildren(
    el('span', { class: 'spinner', 'aria-hidden': 'true' }),
    el(
      'span',
      {},
      el('b', {}, snapshot?.self?.name ?? 'The node'),
      ' is not answering, trying again. What you see is the last that was known.',
    ),
    ...(links.length
      ? [
          el(
            'span',
            { class: 'elsewhere' },
            'Look from ',
            ...links.flatMap((link, i) => (i ? [' or ', link] : [link])),
          ),
        ]
      : []),
  );
  banner.hidden = false;
  return true;
}

/** Whether the node had been away. */
export function showReachable(snapshot) {
  pulse.dataset.state = 'live';
  setText(byId('pulse-text'), 'live');
  document.body.classList.remove('stale');
  setText(
    byId('served-by'),
    snapshot.self ? `served by ${snapshot.self.name}` : 'served by a node of the cluster',
  );
  document.title = snapshot.self ? `${snapshot.self.name} · Switchboard` : 'Switchboard';
  const away = shown;
  shown = false;
  banner.hidden = true;
  banner.replaceChildren();
  return away;
}

/** The API answers, but not to us: no token yet. */
export function showLocked() {
  pulse.dataset.state = 'away';
  setText(byId('pulse-text'), 'a token is needed');
}
