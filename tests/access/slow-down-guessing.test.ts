import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { makeSlowDown } from '../../src/http/slow-down-guessing.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

const PENDING = Symbol('pending');
const isDelayed = async (waiting: Promise<void>) =>
  (await Promise.race([waiting, nextTurn(PENDING)])) === PENDING;

describe('the answers to wrong keys', () => {
  test('the first 100 wrong keys of a peer are answered at once, and later ones are delayed', async () => {
    const slowDown = makeSlowDown();
    for (let count = 0; count < 100; count += 1) expect(await isDelayed(slowDown('192.0.2.1'))).toBe(false);
    expect(await isDelayed(slowDown('192.0.2.1'))).toBe(true);
    expect(await isDelayed(slowDown('192.0.2.2'))).toBe(false);
  });

  test('a valid key is answered while wrong keys of the same peer wait', async () => {
    let answered = 0;
    const guesses = Array.from({ length: 300 }, async (_, number) => {
      const answer = await masthead.withKey(`mh_wrong_${number}`).get('/admin/v1/newsletters');
      answered += 1;
      return answer;
    });
    expect(await masthead.as('viewer').get('/admin/v1/newsletters')).toMatchObject({ status: 200 });
    expect(answered).toBeLessThan(300);
    for (const answer of await Promise.all(guesses)) expect(answer).toMatchObject({ status: 401 });
  });

  test('a forged X-Forwarded-For does not make a peer another one', async () => {
    const startedAt = performance.now();
    await masthead.withKey('mh_wrong').get('/admin/v1/newsletters', { 'x-forwarded-for': '198.51.100.7' });
    // The peer has sent 300 wrong keys in the test before. A delay is a timer, which is never early.
    expect(performance.now() - startedAt).toBeGreaterThan(900);
  });
});
