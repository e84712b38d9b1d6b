import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const OVER_THE_LIMIT = 5 * 1024 * 1024;

let origin: string;

beforeAll(async () => {
  await masthead.app.listen({ host: '127.0.0.1', port: 0 });
  origin = `http://127.0.0.1:${(masthead.app.server.address() as AddressInfo).port}`;
});

/** Sends the whole body before it reads the answer, as many clients do. */
function send(headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(`${origin}/admin/v1/newsletters`, { method: 'POST', headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', reject);
    sent.end(Buffer.alloc(OVER_THE_LIMIT, ' '));
  });
}

describe('a body over the limit', () => {
  test.each([
    ['with Content-Length', { 'content-length': String(OVER_THE_LIMIT) }],
    ['in chunks', { 'transfer-encoding': 'chunked' }],
  ])('a client that sends it %s reads the 413 each time', async (_how, length) => {
    const { secret } = (
      await masthead.as('admin').post('/admin/v1/api-keys', { name: 'large', role: 'admin' })
    ).body;
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...length };
    for (let round = 0; round < 10; round += 1) expect(await send(headers)).toBe(413);
  });

  test('a client that sends a type that the operation does not accept reads the 415 each time', async () => {
    const { secret } = (
      await masthead.as('admin').post('/admin/v1/api-keys', { name: 'typed', role: 'admin' })
    ).body;
    const headers = { authorization: `Bearer ${secret}`, 'content-type': 'text/csv' };
    for (let round = 0; round < 10; round += 1) expect(await send(headers)).toBe(415);
  });
});

describe('a body with very many faults', () => {
  test('the problem lists the first 100 and counts the others', async () => {
    const body = Object.fromEntries(Array.from({ length: 20_000 }, (_, number) => [`field${number}`, 0]));
    const answer = await masthead.as('admin').post('/admin/v1/newsletters', body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toHaveLength(100);
    expect(answer.body.errors[99]).toMatchObject({ code: 'unknown_field' });
    expect(answer.body.omittedErrors).toBeGreaterThanOrEqual(19_900);
    expect(JSON.stringify(answer.body).length).toBeLessThan(20_000);
  });
});
