import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { type NetworkPolicy, PUBLIC_INTERNET } from '../../src/outbound/network-policy.ts';
import { isPublicAddress } from '../../src/outbound/public-address.ts';
import { listen, refusalOf, useOutside } from './outside.ts';

const outside = useOutside();

const same = {
  kind: 'invalid',
  code: 'address_unreachable',
  message: expect.stringMatching(/^The file could not be fetched\. [^0-9]*$/),
  details: { faults: [{ pointer: '/url', code: 'address_unreachable', message: expect.any(String) }] },
  cause: undefined,
};

const refused = (url = outside.url(), policy: NetworkPolicy = outside.policy()) =>
  refusalOf(fetchFromOutside(url, { maxBytes: 1_000 }, policy));

const leadTo = (...addresses: string[]) => outside.names.set('files.example', addresses);

async function closedPort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs `use` with a server that calls `greet` for each connection, and checks that all connections are closed. */
async function withServer<T>(greet: (socket: Socket) => void, use: (port: number) => Promise<T>) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
    // With unread bytes the socket would not notice that the other side closed the connection.
    greet(socket.resume());
  });
  const port = await listen(server);
  try {
    const result = await use(port);
    await expect.poll(() => sockets.size).toBe(0);
    return result;
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const withGreeting = (greet: (socket: Socket) => void, limits = {}) =>
  withServer(greet, (port) => refused(`https://files.example:${port}/`, { ...outside.policy(limits), port }));

const ways: Record<string, () => ReturnType<typeof refused>> = {
  'a closed port': async () => {
    const port = await closedPort();
    return refused(`https://files.example:${port}/`, { ...outside.policy(), port });
  },
  'a server that sends nothing': () => withGreeting(() => {}, { connectMs: 50 }),
  'a server that closes the connection': () => withGreeting((socket) => socket.destroy()),
  'a server that does not speak TLS': () => withGreeting((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
  'an unknown name': () => {
    const resolve = async () => Promise.reject(new Error('getaddrinfo ENOTFOUND files.example'));
    return refused(outside.url(), { ...outside.policy(), resolve });
  },
  'a name without addresses': () => {
    leadTo();
    return refused();
  },
  'a name whose look-up never ends': () =>
    refused(outside.url(), { ...outside.policy({ connectMs: 20 }), resolve: () => new Promise(() => {}) }),
  'a certificate for another name': () => refused(outside.url('/', 'other.example')),
  'a certificate of an unknown authority': () => {
    const { ca: _, ...policy } = outside.policy();
    return refused(outside.url(), policy);
  },
  'a private address': () => {
    leadTo('10.0.0.1');
    return refused();
  },
  'a name with a public and a private address': () => {
    leadTo('127.0.0.1', '169.254.169.254');
    return refused();
  },
  'a name with a private and a public address': () => {
    leadTo('::1', '127.0.0.1');
    return refused();
  },
  'a redirect to a private address': () => {
    outside.answer = (_request, response) =>
      response.writeHead(302, { location: `https://127.0.0.2:${outside.port}/` }).end();
    return refused();
  },
  'a redirect to a name with a private address': () => {
    outside.names.set('pictures.example', ['192.168.0.1']);
    outside.answer = (_request, response) =>
      response.writeHead(307, { location: outside.url('/', 'pictures.example') }).end();
    return refused();
  },
  'a server that does not answer': () => {
    outside.answer = () => {};
    return refused(outside.url(), outside.policy({ idleMs: 50 }));
  },
  'a server whose head never ends': () => {
    outside.answer = (_request, { socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket?.write('x: y\r\n'), 10);
      socket?.once('close', () => clearInterval(drip));
    };
    return refused(outside.url(), outside.policy({ totalMs: 150 }));
  },
  'a server whose head is too large': () => {
    outside.answer = (_request, response) => response.setHeader('x', 'y'.repeat(20_000)).end();
    return refused();
  },
  'a server that does not speak HTTP': () => {
    outside.answer = (_request, { socket }) => socket?.end('220 mail.example ESMTP\r\n');
    return refused();
  },
  'a server that switches protocols': () => {
    outside.answer = (_request, { socket }) =>
      socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    return refused();
  },
  'a server that closes the connection instead of answering': () => {
    outside.answer = (_request, { socket }) => socket?.destroy();
    return refused();
  },
};

describe('refusals of unreachable files', () => {
  test.each(Object.entries(ways))('the refusal of %s is the common one', async (_way, fetchIt) => {
    expect(await fetchIt()).toEqual(same);
    await expect.poll(() => outside.open.size).toBe(0);
  });

  test('the refusals are identical in all cases', async () => {
    const refusals = [];
    for (const fetchIt of Object.values(ways)) {
      outside.names.clear();
      refusals.push(JSON.stringify(await fetchIt()));
    }
    expect(new Set(refusals).size).toBe(1);
  });
});

describe('private addresses', () => {
  test.each([
    ...[
      '127.0.0.1',
      '0x7f.0.0.1',
      '0177.0.0.01',
      '2130706433',
      '0x7f000001',
      '127.1',
      '127.0.0.1.',
      '①②⑦.0.0.1',
    ],
    ...[
      '0.0.0.0',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
    ],
    ...['localhost', 'localhost.', 'LOCALHOST', 'ⓛocalhost', '%6cocalhost', 'files.example'],
  ])('no connection is opened to the private host %s', async (host) => {
    const policy = { ...outside.policy(), isAllowed: isPublicAddress };
    expect(await refused(outside.url('/', host), policy)).toEqual(same);
    expect(outside.connectedTo).toEqual([]);
  });

  test('a name that the system resolves to a private address is refused', async () => {
    expect(await refusalOf(fetchFromOutside('https://localhost/', { maxBytes: 1 }))).toEqual(same);
    expect((await PUBLIC_INTERNET.resolve('localhost')).length).toBeGreaterThan(0);
  });
});

describe('environment variables', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('NODE_TLS_REJECT_UNAUTHORIZED does not disable the verification of certificates', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await refused(outside.url('/', 'other.example'))).toEqual(same);
    expect(outside.asked).toEqual([]);
  });
});

describe('aborted fetches', () => {
  const reason = new Error('the client is gone');

  test('an aborted signal ends the fetch before it starts', async () => {
    const fetching = fetchFromOutside(
      outside.url(),
      { maxBytes: 1, signal: AbortSignal.abort(reason) },
      outside.policy(),
    );
    await expect(fetching).rejects.toBe(reason);
    expect(outside.lookedUp).toEqual([]);
  });

  test('aborting ends the fetch while it waits for the answer', async () => {
    const leaving = new AbortController();
    outside.answer = () => leaving.abort(reason);
    const { signal } = leaving;
    await expect(fetchFromOutside(outside.url(), { maxBytes: 1, signal }, outside.policy())).rejects.toBe(
      reason,
    );
    await expect.poll(() => outside.open.size).toBe(0);
  });
});
