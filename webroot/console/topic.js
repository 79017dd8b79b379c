// A live view of a topic: an EventSource, the last rows, and what was missed.

import { Problem, call, subscribeUrl } from './api.js';
import { Chooser } from './chooser.js';
import { byId, el, setAttribute, setNotice, setText } from './dom.js';
import { bounded, count, plural, time } from './format.js';
import { keep, recall, remember } from './memory.js';

const MOST = 200;
const BODY_LIMIT = 4_000;
const RETRY_MS = 1_500;

const form = byId('topic-form');
const pattern = byId('topic-pattern');
const watchButton = byId('topic-watch');
const pauseButton = byId('topic-pause');
const clearButton = byId('topic-clear');
const list = byId('topic-events');
const note = byId('topic-note');
const notice = byId('topic-notice');
const chooser = new Chooser(byId('topic-exchange'), 'topic');

let source = null;
let watching = null;
let retry = null;
let paused = false;
let seen = 0;
let lost = 0;
let waiting = [];
let drawing = false;

function say(state, text) {
  note.dataset.state = state;
  setText(note, text);
}

function status() {
  const blank = list.querySelector('.empty');
  if (blank) {
    setText(
      blank,
      watching ? 'Events will appear here, newest first.' : 'Choose a topic and press Watch.',
    );
  }
  if (!watching) {
    say('off', 'not watching');
  } else if (source?.readyState !== EventSource.OPEN) {
    say('connecting', `connecting to ${watching.exchange}…`);
  } else if (paused) {
    say(
      'paused',
      `paused, ${waiting.length >= MOST ? `${MOST} or more` : count(waiting.length)} new`,
    );
  } else {
    say('live', `live: ${plural(seen, 'event')}${lost ? `, ${count(lost)} lost` : ''}`);
  }
}

function eventRow({ at, key, body }) {
  return el(
    'li',
    { class: 'event' },
    el('time', { datetime: new Date(at).toISOString() }, time(at)),
    el('span', { class: 'key mono' }, key),
    el(
      'span',
      { class: 'body mono' },
      bounded(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''), BODY_LIMIT),
    ),
  );
}

function gapRow({ at, lost: n }) {
  return el(
    'li',
    { class: 'event gap' },
    el('time', { datetime: new Date(at).toISOString() }, time(at)),
    el(
      'span',
      { class: 'gap-text' },
      n
        ? `${plural(n, 'event')} lost here: this browser was too slow`
        : 'some events were lost here: this browser was too slow',
    ),
  );
}

function draw() {
  drawing = false;
  status();
  if (paused || waiting.length === 0) {
    return;
  }
  const rows = waiting.map((each) => (each.gap ? gapRow(each) : eventRow(each)));
  waiting = [];
  list.querySelector('.empty')?.remove();
  list.prepend(...rows.reverse());
  while (list.children.length > MOST) {
    list.lastElementChild.remove();
  }
  clearButton.disabled = false;
}

/** Rows are drawn once a frame, however fast events come; only the newest are kept. */
function push(entry) {
  waiting.push(entry);
  if (waiting.length > MOST) {
    waiting.splice(0, waiting.length - MOST);
  }
  if (!drawing) {
    drawing = true;
    requestAnimationFrame(draw);
  }
}

function parsed(data) {
  try {
    return JSON.parse(data);
  } catch {
    return data; // shown as it came
  }
}

function onMessage(message) {
  const data = parsed(message.data);
  const known = typeof data === 'object' && data !== null;
  seen += 1;
  push({
    at: Date.now(),
    key: known ? String(data.key ?? '') : '',
    body: known ? data.body : data,
  });
}

function onGap(message) {
  const data = parsed(message.data);
  const n =
    Number(typeof data === 'object' && data !== null ? (data.lost ?? data.count) : data) || 0;
  lost += n;
  push({ at: Date.now(), gap: true, lost: n });
}

/** An EventSource does not tell why it was refused; the exchange itself may. */
async function explain() {
  try {
    const exchange = await (
      await call(`/exchanges/${encodeURIComponent(watching.exchange)}`, { limitMs: 3_000 })
    ).json();
    return exchange.kind === 'topic'
      ? `The subscription was refused; is “${watching.pattern}” a good pattern? Trying again.`
      : `${watching.exchange} is a ${exchange.kind} exchange, and only a topic can be watched.`;
  } catch (failure) {
    return failure instanceof Problem
      ? `${failure.code}: ${failure.message} Trying again.`
      : 'The node is not answering. Trying again.';
  }
}

function connect() {
  clearTimeout(retry);
  source?.close();
  const mine = new EventSource(subscribeUrl(watching.exchange, watching.pattern));
  source = mine;
  mine.addEventListener('message', onMessage);
  mine.addEventListener('gap', onGap);
  mine.addEventListener('open', () => {
    setNotice(notice, '');
    status();
  });
  mine.addEventListener('error', async () => {
    status();
    // While it is only reconnecting the browser does the work; once closed, it is ours.
    if (mine === source && mine.readyState === EventSource.CLOSED) {
      retry = setTimeout(connect, RETRY_MS);
      const reason = await explain();
      if (mine === source) {
        setNotice(notice, reason, 'warn');
      }
    }
  });
  status();
}

function start() {
  watching = { exchange: chooser.value, pattern: pattern.value.trim() || '#' };
  remember('topic-watching', 'yes');
  seen = 0;
  lost = 0;
  setText(watchButton, 'Stop');
  pauseButton.disabled = false;
  connect();
}

function stop() {
  clearTimeout(retry);
  source?.close();
  source = null;
  watching = null;
  remember('topic-watching', 'no');
  setText(watchButton, 'Watch');
  setPaused(false);
  pauseButton.disabled = true;
  setNotice(notice, '');
  status();
}

function setPaused(value) {
  paused = value;
  setAttribute(pauseButton, 'aria-pressed', value);
  setText(pauseButton, value ? 'Resume' : 'Pause');
  draw();
}

function clear() {
  waiting = [];
  list.replaceChildren(el('li', { class: 'empty' }));
  clearButton.disabled = true;
  status();
}

/** A change of topic or pattern while watching is followed at once. */
function follow() {
  if (watching) {
    start();
  }
}

export function watch(exchange) {
  chooser.choose(exchange);
  start();
  byId('topic-panel').scrollIntoView({ block: 'start' });
  watchButton.focus({ preventScroll: true });
}

let first = true;

export function showTopics({ exchanges }) {
  const any = chooser.show(exchanges);
  watchButton.disabled = !any && !watching;
  if (!watching) {
    setNotice(notice, any ? '' : 'No topic is declared yet.');
  }
  if (first && any && recall('topic-watching') === 'yes') {
    start(); // as it was before the page was loaded again
  }
  first = false;
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (watching && event.submitter === watchButton) {
    stop();
  } else if (chooser.value) {
    start();
  }
});
byId('topic-exchange').addEventListener('change', follow);
pattern.addEventListener('change', follow);
pauseButton.addEventListener('click', () => setPaused(!paused));
clearButton.addEventListener('click', clear);
keep(pattern);
watchButton.disabled = true;
clear();
