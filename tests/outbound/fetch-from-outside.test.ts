import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { PUBLIC_INTERNET } from '../../src/outbound/network-policy.ts';
import { refusalOf, useOutside } from './outside.ts';

const outside = useOutside();

const fetchFrom = (url: string) => fetchFromOutside(url, { maxBytes: 1_000 }, outside.policy());
const readFrom = async (url: string) => (await buffer((await fetchFrom(url)).bytes)).toString();

function redirectTo(locations: Record<string, string>, status = 302) {
  outside.answer = (request, response) => {
    const location = locations[request.url ?? ''];
    if (location === undefined) response.end('the file');
    else response.writeHead(status, { location }).end('moved');
  };
}

describe('A file from outside', () => {
  it('comes with its bytes and the name that its address gives it, and leaves no connection', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url('/a/gro%C3%9Fes%20Bild.png?width=3#top'));
    expect((await buffer(bytes)).toString()).toBe('bytes');
    expect(fileName).toBe('großes Bild.png');
    await expect.poll(() => outside.open.size).toBe(0);
  });

  it('is asked for plainly, with nothing that tells who asks', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    await readFrom(outside.url('/a.png?b=c#d'));
    expect(outside.asked).toEqual([
      {
        serverName: 'files.example',
        host: `files.example:${outside.port}`,
        path: '/a.png?b=c',
        headers: {
          host: `files.example:${outside.port}`,
          'user-agent': 'Masthead',
          accept: '*/*',
          'accept-encoding': 'identity',
          connection: 'close',
        },
      },
    ]);
  });

  it.each([
    ['attachment; filename="a b.png"', 'a b.png'],
    ['attachment; filename="x"; filename*=UTF-8\'\'%C3%A4.png', 'ä.png'],
    ['attachment; filename="../../etc/passwd"', '../../etc/passwd'],
    ['attachment', 'last.png'],
    ['attachment; filename=""', 'last.png'],
    [';;;"', 'last.png'],
  ])('has the name that %s gives it', async (header, name) => {
    outside.answer = (_request, response) => response.setHeader('content-disposition', header).end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url('/last.png'));
    await buffer(bytes);
    expect(fileName).toBe(name);
  });

  it.each([
    ['/', null],
    ['/a/', null],
    ['/%ff.png', '%ff.png'],
  ])('at %s is named %s', async (path, name) => {
    outside.answer = (_request, response) => response.end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url(path));
    await buffer(bytes);
    expect(fileName).toBe(name);
  });

  it.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['files。example', 'files.example'],
    ['files.example.', 'files.example'],
    // RFC 6066: addresses are no names to ask by. The certificate is held against them all the same.
    ['127.0.0.1', false],
    ['2130706433', false],
  ])('is fetched from %s by a certificate for that name', async (host, serverName) => {
    outside.answer = (_request, response) => response.end('bytes');
    expect(await readFrom(outside.url('/', host))).toBe('bytes');
    expect(outside.asked).toMatchObject([{ serverName }]);
  });

  it('is fetched from the address that was vetted, which is looked up once', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    let lookUps = 0;
    const policy = { ...outside.policy(), resolve: async () => answers[lookUps++] ?? [] };
    const { bytes } = await fetchFromOutside(outside.url(), { maxBytes: 1_000 }, policy);
    expect((await buffer(bytes)).toString()).toBe('bytes');
    expect(lookUps).toBe(1);
    expect(outside.connectedTo).toEqual(['127.0.0.1']);
  });

  it('is fetched over the other family of addresses when the first leads nowhere', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    // Nobody has this address: it is for documentation.
    outside.names.set('files.example', ['2001:db8::1', '127.0.0.1']);
    const policy = { ...outside.policy({ connectMs: 1_000 }), isAllowed: () => true };
    const { bytes } = await fetchFromOutside(outside.url(), { maxBytes: 1_000 }, policy);
    expect((await buffer(bytes)).toString()).toBe('bytes');
  });
});

describe('Redirects', () => {
  it.each([301, 302, 303, 307, 308])('with the status %i are followed', async (status) => {
    redirectTo({ '/a': '/b' }, status);
    expect(await readFrom(outside.url('/a'))).toBe('the file');
  });

  it('are followed three times, each host looked up anew, and name the file by where they end', async () => {
    redirectTo({ '/a': 'b/c', '/b/c': `//pictures.example:${outside.port}/d`, '/d': '?e' });
    const { bytes, fileName } = await fetchFrom(outside.url('/a'));
    expect((await buffer(bytes)).toString()).toBe('the file');
    expect(fileName).toBe('d');
    expect(outside.asked.map(({ path }) => path)).toEqual(['/a', '/b/c', '/d', '/d?e']);
    expect(outside.asked.map(({ host }) => host?.split(':')[0])).toEqual([
      ...['files.example', 'files.example', 'pictures.example', 'pictures.example'],
    ]);
    expect(outside.lookedUp).toHaveLength(4);
    expect(outside.asked.every(({ headers }) => !headers.referer && !headers.cookie)).toBe(true);
    await expect.poll(() => outside.open.size).toBe(0);
  });

  it('leave the connection of the one before, though its answer goes on', async () => {
    outside.answer = async (request, response) => {
      if (request.url === '/a') {
        response.writeHead(302, { location: '/b', 'content-length': 10 }).flushHeaders();
      } else {
        await expect.poll(() => outside.open.size).toBe(1);
        response.end('the file');
      }
    };
    expect(await readFrom(outside.url('/a'))).toBe('the file');
  });

  it('are not followed a fourth time', async () => {
    redirectTo({ '/a': '/b', '/b': '/c', '/c': '/d', '/d': '/e' });
    expect(await refusalOf(fetchFrom(outside.url('/a')))).toMatchObject({ code: 'answer_not_usable' });
    expect(outside.asked).toHaveLength(4);
    await expect.poll(() => outside.open.size).toBe(0);
  });

  it.each([
    ...[
      'http://files.example/',
      'https://user@files.example/',
      'https://files.example:8443/',
      'file:///etc/passwd',
    ],
    ...['data:text/plain,x', 'https://', 'https://[::1'],
  ])('to %s are not followed', async (location) => {
    redirectTo({ '/a': location });
    const refused = refusalOf(fetchFrom(outside.url('/a')));
    expect(await refused).toMatchObject({ kind: 'invalid', code: 'answer_not_usable' });
    expect(outside.lookedUp).toEqual(['files.example']);
  });

  it('without a place to go to are no answer', async () => {
    outside.answer = (_request, response) => response.writeHead(302).end();
    expect(await refusalOf(fetchFrom(outside.url('/a')))).toMatchObject({ code: 'answer_not_usable' });
  });
});

describe('An address', () => {
  it.each([
    ...['', 'files.example', '/a.png', 'http://files.example/', 'ftp://files.example/', 'file:///etc/passwd'],
    ...['https://user@files.example/', 'https://user:word@files.example/', 'https://:word@files.example/'],
    ...[
      'https://files.example:80/',
      'https://files.example:8443/',
      'https://[fe80::1%25lo]/',
      'https://1.2.3.256/',
    ],
  ])('like %s is refused without a look at the network', async (url) => {
    const resolve = async () => expect.fail('it was looked up');
    const refused = refusalOf(fetchFromOutside(url, { maxBytes: 1 }, { ...PUBLIC_INTERNET, resolve }));
    expect(await refused).toMatchObject({
      kind: 'invalid',
      code: 'address_not_allowed',
      details: { faults: [{ pointer: '/url', code: 'address_not_allowed' }] },
    });
  });
});

describe('An answer', () => {
  it.each([201, 204, 206, 300, 304, 401, 404, 410, 500, 503])(
    'with the status %i is not the file',
    async (status) => {
      outside.answer = (_request, response) => response.writeHead(status).end();
      const refused = await refusalOf(fetchFrom(outside.url()));
      expect(refused).toMatchObject({
        kind: 'invalid',
        code: 'answer_not_usable',
        message: `The server responded with status ${status} instead of the file.`,
        details: { answerStatus: status, faults: [{ pointer: '/url', code: 'answer_not_usable' }] },
      });
      await expect.poll(() => outside.open.size).toBe(0);
    },
  );

  it.each(['gzip', 'br', 'GZIP', 'identity, gzip', 'x'])('encoded as %s is not taken', async (encoding) => {
    outside.answer = (_request, response) => response.setHeader('content-encoding', encoding).end('bytes');
    expect(await refusalOf(fetchFrom(outside.url()))).toMatchObject({ code: 'answer_not_usable' });
    await expect.poll(() => outside.open.size).toBe(0);
  });
});
