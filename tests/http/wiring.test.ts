import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();
const allowed = 'https://admin.example.com';

test('a body of text is a 415', async () => {
  const headers = { 'content-type': 'text/plain' };
  expect(await masthead.as('admin').post('/admin/v1/newsletters', {}, headers)).toMatchObject({
    status: 415,
    body: { type: 'urn:masthead:problem:invalid-media-type' },
  });
});

test('an unknown address of the Admin API is refused as its others are', async () => {
  const url = '/admin/v1/nope';
  expect(await masthead.anonymous.get(url, { origin: allowed })).toMatchObject({
    status: 401,
    headers: { 'access-control-allow-origin': allowed },
  });
  expect(await masthead.as('viewer').get(url, { origin: allowed })).toMatchObject({
    status: 404,
    headers: { 'access-control-allow-origin': allowed, 'cache-control': 'no-store' },
    body: { type: 'urn:masthead:problem:no-such-route' },
  });
});

test('the type of what the Admin API answers is not guessed', async () => {
  expect(await masthead.as('viewer').get('/admin/v1/newsletters')).toMatchObject({
    headers: { 'x-content-type-options': 'nosniff' },
  });
});

test('what is no request is answered as a problem', async () => {
  await masthead.app.listen({ host: '127.0.0.1', port: 0 });
  const address = masthead.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('It does not listen.');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`);
  const chunks = await socket.toArray();
  expect(Buffer.concat(chunks).toString()).toMatch(
    /^HTTP\/1\.1 431 .*urn:masthead:problem:headers-too-large/s,
  );
});
