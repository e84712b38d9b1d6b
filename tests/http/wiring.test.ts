import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const allowed = 'https://admin.example.com';

test('an unknown route of the Admin API has the authentication, CORS and cache headers of the others', async () => {
  const url = '/admin/v1/nope';
  expect(await masthead.anonymous.get(url, { origin: allowed })).toMatchObject({
    status: 401,
    headers: { 'access-control-allow-origin': allowed },
  });
  expect(await masthead.as('viewer').get(url, { origin: allowed })).toMatchObject({
    status: 404,
    headers: { 'access-control-allow-origin': allowed, 'cache-control': 'no-store' },
    body: { type: 'http://masthead.test/problems/no-such-route' },
  });
});

test('responses of the Admin API have X-Content-Type-Options: nosniff', async () => {
  expect(await masthead.as('viewer').get('/admin/v1/newsletters')).toMatchObject({
    headers: { 'x-content-type-options': 'nosniff' },
  });
});

test('a request with headers of 20 kB returns a problem', async () => {
  await masthead.app.listen({ host: '127.0.0.1', port: 0 });
  const address = masthead.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  const chunks = await socket.toArray();
  expect(Buffer.concat(chunks).toString()).toMatch(
    /^HTTP\/1\.1 431 .*http:\/\/masthead\.test\/problems\/headers-too-large/s,
  );
});
