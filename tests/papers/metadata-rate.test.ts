import { beforeEach, describe, expect, test } from 'vitest';
import { makeMetadataClient } from '../../src/modules/papers/metadata/metadata-client.ts';
import { LIMITS, type RegistryName } from '../../src/modules/papers/metadata/registry/registry.ts';
import type { RegistryIdentifier } from '../../src/modules/papers/metadata/registry/registry-identifier.ts';
import { readRetryAfter } from '../../src/modules/papers/metadata/registry/retry-after.ts';
import { takeSlot } from '../../src/modules/papers/metadata/registry/take-slot.ts';
import { useMasthead } from '../support/app.ts';
import { IN_HASTE, useMetadataServer } from '../support/metadata-server.ts';

const masthead = useMasthead();
const server = useMetadataServer();

beforeEach(async () => {
  await masthead.ctx.db.metadataAnswer.deleteMany();
  await masthead.ctx.db.metadataSource.deleteMany();
});

const doi = (value: string): RegistryIdentifier => ({ scheme: 'doi', value });
const never = new AbortController().signal;

async function lookUp(wanted: RegistryIdentifier[], limits = IN_HASTE) {
  const answers = await makeMetadataClient(server.config, limits).lookUp(masthead.ctx, wanted, never);
  return [...answers.values()];
}

/** Milliseconds from now, by the database's clock, to the next free request slot. */
async function msUntilFree(name: RegistryName): Promise<number> {
  const [row] = await masthead.ctx.db.$queryRaw<{ wait: number }[]>`
    SELECT (extract(epoch FROM next_at - clock_timestamp()) * 1000)::float8 AS wait
    FROM metadata_sources WHERE name = ${name}`;
  return row?.wait ?? 0;
}

/** Milliseconds from now, by the database's clock, to the end of the pause. */
async function msUntilResumed(name: RegistryName): Promise<number> {
  const [row] = await masthead.ctx.db.$queryRaw<{ wait: number }[]>`
    SELECT (extract(epoch FROM paused_until - clock_timestamp()) * 1000)::float8 AS wait
    FROM metadata_sources WHERE name = ${name}`;
  return row?.wait ?? 0;
}

const setNext = (name: RegistryName, milliseconds: number) => masthead.ctx.db.$executeRaw`
  INSERT INTO metadata_sources (name, next_at)
  VALUES (${name}, clock_timestamp() + ${milliseconds}::float8 * interval '1 ms')
  ON CONFLICT (name) DO UPDATE SET next_at = excluded.next_at`;

describe('the request rate', () => {
  test('the rate is at most what arXiv, Crossref and DataCite allow', () => {
    expect(LIMITS.intervalsMs.arxiv).toBeGreaterThanOrEqual(3_000);
    expect(LIMITS.intervalsMs.crossref).toBeGreaterThanOrEqual(1_000 / 5);
    expect(LIMITS.intervalsMs.datacite).toBeGreaterThanOrEqual((5 * 60_000) / 500);
  });

  test('a request to arXiv reserves the next three seconds', async () => {
    server.addToArxiv({ id: '2201.12086v2', title: 'BLIP', authors: [] });
    await lookUp([{ scheme: 'arxiv', value: '2201.12086' }], LIMITS);

    const wait = await msUntilFree('arxiv');
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(3_001);
  });

  test('simultaneous requests get consecutive slots', async () => {
    const registry = { name: 'crossref', base: '', accept: '', intervalMs: 40 } as const;
    await setNext('crossref', 1_500);
    const first = await firstFree();
    const takenAt = await Promise.all(
      Array.from({ length: 8 }, async () => {
        await takeSlot(masthead.ctx, registry, 5_000, never);
        return databaseTime();
      }),
    );

    expect(await firstFree()).toBe(first + 8 * 40);
    for (const [index, at] of takenAt.toSorted((a, b) => a - b).entries()) {
      expect(at).toBeGreaterThanOrEqual(first + index * 40);
    }
  });

  test('a look-up that would wait too long is unavailable and takes no slot', async () => {
    await setNext('crossref', 60_000);

    expect(await lookUp([doi('10.1000/182')])).toEqual([
      { outcome: 'unavailable', reason: 'crossref: paused, or too many requests are waiting' },
    ]);
    expect(server.requests).toEqual([]);
    expect(await msUntilFree('crossref')).toBeLessThanOrEqual(60_000);
  });

  test('a look-up that is cancelled while it waits for a slot sends no request', async () => {
    await setNext('crossref', 4_900);
    const failImport = new AbortController();
    const client = makeMetadataClient(server.config, IN_HASTE);
    const asked = client.lookUp(masthead.ctx, [doi('10.1000/182')], failImport.signal);
    failImport.abort();

    expect([...(await asked).values()]).toEqual([{ outcome: 'unavailable', reason: 'crossref: cancelled' }]);
    expect(server.requests).toEqual([]);
  });
});

/** The next free slot as Unix time in milliseconds. */
async function firstFree(): Promise<number> {
  const [row] = await masthead.ctx.db.$queryRaw<[{ at: number }]>`
    SELECT (extract(epoch FROM next_at) * 1000)::float8 AS at FROM metadata_sources`;
  return row.at;
}

/** The database's clock as Unix time in milliseconds. */
async function databaseTime(): Promise<number> {
  const [row] = await masthead.ctx.db.$queryRaw<[{ at: number }]>`
    SELECT (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS at`;
  return row.at;
}

describe('overloaded registries', () => {
  test.each([429, 503])('a registry that answers %i is paused as long as it asks', async (status) => {
    server.addToCrossref({ DOI: '10.1000/182', title: ['Found later'] });
    server.misbehave('crossref', { status, headers: { 'retry-after': '120' } });
    expect(await lookUp([doi('10.1000/182'), doi('10.1000/183')])).toEqual([
      { outcome: 'unavailable', reason: `crossref: answered ${status}` },
      { outcome: 'unavailable', reason: `crossref: answered ${status}` },
    ]);
    const wait = await msUntilResumed('crossref');
    expect(wait).toBeGreaterThan(60_000);
    expect(wait).toBeLessThanOrEqual(120_001);

    server.misbehave('crossref', null);
    expect(await lookUp([doi('10.1000/182')])).toEqual([
      { outcome: 'unavailable', reason: 'crossref: paused, or too many requests are waiting' },
    ]);
    expect(server.requests).toHaveLength(1);

    await masthead.ctx.db.$executeRaw`UPDATE metadata_sources SET paused_until = clock_timestamp()`;
    expect(await lookUp([doi('10.1000/182')])).toMatchObject([{ outcome: 'found' }]);
  });

  test('a request that waits in its slot is not sent when the registry is paused meanwhile', async () => {
    await setNext('crossref', 300);
    const asked = lookUp([doi('10.1000/182')]);
    await expect.poll(() => msUntilFree('crossref')).toBeGreaterThan(0);
    await masthead.ctx.db.$executeRaw`
      UPDATE metadata_sources SET paused_until = clock_timestamp() + interval '1 minute'`;

    expect((await asked)[0]).toMatchObject({ outcome: 'unavailable' });
    expect(server.requests).toEqual([]);
  });

  test('a paused registry does not pause the others', async () => {
    server.addToArxiv({ id: '2201.12086v2', title: 'BLIP', authors: [] });
    server.misbehave('crossref', { status: 429, headers: { 'retry-after': '60' } });
    await lookUp([doi('10.1000/182')]);

    expect(await lookUp([{ scheme: 'arxiv', value: '2201.12086' }])).toMatchObject([{ outcome: 'found' }]);
  });

  test.each<[string, Record<string, string>, number]>([
    ['a number of seconds', { 'retry-after': '7' }, 7_000],
    [
      'a date, compared with the Date header',
      { 'retry-after': 'Sat, 03 Jan 2026 10:00:30 GMT', date: 'Sat, 03 Jan 2026 10:00:00 GMT' },
      30_000,
    ],
    ['a date in the past', { 'retry-after': 'Sat, 03 Jan 2026 10:00:30 GMT' }, 0],
    ['nothing', {}, 60_000],
    ['a malformed value', { 'retry-after': 'soon' }, 60_000],
    ['a year', { 'retry-after': '31536000' }, 24 * 60 * 60 * 1000],
  ])('the pause after a Retry-After of %s is %i ms', (_how, headers, milliseconds) => {
    expect(readRetryAfter(new Headers(headers))).toBe(milliseconds);
  });
});
