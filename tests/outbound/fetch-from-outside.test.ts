import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
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

describe('fetched files', () => {
  test('a file is returned with its bytes and the name from its URL, and the connection is closed', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url('/a/gro%C3%9Fes%20Bild.png?width=3#top'));
    expect((await buffer(bytes)).toString()).toBe('bytes');
    expect(fileName).toBe('großes Bild.png');
    await expect.poll(() => outside.open.size).toBe(0);
  });

  test('the request has only the necessary headers', async () => {
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

  test.each([
    ['attachment; filename="a b.png"', 'a b.png'],
    ['attachment; filename="x"; filename*=UTF-8\'\'%C3%A4.png', 'ä.png'],
    ['attachment; filename="../../etc/passwd"', '../../etc/passwd'],
    ['attachment', 'last.png'],
    ['attachment; filename=""', 'last.png'],
    [';;;"', 'last.png'],
  ])('with "Content-Disposition: %s" the file is named "%s"', async (header, name) => {
    outside.answer = (_request, response) => response.setHeader('content-disposition', header).end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url('/last.png'));
    await buffer(bytes);
    expect(fileName).toBe(name);
  });

  test.each([
    ['/', null],
    ['/a/', null],
    ['/%ff.png', '%ff.png'],
  ])('the file at %s is named %s', async (path, name) => {
    outside.answer = (_request, response) => response.end('bytes');
    const { bytes, fileName } = await fetchFrom(outside.url(path));
    await buffer(bytes);
    expect(fileName).toBe(name);
  });

  test.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example', 'xn--bcher-kva.example'],
    ['files。example', 'files.example'],
    ['files.example.', 'files.example'],
    // RFC 6066 allows no IP addresses in SNI. The certificate is still verified against the address.
    ['127.0.0.1', false],
    ['2130706433', false],
  ])('a file is fetched from %s with a certificate for that host', async (host, serverName) => {
    outside.answer = (_request, response) => response.end('bytes');
    expect(await readFrom(outside.url('/', host))).toBe('bytes');
    expect(outside.asked).toMatchObject([{ serverName }]);
  });

  test('the host name is resolved once, and the connection goes to the checked address', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    const answers = [['127.0.0.1'], ['127.0.0.2']];
    let lookUps = 0;
    const policy = { ...outside.policy(), resolve: async () => answers[lookUps++] ?? [] };
    const { bytes } = await fetchFromOutside(outside.url(), { maxBytes: 1_000 }, policy);
    expect((await buffer(bytes)).toString()).toBe('bytes');
    expect(lookUps).toBe(1);
    expect(outside.connectedTo).toEqual(['127.0.0.1']);
  });

  test('the other address family is tried when the first address is unreachable', async () => {
    outside.answer = (_request, response) => response.end('bytes');
    // This address is reserved for documentation, so nothing answers there.
    outside.names.set('files.example', ['2001:db8::1', '127.0.0.1']);
    const policy = { ...outside.policy({ connectMs: 1_000 }), isAllowed: () => true };
    const { bytes } = await fetchFromOutside(outside.url(), { maxBytes: 1_000 }, policy);
    expect((await buffer(bytes)).toString()).toBe('bytes');
  });
});

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('a redirect with status %i is followed', async (status) => {
    redirectTo({ '/a': '/b' }, status);
    expect(await readFrom(outside.url('/a'))).toBe('the file');
  });

  test('three redirects are followed, each host is resolved again, and the last URL names the file', async () => {
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

  test('the connection is closed before the redirect is followed', async () => {
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

  test('a fourth redirect is not followed', async () => {
    redirectTo({ '/a': '/b', '/b': '/c', '/c': '/d', '/d': '/e' });
    expect(await refusalOf(fetchFrom(outside.url('/a')))).toMatchObject({ code: 'answer_not_usable' });
    expect(outside.asked).toHaveLength(4);
    await expect.poll(() => outside.open.size).toBe(0);
  });

  test.each([
    ...[
      'http://files.example/',
      'https://user@files.example/',
      'https://files.example:8443/',
      'file:///etc/passwd',
    ],
    ...['data:text/plain,x', 'https://', 'https://[::1'],
  ])('a redirect to %s is not followed', async (location) => {
    redirectTo({ '/a': location });
    const refused = refusalOf(fetchFrom(outside.url('/a')));
    expect(await refused).toMatchObject({ kind: 'invalid', code: 'answer_not_usable' });
    expect(outside.lookedUp).toEqual(['files.example']);
  });

  test('a redirect without a location is refused', async () => {
    outside.answer = (_request, response) => response.writeHead(302).end();
    expect(await refusalOf(fetchFrom(outside.url('/a')))).toMatchObject({ code: 'answer_not_usable' });
  });
});

describe('refused URLs', () => {
  test.each([
    ...['', 'files.example', '/a.png', 'http://files.example/', 'ftp://files.example/', 'file:///etc/passwd'],
    ...['https://user@files.example/', 'https://user:word@files.example/', 'https://:word@files.example/'],
    ...[
      'https://files.example:80/',
      'https://files.example:8443/',
      'https://[fe80::1%25lo]/',
      'https://1.2.3.256/',
    ],
  ])('the URL "%s" is refused without a look-up', async (url) => {
    const resolve = async () => expect.fail('it was looked up');
    const refused = refusalOf(fetchFromOutside(url, { maxBytes: 1 }, { ...PUBLIC_INTERNET, resolve }));
    expect(await refused).toMatchObject({
      kind: 'invalid',
      code: 'address_not_allowed',
      details: { faults: [{ pointer: '/url', code: 'address_not_allowed' }] },
    });
  });
});

describe('refused answers', () => {
  test.each([201, 204, 206, 300, 304, 401, 404, 410, 500, 503])(
    'an answer with the status %i is refused',
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

  test.each(['gzip', 'br', 'GZIP', 'identity, gzip', 'x'])('the encoding %s is refused', async (encoding) => {
    outside.answer = (_request, response) => response.setHeader('content-encoding', encoding).end('bytes');
    expect(await refusalOf(fetchFrom(outside.url()))).toMatchObject({ code: 'answer_not_usable' });
    await expect.poll(() => outside.open.size).toBe(0);
  });
});
