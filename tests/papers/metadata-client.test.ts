import { beforeEach, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { inTransaction } from '../../src/context.ts';
import { makeMetadataClient } from '../../src/modules/papers/metadata/metadata-client.ts';
import type {
  LookUpAnswer,
  RegistryIdentifier,
} from '../../src/modules/papers/metadata/registry/registry-identifier.ts';
import { useMasthead } from '../support/app.ts';
import {
  IN_HASTE,
  type Mischief,
  toEntry,
  toErrorEntry,
  toFeed,
  useMetadataServer,
} from '../support/metadata-server.ts';

const masthead = useMasthead();
const server = useMetadataServer();

const arxiv = (value: string): RegistryIdentifier => ({ scheme: 'arxiv', value });
const doi = (value: string): RegistryIdentifier => ({ scheme: 'doi', value });
const paper = (id: string) => ({ id, title: `Paper ${id}`, authors: ['Ada Lovelace'] });
const pathsAsked = () => server.requests.map(({ url }) => url.pathname);

/** Clears what earlier tests left in the cache and in the rate limits. */
beforeEach(async () => {
  await masthead.ctx.db.metadataAnswer.deleteMany();
  await masthead.ctx.db.metadataSource.deleteMany();
});

function lookUp(
  wanted: RegistryIdentifier[],
  { limits = {}, config = {}, signal = AbortSignal.timeout(15_000) }: LookUpOptions = {},
): Promise<Map<string, LookUpAnswer>> {
  const client = makeMetadataClient({ ...server.config, ...config }, { ...IN_HASTE, ...limits });
  return client.lookUp(masthead.ctx, wanted, signal);
}

type LookUpOptions = {
  limits?: Partial<typeof IN_HASTE>;
  config?: Partial<typeof server.config>;
  signal?: AbortSignal;
};

async function outcomesOf(wanted: RegistryIdentifier[], options: LookUpOptions = {}): Promise<string[]> {
  return [...(await lookUp(wanted, options)).values()].map(({ outcome }) => outcome);
}

async function reasonOf(wanted: RegistryIdentifier, options: LookUpOptions = {}): Promise<string> {
  const [answer] = (await lookUp([wanted], options)).values();
  return answer?.outcome === 'unavailable' ? answer.reason : `The outcome is ${answer?.outcome}.`;
}

describe('requests to registries', () => {
  test('the User-Agent names the site and the contact, and Crossref gets the contact as mailto', async () => {
    const config = { site: 'https://user:secret@news.example.com/cms', contact: 'news+desk@example.com' };
    await lookUp([arxiv('2201.12086'), doi('10.1000/182')], { config });

    const userAgent = expect.stringMatching(
      /^Masthead\/\d+\.\d+\.\d+ \(https:\/\/news\.example\.com\/cms; mailto:news\+desk@example\.com\)$/,
    );
    expect(server.requests.map((request) => request.userAgent)).toEqual([userAgent, userAgent, userAgent]);
    expect(server.requests.map(({ accept }) => accept)).toEqual([
      'application/atom+xml',
      'application/json',
      'application/vnd.api+json',
    ]);
    const crossref = server.requests.find(({ registry }) => registry === 'crossref');
    expect(crossref?.url.searchParams.get('mailto')).toBe('news+desk@example.com');
  });

  test('the User-Agent is only the product and version when no site and contact are configured', async () => {
    await lookUp([doi('10.1000/182')]);

    expect(server.requests[0]?.userAgent).toBe(`Masthead/${manifest.version}`);
    expect(server.requests[0]?.url.search).toBe('');
  });

  test('no request is sent when look-ups are switched off', async () => {
    const answers = await lookUp([arxiv('2201.12086'), doi('10.1000/182')], { config: { isEnabled: false } });

    const off = { outcome: 'unavailable', reason: 'switched off' };
    expect(Object.fromEntries(answers)).toEqual({ 'arxiv:2201.12086': off, 'doi:10.1000/182': off });
    expect(server.requests).toEqual([]);
  });

  test('a look-up inside a transaction is rejected', async () => {
    const client = makeMetadataClient(server.config, IN_HASTE);
    const inside = inTransaction(masthead.ctx, (ctx) =>
      client.lookUp(ctx, [doi('10.1000/182')], AbortSignal.timeout(5_000)),
    );

    await expect(inside).rejects.toThrow('transaction');
    expect(server.requests).toEqual([]);
  });
});

describe('look-ups of several ids', () => {
  test('arXiv is asked for 50 ids at a time and for each id once', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `2201.${String(index + 1).padStart(5, '0')}`);
    for (const id of ids.slice(1)) server.addToArxiv(paper(`${id}v1`));

    const answers = await lookUp([...ids, ...ids].map(arxiv));
    expect(answers.size).toBe(101);
    expect(answers.get('arxiv:2201.00001')).toEqual({ outcome: 'unknown' });
    expect([...answers.values()].filter(({ outcome }) => outcome === 'found')).toHaveLength(100);
    const lists = server.requests.map(({ url }) => url.searchParams.get('id_list')?.split(',').length);
    expect(lists).toEqual([50, 50, 1]);
    expect(server.requests[0]?.url.searchParams.get('max_results')).toBe('50');
  });

  test('malformed ids are unknown without a request', async () => {
    const odd = [arxiv('2201.12086v2'), arxiv('1,2'), arxiv('x&start=5'), doi('11.1/x'), doi('10.1000/UP')];

    expect(await outcomesOf(odd)).toEqual(Array(5).fill('unknown'));
    expect(server.requests).toEqual([]);
  });

  test('an id that arXiv rejects is unknown and is left out of the next request', async () => {
    const feed = toFeed([toErrorEntry('2201.00002')]);
    server.addToArxiv(paper('2201.00001v1'));
    server.misbehave('arxiv', { status: 400, body: feed });
    const wanted = [arxiv('2201.00001'), arxiv('2201.00002')];

    expect(await outcomesOf(wanted)).toEqual(['unavailable', 'unknown']);
    server.misbehave('arxiv', null);
    expect(await outcomesOf(wanted)).toEqual(['found', 'unknown']);
    expect(server.requests.at(-1)?.url.searchParams.get('id_list')).toBe('2201.00001');
  });

  test('an id that is missing from an answer with an unreadable entry is unavailable, not unknown', async () => {
    const body = toFeed([toEntry(paper('2201.00001v1')), '<entry><id>a</id><id>b</id></entry>']);
    server.misbehave('arxiv', { status: 200, body });

    expect(await outcomesOf([arxiv('2201.00001'), arxiv('2201.00002')])).toEqual(['found', 'unavailable']);
  });

  test('a DOI with special characters is percent-encoded in the path of the request', async () => {
    const value = '10.1002/(sici)1097-0258(1998)17:1<1::aid-sim1>3.0.co;2-a?b#c%2f..';
    server.addToCrossref({ DOI: value, title: ['A trial'] });

    expect(await outcomesOf([doi(value)])).toEqual(['found']);
    expect(pathsAsked()).toEqual([`/crossref/works/${encodeURIComponent(value)}`]);
  });
});

describe('unknown works', () => {
  test('a DOI that neither Crossref nor DataCite knows is unknown', async () => {
    expect(await outcomesOf([doi('10.1000/none')])).toEqual(['unknown']);
    expect(server.requests.map(({ registry }) => registry)).toEqual(['crossref', 'datacite']);
  });

  test.each(['crossref', 'datacite'] as const)(
    'a DOI is unavailable, not unknown, when %s fails',
    async (registry) => {
      server.misbehave(registry, { status: 500 });

      expect(await reasonOf(doi('10.1000/none'))).toBe(`${registry}: answered 500`);
    },
  );
});

describe('cached answers', () => {
  test('an unknown work is looked up again after 2 hours and a found work after a week', async () => {
    server.addToArxiv(paper('2201.00001v3'));
    const wanted = [arxiv('2201.00001'), doi('10.1000/none')];
    const first = await lookUp(wanted);
    const asked = server.requests.length;

    expect(Object.fromEntries(await lookUp(wanted))).toEqual(Object.fromEntries(first));
    expect(server.requests).toHaveLength(asked);

    await age('2 hours');
    expect(await outcomesOf(wanted)).toEqual(['found', 'unknown']);
    expect(pathsAsked().slice(asked)).toEqual([
      '/crossref/works/10.1000%2Fnone',
      '/datacite/dois/10.1000%2Fnone',
    ]);

    await age('7 days');
    await lookUp(wanted);
    expect(pathsAsked().slice(asked + 2)).toContain('/arxiv/api/query');
  });

  test('a failed look-up is not cached', async () => {
    server.addToCrossref({ DOI: '10.1000/182', title: ['Found at last'] });
    server.misbehave('crossref', { status: 500 });
    expect(await outcomesOf([doi('10.1000/182')])).toEqual(['unavailable']);
    expect(await masthead.ctx.db.metadataAnswer.count()).toBe(0);

    server.misbehave('crossref', null);
    expect(await outcomesOf([doi('10.1000/182')])).toEqual(['found']);
  });

  test('a work is looked up again when its cached item is invalid', async () => {
    server.addToCrossref({ DOI: '10.1000/182', title: ['Anew'] });
    await masthead.ctx.db.metadataAnswer.create({
      data: { scheme: 'doi', value: '10.1000/182', item: { titel: 'old' }, fetchedAt: new Date() },
    });

    expect(await lookUp([doi('10.1000/182')])).toEqual(
      new Map([['doi:10.1000/182', { outcome: 'found', item: expect.objectContaining({ title: 'Anew' }) }]]),
    );
  });

  test('caching an answer deletes up to 500 expired answers', async () => {
    const old = (value: string) => ({ scheme: 'doi', value, fetchedAt: new Date() });
    await masthead.ctx.db.metadataAnswer.createMany({
      data: Array.from({ length: 600 }, (_, index) => old(`10.1000/${index}`)),
    });
    await age('8 days');

    await lookUp([doi('10.1000/none')]);
    expect(await masthead.ctx.db.metadataAnswer.count()).toBe(101);
    await lookUp([doi('10.1000/none.either')]);
    expect(await masthead.ctx.db.metadataAnswer.count()).toBe(2);
  });

  test('an answer that one node cached is used by another node', async () => {
    server.addToCrossref({ DOI: '10.1000/182', title: ['Shared'] });
    await Promise.all([lookUp([doi('10.1000/182')]), lookUp([doi('10.1000/182')])]);
    const asked = server.requests.length;

    expect(await outcomesOf([doi('10.1000/182')])).toEqual(['found']);
    expect(server.requests).toHaveLength(asked);
  });
});

async function age(by: string): Promise<void> {
  await masthead.ctx.db.$executeRaw`UPDATE metadata_answers SET fetched_at = fetched_at - ${by}::interval`;
}

const MANY = '<a>'.repeat(5_000) + '</a>'.repeat(5_000);
const LAUGHS = `<!DOCTYPE feed [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>${toFeed(['<entry><id>&b;</id></entry>'])}`;

describe('unusable answers', () => {
  test.each<[string, Mischief]>([
    ['an HTML page', { status: 200, body: '<!doctype html><html><p>Sign in to the network<br></html>' }],
    ['an XHTML page', { status: 200, body: '<html><body><p>Sign in</p></body></html>' }],
    ['an empty body', { status: 200, body: '' }],
    ['plain text', { status: 200, body: 'Rate exceeded.' }],
    ['half a feed', { status: 200, body: toFeed([toEntry(paper('2201.00001v1'))]).slice(0, 900) }],
    ['nested entities', { status: 200, body: LAUGHS }],
    ['an external entity', { status: 200, body: LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"') }],
    ['excessive nesting', { status: 200, body: toFeed([`<entry>${MANY}</entry>`]) }],
    [
      'an element named __proto__',
      { status: 200, body: toFeed(['<entry><__proto__><x>1</x></__proto__></entry>']) },
    ],
    ['an RSS feed', { status: 200, body: '<rss><channel><title>News</title></channel></rss>' }],
    ['control characters', { status: 200, body: '\u0000\ufffd\u0001' }],
    ['an error about another id', { status: 400, body: toFeed([toErrorEntry('nothing.asked.for')]) }],
  ])('an arXiv look-up answered with %s is unavailable', async (_what, mischief) => {
    server.misbehave('arxiv', mischief);

    expect(await outcomesOf([arxiv('2201.00001'), arxiv('2201.00002')])).toEqual([
      'unavailable',
      'unavailable',
    ]);
  });

  test.each<[string, Mischief]>([
    ['an HTML page', { status: 200, body: '<!doctype html><html></html>' }],
    ['an empty body', { status: 200, body: '' }],
    ['null', { status: 200, body: 'null' }],
    ['a list', { status: 200, body: '[]' }],
    ['a message of the wrong type', { status: 200, body: '{"message":"none","data":{"attributes":[]}}' }],
    ['a work without a DOI', { status: 200, body: '{"message":{"title":["x"]},"data":{"attributes":{}}}' }],
    ['excessive nesting', { status: 200, body: `{"message":${'['.repeat(100_000)}` }],
  ])('a Crossref or DataCite look-up answered with %s is unavailable', async (_what, mischief) => {
    server.misbehave('crossref', mischief);
    expect(await reasonOf(doi('10.1000/182'))).toBe('crossref: the response cannot be parsed');

    server.misbehave('crossref', null);
    server.misbehave('datacite', mischief);
    expect(await reasonOf(doi('10.1000/182'))).toBe('datacite: the response cannot be parsed');
  });

  test('an unusable answer does not affect the other works of the same look-up', async () => {
    server.addToCrossref({ DOI: '10.1000/2', title: ['Fine'] });
    server.misbehave('crossref', { status: 200, body: '{}' });
    const asked = lookUp([doi('10.1000/1'), doi('10.1000/2')]);
    await server.nextRequest();
    server.misbehave('crossref', null);

    expect([...(await asked).values()].map(({ outcome }) => outcome)).toEqual(['unavailable', 'found']);
  });

  test.each(['arxiv', 'crossref'] as const)('an oversized answer of %s is aborted', async (registry) => {
    server.misbehave(registry, 'flood');
    const wanted = registry === 'arxiv' ? arxiv('2201.00001') : doi('10.1000/182');

    const limits = { maxBytes: 1024 * 1024 };
    expect(await reasonOf(wanted, { limits })).toBe(`${registry}: the response has more than 1048576 bytes`);
  });
});

describe('unreachable registries', () => {
  test.each<Mischief>(['hang', 'stall'])(
    'a request times out when the registry does: %s',
    async (mischief) => {
      server.misbehave('crossref', mischief);

      const limits = { requestTimeoutMs: 100 };
      expect(await reasonOf(doi('10.1000/182'), { limits })).toBe('crossref: no response within 100 ms');
    },
  );

  test('after a failure a registry gets no request for the other works of the same look-up', async () => {
    server.addToArxiv(paper('2201.00001v1'));
    server.misbehave('crossref', 'cut');

    const wanted = [arxiv('2201.00001'), doi('10.1000/1'), doi('10.1000/2'), doi('10.1000/3')];
    expect(await outcomesOf(wanted)).toEqual(['found', 'unavailable', 'unavailable', 'unavailable']);
    expect(server.requests.map(({ registry }) => registry)).toEqual(['arxiv', 'crossref']);
  });

  test('the reason of a failure does not contain the URL or the contact', async () => {
    const config = { crossrefUrl: 'http://127.0.0.1:1/secret', contact: 'desk@example.com' };

    const reason = await reasonOf(doi('10.1000/182'), { config });
    expect(reason).toMatch(/^crossref: unreachable/);
    expect(reason).not.toMatch(/secret|desk/);
  });

  test('a redirect to another server is not followed', async () => {
    const elsewhere = server.config.crossrefUrl.replace('127.0.0.1', 'localhost');
    server.misbehave('crossref', { status: 302, headers: { location: `${elsewhere}/works/10.1000%2F182` } });

    expect(await reasonOf(doi('10.1000/182'))).toBe('crossref: redirects to another server');
    expect(server.requests).toHaveLength(1);
  });

  test('a redirect loop ends with a failure', async () => {
    server.misbehave('crossref', { status: 301, headers: { location: '/crossref/works/10.1000%2F182' } });

    expect(await reasonOf(doi('10.1000/182'))).toBe('crossref: redirects too often');
  });

  test('a cancelled look-up returns at once with what it has found so far', async () => {
    server.addToArxiv(paper('2201.00001v1'));
    server.misbehave('crossref', 'hang');
    const failImport = new AbortController();
    const wanted = [arxiv('2201.00001'), doi('10.1000/1'), doi('10.1000/2')];
    const asked = lookUp(wanted, { signal: failImport.signal });
    while ((await server.nextRequest()).registry !== 'crossref');
    failImport.abort();

    const answers = await asked;
    expect(answers.get('arxiv:2201.00001')?.outcome).toBe('found');
    expect(answers.get('doi:10.1000/2')).toEqual({ outcome: 'unavailable', reason: 'crossref: cancelled' });
    expect(await masthead.ctx.db.metadataAnswer.count()).toBe(1);
  });

  test('a look-up that is cancelled before it starts sends no request', async () => {
    const signal = AbortSignal.abort();

    expect(await outcomesOf([arxiv('2201.00001'), doi('10.1000/1')], { signal })).toEqual([
      'unavailable',
      'unavailable',
    ]);
    expect(server.requests).toEqual([]);
  });
});
