import { setImmediate as nextTurn } from 'node:timers/promises';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeServerFactory } from '../../src/http/create-server.ts';
import { handleProblems } from '../../src/http/problem.ts';
import { refuseWhenCrowded, refuseWhenLate } from '../../src/http/shed-load.ts';
import { prepareResponse } from '../../src/prepared/prepared-response.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import { injectAtDoor } from '../support/inject.ts';

const pool = { waitingCount: 0 };
const responses = createResponseCache(1_000_000);
let app: FastifyInstance;

beforeEach(async () => {
  pool.waitingCount = 0;
  responses.heardUntil(performance.now() + 60_000);
  app = Fastify({ serverFactory: makeServerFactory(responses) });
  handleProblems(app);
  refuseWhenLate(app);
  refuseWhenCrowded(app, pool);
  app.get('/read', async () => 'read');
  await responses.read('/kept', async () => prepareResponse({ body: '{}', keys: ['content'] }));
});
afterEach(() => app.close());

const refused = {
  statusCode: 503,
  headers: expect.objectContaining({ 'retry-after': expect.stringMatching(/^[1-9]\d*$/) }),
};

describe('While a hundred wait for a connection', () => {
  test('what would wait too is refused at once, and told when to come back', async () => {
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
    pool.waitingCount = 100;
    const answer = await injectAtDoor(app, '/read');
    expect(answer).toMatchObject(refused);
    expect(answer.json()).toMatchObject({ type: 'urn:masthead:problem:overloaded' });
    pool.waitingCount = 99;
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
  });

  test('what is kept is answered all the same', async () => {
    pool.waitingCount = 100;
    expect((await injectAtDoor(app, '/kept')).statusCode).toBe(200);
  });
});

describe('A process that is late', () => {
  test('again and again refuses what it would have to work for, and only that', async () => {
    const end = performance.now() + 4_500;
    while (performance.now() < end) await beBusyFor(600);
    expect(await injectAtDoor(app, '/read')).toMatchObject(refused);
    expect((await injectAtDoor(app, '/kept')).statusCode).toBe(200);
  });

  test('once refuses nothing', async () => {
    await beBusyFor(2_500);
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
    expect((await injectAtDoor(app, '/read')).statusCode).toBe(200);
  });
});

/** Milliseconds in which the event loop does not turn; then it does, once. */
async function beBusyFor(milliseconds: number): Promise<void> {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
  await nextTurn();
}
