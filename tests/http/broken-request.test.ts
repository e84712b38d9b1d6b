import { connect } from 'node:net';
import Fastify from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerBrokenRequest } from '../../src/http/broken-request.ts';
import { problemMaker } from '../../src/http/make-problem.ts';

const lines: string[] = [];
let app: ReturnType<typeof build>;

beforeAll(async () => {
  app = build();
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => app.close());

describe('bytes that are not an HTTP request', () => {
  test.each([
    [
      'headers of 20 kB',
      `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    [
      'a request target of 20 kB',
      `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
      431,
      'headers-too-large',
    ],
    ['another protocol', '\u0016\u0003\u0001 hello\r\n\r\n', 400, 'broken-request'],
    ['a request target with a raw é', 'GET /\u00e9 HTTP/1.1\r\nHost: x\r\n\r\n', 400, 'broken-request'],
    [
      'two Content-Length headers',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
      'broken-request',
    ],
  ])('a request with %s is answered with a problem', async (_what, text, status, code) => {
    const [head = '', body = ''] = (await sendRaw(text)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json$/im);
    expect(head).toMatch(/^cache-control: no-store$/im);
    expect(JSON.parse(body)).toMatchObject({ type: `http://masthead.test/problems/${code}`, status });
  });

  test('a broken request is not logged, because it may contain a key', async () => {
    const secret = 'mh_0123456789';
    await sendRaw(`GET / HTTP/1.1\r\nAuthorization: Bearer ${secret}\r\nHost: x\r\nbad header\r\n\r\n`);
    expect(lines.join('')).not.toContain(secret);
    // The form of a Buffer in JSON
    expect(lines.join('')).not.toContain([...Buffer.from(secret)].join(','));
  });

  test('a connection that is reset in the middle of a request does not affect the next one', async () => {
    const socket = openSocket();
    socket.write('GET / HT', () => socket.resetAndDestroy());
    await new Promise((resolve) => socket.once('close', resolve));
    expect(await sendRaw('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).toMatch(
      /^HTTP\/1.1 404 /,
    );
  });
});

function build() {
  const makeProblem = problemMaker('http://masthead.test');
  const loggerInstance = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  return Fastify({ loggerInstance, clientErrorHandler: answerBrokenRequest(makeProblem) });
}

function openSocket() {
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
  return connect(address.port, '127.0.0.1');
}

function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = openSocket();
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
    socket.write(text, 'latin1');
  });
}
