// Runs the published client, unchanged, against the bridge at URL.
// node eventbus-client.js URL; exit code 0 when everything holds.
'use strict';

const assert = require('node:assert/strict');
const EventBus = require('@vertx/eventbus-bridge-client.js');

const url = process.argv[2];
const LIMIT_MILLIS = 10_000;

const within = (what, promise) => {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: not within the limit`)), LIMIT_MILLIS);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
};

const connect = () => within('connect', new Promise((resolve, reject) => {
  const bus = new EventBus(url);
  bus.onopen = () => resolve(bus);
  bus.onclose = event => reject(new Error(`closed: ${JSON.stringify(event)}`));
}));

const ask = (bus, address, body, headers = {}) =>
  within(`request ${address}`, new Promise((resolve, reject) =>
    bus.send(address, body, headers, (error, message) =>
      error ? reject(error) : resolve(message))));

const failure = async promise => {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('should have failed');
};

const error = (bus, action) => within('onerror', new Promise(resolve => {
  bus.onerror = resolve;
  action();
}));

const until = async (what, condition) => {
  const end = Date.now() + LIMIT_MILLIS;
  while (!await condition()) {
    assert.ok(Date.now() < end, `${what}: not within the limit`);
    await new Promise(resolve => setTimeout(resolve, 20));
  }
};

const subscribers = async (bus, wanted) => until(`${wanted} subscribers`,
  async () => (await ask(bus, 'subscribers', null)).body === wanted);

const checks = {
  async requestsAreAnswered(bus) {
    const reply = await ask(bus, 'echo', { a: [1, 'x', null] }, { user: 'ann' });
    assert.equal(reply.type, 'rec');
    assert.deepEqual(reply.body, { a: [1, 'x', null] });
    assert.equal(reply.headers.user, 'ann');
    for (const body of ['text', 5, true, null, [1, 2], 'é\u2028"\\']) {
      assert.deepEqual((await ask(bus, 'echo', body)).body, body);
    }
  },

  async failuresCarryTheirCode(bus) {
    const failed = await failure(ask(bus, 'failing', {}));
    assert.equal(failed.failureCode, 9);
    assert.equal(failed.failureType, 'RECIPIENT_FAILURE');
    assert.match(failed.message, /WORKER_FAILED.*out of paper/);
    assert.equal((await failure(ask(bus, 'idle', {}))).failureCode, 10);
    assert.equal((await failure(ask(bus, 'news', {}))).failureCode, 4);
  },

  async sendWithoutReplyArrives(bus) {
    const before = (await ask(bus, 'sunk', null)).body;
    bus.send('sink', { n: 1 });
    await until('the sink', async () => (await ask(bus, 'sunk', null)).body === before + 1);
  },

  async subscriptionsGetWhatMatches(bus) {
    const got = [];
    const handler = (failed, message) => got.push([failed, message.headers.key, message.body]);
    bus.registerHandler('news/fx.*', handler);
    await subscribers(bus, 1);
    bus.publish('news', { rate: 1 }, { key: 'fx.eur' });
    bus.publish('news', 'no', { key: 'metal.gold' });
    bus.publish('news', 'yes', { key: 'fx.gbp' });
    await until('two events', () => got.length === 2);
    assert.deepEqual(got, [[null, 'fx.eur', { rate: 1 }], [null, 'fx.gbp', 'yes']]);
    bus.unregisterHandler('news/fx.*', handler);
    await subscribers(bus, 0);
    bus.publish('news', 'late', { key: 'fx.eur' });
    const all = new Promise(resolve => bus.registerHandler('news',
      (failed, message) => resolve(message)));
    await subscribers(bus, 1);
    bus.publish('news', 'everything', { key: 'any.key.at.all' });
    assert.equal((await within('any key', all)).body, 'everything');
    assert.equal(got.length, 2);
  },

  async whatIsNotPermittedIsDenied(bus) {
    assert.equal((await failure(ask(bus, 'secret', {}))).failureType, 'ACCESS_DENIED');
    for (const action of [
      () => bus.send('secret', {}),
      () => bus.publish('secret', {}, { key: 'a' }),
      () => bus.registerHandler('secret', () => assert.fail('heard a secret')),
      () => bus.registerHandler('plain.ping', () => assert.fail('heard a request')),
      () => bus.send('no name', {}),
      () => bus.send('plain.news', {}),
    ]) {
      assert.equal((await error(bus, action)).failureType, 'ACCESS_DENIED');
    }
    const keyless = await error(bus, () => bus.publish('news', {}));
    assert.equal(keyless.failureCode, 1);
  },

  async permittedPlainAddressesWork(bus) {
    assert.equal((await ask(bus, 'plain.ping', 'ping')).body, 'pong');
    const news = new Promise(resolve => bus.registerHandler('plain.news',
      (failed, message) => resolve(message.body)));
    await until('plain news', () => Promise.race([news.then(() => true),
      ask(bus, 'publish-plain-news', null).then(() => false)]));
    assert.equal(await news, 'extra');
  },

  async theClientMayAnswerToo(bus) {
    bus.registerHandler('plain.ask', (failed, message) => message.reply(message.body + '!'));
    await until('an answer', async () => {
      try {
        return (await ask(bus, 'ask-the-client', 'hey')).body === 'hey!';
      } catch (notYet) {
        return false;
      }
    });
  },

  async aMessageOverTheLimitIsRefused(bus) {
    const refusal = await error(bus, () => bus.send('echo', 'x'.repeat(70_000)));
    assert.equal(refusal.failureCode, 6);
    assert.equal((await ask(bus, 'echo', 'still here')).body, 'still here');
  },
};

(async () => {
  for (const [name, check] of Object.entries(checks)) {
    const bus = await connect();
    await check(bus);
    bus.onclose = null;
    bus.close();
    console.log(`ok ${name}`);
  }
  process.exit(0);
})().catch(failed => {
  console.error(failed);
  process.exit(1);
});
