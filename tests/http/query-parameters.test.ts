import { connect } from 'node:net';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { operationsOf } from '../access/operations.ts';
import { readBytes } from '../delivery/reading.ts';
import { putMedia } from '../media/serving/stored-files.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makePerson, makeReadyIssue, publish } from '../support/factories.ts';

const masthead = useMasthead();

const TRACKING = 'utm_source=mail&fbclid=x1&_=123&ref=here&utm_source=again&__proto__=1&limit%00=1&=1&a[]=1';

let base: string;
/** What fills the paths and the required parameters of the public operations. */
let parameters: Record<string, string>;

beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead);
  const person = await makePerson(masthead);
  const paper = await makePaper(masthead);
  for (const number of [1, 2, 3]) {
    const item = { kind: 'paper', title: 'An item', body: 'A note.', paperId: paper.id };
    const issue = await makeReadyIssue(masthead, {
      ...{ newsletterId: newsletter.id, number, tags: ['a'], authorIds: [person.id] },
      sections: [{ title: 'Papers', items: [item] }],
    });
    await publish(masthead, issue.id);
  }
  base = `/content/v1/newsletters/${newsletter.slug}`;
  const { fileName } = await putMedia(masthead, 'jpg');
  parameters = {
    ...{
      person: person.slug,
      id: paper.id,
      issue: 'latest',
      anchor: 'an-item',
      tag: 'a',
      domain: 'example.org',
      fileName,
    },
    ...{ q: 'note', kind: 'tags', period: String(new Date().getUTCFullYear()) },
  };
});

/** The address of every public GET in the OpenAPI document. */
async function publicAddresses(): Promise<string[]> {
  const operations = (await operationsOf(masthead)).filter(
    ({ role, method }) => role === null && method === 'GET',
  );
  return operations.map(({ path, requiredQuery }) => {
    const slug = path.includes('/people/') ? parameters.person : base.split('/').at(-1);
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => parameters[name] ?? String(slug));
    const query = requiredQuery.map((name) => `${name}=${parameters[name]}`).join('&');
    return query === '' ? filled : `${filled}?${query}`;
  });
}

describe('query parameters that a public address does not know', () => {
  test('every public GET answers as without them', async () => {
    const addresses = await publicAddresses();
    expect(addresses.length).toBeGreaterThan(25);
    for (const address of addresses) {
      const plain = await readBytes(masthead, address);
      expect.soft(plain.status, address).toBe(200);
      const [path, query] = address.split('?');
      const marked = `${path}?${TRACKING}${query === undefined ? '' : `&${query}`}&v=2`;
      expect.soft(await readBytes(masthead, marked), marked).toEqual(plain);
    }
  });

  test('they make no cache entries and cause no reads', async () => {
    const plain = `${base}/issues?limit=2`;
    await readBytes(masthead, plain);
    const { responses } = masthead.responses.describe();
    const query = vi.spyOn(masthead.database.pool, 'query');
    for (const marked of [`${plain}&utm_source=a`, `${base}/issues?utm_source=b&limit=2`, `${plain}&&`]) {
      expect(await readBytes(masthead, marked)).toEqual(await readBytes(masthead, plain));
    }
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
    expect(masthead.responses.describe().responses).toBe(responses);
  });

  test('the first request may have them: the response is cached under the address without them', async () => {
    await readBytes(masthead, `${base}/feed.rss?tag=a&utm_source=mail`);
    const query = vi.spyOn(masthead.database.pool, 'query');
    expect((await readBytes(masthead, `${base}/feed.rss?tag=a`)).status).toBe(200);
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });

  test('the address of the next page does not have them', async () => {
    const url = `${base}/issues?utm_source=mail&limit=1&fields=number`;
    const { headers, body } = await masthead.anonymous.get(url);
    expect(headers.link).toBe(`<${base}/issues?limit=1&fields=number&cursor=${body.page.next}>; rel="next"`);
  });

  test('a parameter of one address is unknown at another', async () => {
    expect(await masthead.anonymous.get(`${base}/feed.rss?year=5&limit=x`)).toMatchObject({ status: 200 });
  });

  test('they make no cache entries behind a number sign, or by the thousand', async () => {
    await masthead.app.listen({ host: '127.0.0.1', port: 0 }).catch(() => {});
    const path = `${base}/issues`;
    const plain = await readBytes(masthead, path);
    const { responses } = masthead.responses.describe();
    for (const url of [
      `${path}#x=1`,
      `${path}#x`,
      `${path}?${'a&'.repeat(4000)}`,
      `${path}?${'%61&'.repeat(2000)}`,
    ]) {
      const answer = await sendRaw(`GET ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      expect.soft(answer.endsWith(plain.body)).toBe(true);
    }
    expect(masthead.responses.describe().responses).toBe(responses);
  });

  test('a parameter that is not dropped is part of the cache key, however its name is written', async () => {
    const path = `${base}/issues`;
    const plain = await readBytes(masthead, path);
    for (const query of [
      'lim%69t=1',
      '%6cimit=1',
      'x&limit=1',
      'x=&limit=1',
      '&limit=1&',
      'a=1&lim%69t=1&b=%zz',
    ]) {
      const { body } = await readBytes(masthead, `${path}?${query}`);
      expect.soft(JSON.parse(body).data, query).toHaveLength(1);
      expect.soft(await readBytes(masthead, path), query).toEqual(plain);
    }
  });

  test('a percent-encoded name is known', async () => {
    const encoded = await masthead.anonymous.get(`${base}/issues?%6Cimit=1&fields=number`);
    expect(encoded.body.data).toEqual([{ number: 3 }]);
  });

  test('a known parameter with a wrong value is refused, also beside unknown ones', async () => {
    for (const query of ['limit=0&utm_source=x', 'utm_source=x&year=5', 'fields=nothing&_=1']) {
      const { status, body } = await masthead.anonymous.get(`${base}/issues?${query}`);
      expect.soft({ status, faults: body.errors.length }, query).toEqual({ status: 400, faults: 1 });
    }
  });

  test('the Admin API refuses them, because a misspelt filter must not return everything', async () => {
    const { status, body } = await masthead.as('viewer').get('/admin/v1/papers?titel=x');
    expect(status).toBe(400);
    expect(body.errors).toMatchObject([{ pointer: '/titel', code: 'unknown_field', in: 'query' }]);
  });
});

describe('a query parameter that is given more than once', () => {
  test.each(['fields', 'include'])('%s adds up the names', async (name) => {
    const [one, two] = name === 'fields' ? ['number', 'slug'] : ['intro', 'signOff'];
    const joined = await masthead.anonymous.get(`${base}/issues?${name}=${one},${two}`);
    const repeated = await masthead.anonymous.get(`${base}/issues?${name}=${one}&${name}=${two}`);
    expect(repeated.status).toBe(200);
    expect(repeated.body).toEqual(joined.body);
  });

  test('a wrong name among repeated ones is refused like one in a list', async () => {
    const { status, body } = await masthead.anonymous.get(`${base}/issues?fields=slug&fields=x&fields=slug`);
    expect(status).toBe(400);
    expect(body.errors.map(({ message }: { message: string }) => message)).toEqual([
      expect.stringContaining('contains "x"'),
      'contains slug twice',
    ]);
  });

  test.each([
    ['/issues?tag=a&tag=b', '/tag', 2],
    ['/issues?limit=1&limit=2&limit=3', '/limit', 3],
    ['/issues?cursor=a&cursor=b', '/cursor', 2],
    ['/issues?year=2026&year=2026', '/year', 2],
    ['/issues/1/papers?format=apa&format=ris', '/format', 2],
    ['/search?q=a&q=b', '/q', 2],
  ])('%s is refused with words that say to give it once', async (path, pointer, count) => {
    const { status, body } = await masthead.anonymous.get(`${base}${path}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { pointer, code: 'repeated', message: `is given ${count} times, but must be given once`, in: 'query' },
    ]);
  });

  test('all faults of a query are listed', async () => {
    const { body } = await masthead.anonymous.get(`${base}/issues?tag=a&tag=b&limit=0&year=1`);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '/limit',
      '/tag',
      '/year',
    ]);
  });

  test('the Admin API says the same', async () => {
    const { body } = await masthead.as('viewer').get('/admin/v1/events?order=oldest&order=newest');
    expect(body.errors).toMatchObject([{ pointer: '/order', code: 'repeated' }]);
  });
});

describe('a request whose target is a whole URL', () => {
  test.each([
    ['http://evil.example', true],
    ['https://evil.example:8443', true],
    ['HTTP://evil.example', true],
    ['http://evil.example', false],
  ])('a request to %s gets links without its host (public: %s)', async (origin, isPublic) => {
    await masthead.app.listen({ host: '127.0.0.1', port: 0 }).catch(() => {});
    const key = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'x', role: 'viewer' });
    const path = isPublic ? `${base}/issues` : '/admin/v1/papers';
    if (!isPublic) await makePaper(masthead);
    const answer = await sendRaw(
      `GET ${origin}${path}?limit=1 HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer ${key.body.secret}\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(/^link: (.*)$/im.exec(answer)?.[1]).toMatch(new RegExp(`^<${path}\\?limit=1&cursor=[\\w-]+>`));
    expect(answer).not.toContain('evil');
  });

  test('it gets the cached response of the path', async () => {
    await masthead.app.listen({ host: '127.0.0.1', port: 0 }).catch(() => {});
    await readBytes(masthead, `${base}/issues?limit=2`);
    const query = vi.spyOn(masthead.database.pool, 'query');
    await sendRaw(
      `GET http://x.example${base}/issues?limit=2 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );
    expect(query).not.toHaveBeenCalled();
    query.mockRestore();
  });
});

/** fetch() never sends such a target. */
async function sendRaw(request: string): Promise<string> {
  const address = masthead.app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server is not listening.');
  const socket = connect(address.port, '127.0.0.1');
  socket.write(request);
  return Buffer.concat(await socket.toArray()).toString();
}
