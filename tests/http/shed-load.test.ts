import { setImmediate as nextTurn } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeServerFactory } from '../../src/http/create-server.ts';
import { problemMaker } from '../../src/http/make-problem.ts';
import { handleProblems } from '../../src/http/problem.ts';
import { refuseWhenEventLoopLags, refuseWhenPoolIsBusy } from '../../src/http/shed-load.ts';
import { prepareResponse } from '../../src/prepared/prepared-response.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import { injectAtDoor } from '../support/inject.ts';

const pool = { waitingCount: 0 };
const responses = createResponseCache(1_000_000);
let app: FastifyInstance;

beforeEach(async () => {
  pool.waitingCount = 0;
  responses.confirmCurrent(performance.now() + 60_000);
  app = Fastify({ serverFactory: makeServerFactory(responses, { isDraining: false, isOutdated: false }) });
  handleProblems(app, problemMaker('http://masthead.test'));
  refuseWhenEventLoopLags(app);
  refuseWhenPoolIsBusy(app, pool, 100);
  app.get('/read', async () => 'read');
  await responses.read('/kept', async () => prepareResponse({ body: '{}', keys: ['content'] }));
});
afterEach(() => app.close());

const refused = {
  statusCode: 503,
  headers: expect.objectContaining({ 'retry-after': expect.stringMatching(/^[1-9]\d*$/) }),
};

describe('a node on which a hundred requests wait for a database connection', () => {
  test('a request that would have to wait too returns 503 with Retry-After', async () => {
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
    pool.waitingCount = 100;
    const answer = await injectAtDoor(app, '/read');
    expect(answer).toMatchObject(refused);
    expect(answer.json()).toMatchObject({ type: 'http://masthead.test/problems/overloaded' });
    pool.waitingCount = 99;
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
  });

  test('a cached response is still served', async () => {
    pool.waitingCount = 100;
    expect((await injectAtDoor(app, '/kept')).statusCode).toBe(200);
  });
});

describe('a node whose event loop is delayed', () => {
  test.each([300, 800, 1_500])(
    'with repeated delays of %i ms the node rejects requests that are not cached, and only those',
    async (late) => {
      const end = performance.now() + 6_500;
      while (performance.now() < end) await beBusyFor(late);
      expect(await injectAtDoor(app, '/read')).toMatchObject(refused);
      expect((await injectAtDoor(app, '/kept')).statusCode).toBe(200);
    },
  );

  test('a single delay rejects no request', async () => {
    await beBusyFor(2_500);
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
  });
});

/** Blocks the event loop for so many milliseconds, then lets it turn once. */
async function beBusyFor(milliseconds: number): Promise<void> {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  await nextTurn();
}
