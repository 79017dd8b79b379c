// Talking to the node that serves this page.

const BASE = '/api/v1';
const TOKEN = 'switchboard.token';

let token = recall();
let askForToken = () => {};

function recall() {
  try {
    return sessionStorage.getItem(TOKEN);
  } catch {
    return null; // storage is refused: the token lives as long as the page
  }
}

/** The API answered with a failure; carries what its problem+json says. */
export class Problem extends Error {
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem.code ?? `HTTP ${status}`;
    this.title = problem.title;
    this.retryable = problem.retryable;
    this.retryAfter = problem.retryAfter;
  }
}

/** No answer at all: the node is down, restarting or out of reach. */
export class Unreachable extends Error {}

export const hasToken = () => Boolean(token);

export function useToken(value) {
  token = value;
  try {
    sessionStorage.setItem(TOKEN, value);
  } catch {
    // storage is refused: see recall
  }
}

/** Called with whether a token was refused (rather than missing) when the API answers 401. */
export function onUnauthorized(listener) {
  askForToken = listener;
}

async function problemOf(response) {
  let problem = {};
  try {
    problem = await response.json();
  } catch {
    problem = { title: response.statusText }; // not a problem document: the status must do
  }
  problem.retryAfter = response.headers.get('Retry-After');
  return new Problem(response.status, problem);
}

/**
 * Fetches from the API. Fails with a Problem for an answer that is not 2xx, with Unreachable when
 * there is none within the time limit, and with an AbortError when the given signal aborts.
 */
export async function call(path, { method = 'GET', headers = {}, body, signal, limitMs } = {}) {
  const limit = limitMs ? AbortSignal.timeout(limitMs) : undefined;
  const signals = [signal, limit].filter(Boolean);
  const used = token;
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      body,
      headers: used ? { ...headers, Authorization: `Bearer ${used}` } : headers,
      signal: signals.length ? AbortSignal.any(signals) : undefined,
      cache: 'no-store',
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure;
    }
    throw new Unreachable(limit?.aborted ? 'no answer in time' : 'the node is not answering');
  }
  if (response.status === 401 && used === token) {
    askForToken(Boolean(used));
  }
  if (!response.ok) {
    throw await problemOf(response);
  }
  return response;
}

export async function json(path, limitMs) {
  const response = await call(path, { limitMs, headers: { Accept: 'application/json' } });
  try {
    return await response.json();
  } catch (failure) {
    throw new Unreachable(`the answer broke off: ${failure.message}`);
  }
}

/** A topic's event stream. An EventSource sends no headers, so the token rides in the address. */
export function subscribeUrl(exchange, pattern) {
  const query = new URLSearchParams({ key: pattern });
  if (token) {
    query.set('token', token);
  }
  return `${BASE}/exchanges/${encodeURIComponent(exchange)}/subscribe?${query}`;
}
