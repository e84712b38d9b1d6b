import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildLoggedApp, type LoggedApp } from '../http/logged-app.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

let logged: LoggedApp;
let port: number;

beforeAll(async () => {
  logged = await buildLoggedApp(masthead);
  await logged.app.listen({ host: '127.0.0.1', port: 0 });
  port = (logged.app.server.address() as AddressInfo).port;
});
afterAll(() => logged.app.close());

test('a client that leaves during its upload is one line in the log, and no error', async () => {
  const { secret } = (
    await masthead.as('admin').post('/admin/v1/api-keys', { name: 'upload', role: 'author' })
  ).body;
  const part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\n';
  const head = [
    'POST /admin/v1/media HTTP/1.1',
    'Host: masthead.test',
    `Authorization: Bearer ${secret}`,
    'Content-Type: multipart/form-data; boundary=x',
    'Content-Length: 1000000',
  ];
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(`${head.join('\r\n')}\r\n\r\n${part}${'x'.repeat(100_000)}`);
  await expect.poll(() => logged.log()).toContain('starting multipart parsing');
  socket.destroy();
  await expect.poll(() => logged.log()).toContain('client disconnected during its request');
  expect(logged.log()).not.toContain('request failed');
  expect(logged.log()).not.toContain('"stack"');
});
