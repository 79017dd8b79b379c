// A form that sends a request and shows what came back.

import { Problem, call } from './api.js';
import { Chooser } from './chooser.js';
import { byId, el, setText } from './dom.js';
import { bounded, count, took } from './format.js';
import { keep } from './memory.js';

const SHOWN = 64 * 1024;

const form = byId('request-form');
const body = byId('request-body');
const deadline = byId('request-deadline');
const type = byId('request-type');
const sendButton = byId('request-send');
const cancelButton = byId('request-cancel');
const answer = byId('request-answer');
const chooser = new Chooser(byId('request-exchange'), 'request');

let under = null;
let any = false;

/** What the text is sent as: JSON when it is JSON, else text. */
function contentType(text) {
  try {
    JSON.parse(text);
    return 'application/json';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}

function showType() {
  const text = body.value;
  setText(
    type,
    text.trim() === ''
      ? 'empty'
      : contentType(text).startsWith('application/json')
        ? 'sent as JSON'
        : 'sent as text',
  );
}

function pretty(text, mediaType) {
  if (!/[/+]json\b/.test(mediaType)) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text; // said to be JSON and is not: shown as it came
  }
}

async function replyBody(response) {
  const mediaType = response.headers.get('Content-Type') ?? '';
  if (response.status === 204) {
    return { mediaType: 'no body', text: '' };
  }
  if (/^(text\/|application\/(.*\+)?json)/.test(mediaType)) {
    return { mediaType, text: pretty(await response.text(), mediaType) };
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const hex = [...bytes.subarray(0, 256)]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join(' ');
  return {
    mediaType: `${mediaType || 'bytes'}, ${count(bytes.length)} bytes`,
    text: bytes.length > 256 ? `${hex} …` : hex,
  };
}

function show(tone, head, ...rest) {
  answer.dataset.tone = tone;
  answer.replaceChildren(el('p', { class: 'head' }, head), ...rest);
}

const chips = (...texts) =>
  texts.filter(Boolean).map((text, i) => el('span', { class: i === 0 ? 'code' : 'fact' }, text));

function showReply(exchange, status, { mediaType, text }, ms) {
  show(
    'good',
    chips(String(status), exchange, took(ms), mediaType.split(';')[0]),
    text === ''
      ? el('p', { class: 'quiet' }, 'The reply has no body.')
      : el('pre', { tabindex: '0', 'aria-label': 'Reply' }, bounded(text, SHOWN)),
  );
}

function showFailure(exchange, failure, ms) {
  if (!(failure instanceof Problem)) {
    show(
      'bad',
      chips('no answer', exchange, took(ms)),
      el(
        'p',
        {},
        'The node did not answer. What you typed is kept; send it again when the node is back.',
      ),
    );
    return;
  }
  const again = failure.retryAfter
    ? `may be sent again in ${failure.retryAfter} s`
    : 'may be sent again';
  show(
    'bad',
    chips(
      failure.code,
      String(failure.status),
      exchange,
      took(ms),
      failure.retryable === true ? again : null,
    ),
    el('p', {}, failure.message),
  );
}

async function send() {
  const exchange = chooser.value;
  const text = body.value;
  const headers = { Accept: 'application/json, text/plain, */*' };
  if (text.trim() !== '') {
    headers['Content-Type'] = contentType(text);
  }
  if (deadline.value !== '') {
    headers['Switchboard-Deadline-Ms'] = deadline.value;
  }
  under = new AbortController();
  const { signal } = under;
  sendButton.disabled = true;
  cancelButton.disabled = false;
  show('waiting', chips('sent', exchange, 'waiting for the reply…'));
  const began = performance.now();
  try {
    const response = await call(`/exchanges/${encodeURIComponent(exchange)}/request`, {
      method: 'POST',
      headers,
      body: text.trim() === '' ? undefined : text,
      signal,
    });
    const reply = await replyBody(response);
    showReply(exchange, response.status, reply, performance.now() - began);
  } catch (failure) {
    const ms = performance.now() - began;
    if (signal.aborted) {
      show('quiet', chips('cancelled', exchange, took(ms)));
    } else {
      showFailure(exchange, failure, ms);
    }
  } finally {
    under = null;
    cancelButton.disabled = true;
    sendButton.disabled = !any;
  }
}

export function tryRequest(exchange) {
  chooser.choose(exchange);
  byId('request-panel').scrollIntoView({ block: 'start' });
  body.focus({ preventScroll: true });
}

export function showRequests({ exchanges }) {
  any = chooser.show(exchanges);
  sendButton.disabled = !any || under !== null;
  setText(byId('request-note'), any ? '' : 'no request exchange is declared yet');
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (!under && chooser.value) {
    send();
  }
});
body.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit();
  }
});
body.addEventListener('input', showType);
cancelButton.addEventListener('click', () => under?.abort());
[body, deadline].forEach(keep);
sendButton.disabled = true;
showType();
show('quiet', 'The reply appears here, with the time it took.');
