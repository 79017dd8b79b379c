// Looks at the cluster and hands each look to the panels.

import { report } from './activity.js';
import { Problem } from './api.js';
import { showReachable, showUnreachable } from './banner.js';
import { changesBetween } from './changes.js';
import { Cluster } from './cluster.js';
import { byId, setNotice } from './dom.js';
import { onUse, showExchanges } from './exchanges.js';
import { plural } from './format.js';
import { showMap } from './map.js';
import { showNodes } from './nodes.js';
import { Poller } from './poller.js';
import { showRequests, tryRequest } from './request.js';
import { showTiles } from './tiles.js';
import { guard } from './token.js';
import { showTopics, watch } from './topic.js';
import { showVerticles } from './verticles.js';

const PANELS = {
  nodes: [showNodes],
  exchanges: [showExchanges, showTopics, showRequests],
  verticles: [showVerticles],
};

const cluster = new Cluster();
let snapshot = null;
let watching = false;

function began({ nodes, exchanges }) {
  return {
    tone: 'info',
    subject: 'Watching',
    text: `${plural(nodes?.length ?? 0, 'node')} and ${plural(exchanges?.length ?? 0, 'exchange')}`,
  };
}

function look({ errors, ...listings }) {
  if (Object.values(errors).some((error) => error.status === 401)) {
    return; // the token dialog is asking
  }
  const at = Date.now();
  const before = snapshot;
  snapshot = cluster.look(before, listings, at);
  const away = showReachable(snapshot);
  const lines = before ? changesBetween(before, snapshot) : [];
  if (!watching && snapshot.nodes && snapshot.exchanges) {
    watching = true;
    lines.unshift(began(snapshot));
  }
  if (away) {
    lines.unshift({
      tone: 'good',
      subject: snapshot.self?.name ?? 'The node',
      text: 'answers this page again',
    });
  }
  report(lines, at);

  showTiles(snapshot);
  if (snapshot.nodes) {
    showMap(snapshot);
  }
  for (const [part, panels] of Object.entries(PANELS)) {
    const error = errors[part];
    byId(`${part}-panel`).classList.toggle('stale', Boolean(error));
    if (snapshot[part] && !error) {
      setNotice(byId(`${part}-notice`), '');
      panels.forEach((show) => show(snapshot));
    } else if (error) {
      const code = error instanceof Problem ? `${error.code}: ` : '';
      setNotice(byId(`${part}-notice`), `${code}${error.message}. Trying again.`, 'warn');
    }
  }
}

function unreachable() {
  if (showUnreachable(snapshot)) {
    report(
      [
        {
          tone: 'warn',
          subject: snapshot?.self?.name ?? 'The node',
          text: 'does not answer this page',
        },
      ],
      Date.now(),
    );
  }
}

const poller = new Poller({ look, unreachable });
guard({ locked: () => poller.hold(), unlocked: () => poller.resume() });
onUse('request', tryRequest);
onUse('topic', watch);
poller.start();
