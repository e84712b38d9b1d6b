import { describe, expect, test } from 'vitest';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { type Entry, make, type With } from './noun.ts';
import { nounsWith } from './nouns.ts';

const masthead = useMasthead();
const creatable = nounsWith('creation');

/** Opens a collection and adds entries to it. */
async function fill(noun: With<'listing'>, entries: number): Promise<string> {
  const collection = await noun.openCollection(masthead);
  const own = creatable.find(({ name }) => name === noun.name);
  for (let added = 0; added < entries; added += 1) {
    if (noun.listing.add) await noun.listing.add(masthead, collection);
    else if (own) await make(masthead, own, collection);
  }
  // Papers are imported at one address, and the imports are listed at another.
  return noun.within ? collection : noun.address;
}

const cursorOf = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');

describe.each(nounsWith('listing'))('the list of $plural', (noun) => {
  test('the pages contain every entry once, in the order of the whole list', async () => {
    const url = await fill(noun, 5);
    const client = masthead.as('admin');
    const whole = await walkPages(client, `${url}?limit=100`);
    if (noun.within) expect(whole).toHaveLength(5);
    else expect(new Set(whole.map(({ id }) => id))).toEqual(await readIds(noun.tables[0]));
    const places = whole.map(noun.listing.orderedBy);
    expect(places).toEqual(places.toSorted(compare).toReversed());

    const walked: Entry[] = [];
    for (let next: string | undefined = `${url}?limit=2`; next; ) {
      const page = await client.get(next);
      expect(page).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
      walked.push(...page.body.data);
      next = /^<(.+)>; rel="next"$/.exec(String(page.headers.link ?? ''))?.[1];
      expect(page.body.page.next).toBe(next ? cursorIn(next) : null);
      if (next) expect(page.body.data).toHaveLength(2);
      else expect(page.body.data.length).toBeLessThanOrEqual(2);
    }
    expect(walked).toEqual(whole);
    expect(new Set(walked.map(({ id }) => id)).size).toBe(walked.length);
  });

  test('a page that ends with the last entry has no next page', async () => {
    const url = await fill(noun, 2);
    const client = masthead.as('admin');
    const { length } = await walkPages(client, `${url}?limit=100`);
    const before = await client.get(`${url}?limit=${length - 1}`);
    const last = await client.get(`${url}?limit=1&cursor=${before.body.page.next}`);
    expect(last.body).toMatchObject({ data: [{ id: expect.any(String) }], page: { next: null } });
    expect(last.headers.link).toBeUndefined();
  });

  test.each([
    ['a limit of 0', 'limit=0', '/limit'],
    ['a limit of 101', 'limit=101', '/limit'],
    ['a limit that is not a number', 'limit=ten', '/limit'],
    ['an empty limit', 'limit=', '/limit'],
    ['two limits', 'limit=1&limit=2', '/limit'],
    ['a cursor that is garbage', 'cursor=nonsense', '/cursor'],
    ['an empty cursor', 'cursor=', '/cursor'],
    ['a cursor of another list', `cursor=${cursorOf([26, 'x'])}`, '/cursor'],
    ['a cursor of null', `cursor=${cursorOf(null)}`, '/cursor'],
    ['an unknown parameter', 'offset=3', '/offset'],
  ])('the list refuses %s', async (_what, query, pointer) => {
    const url = noun.within?.('0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11') ?? noun.address;
    expect(await masthead.as('admin').get(`${url}?${query}`)).toMatchObject({
      status: 400,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'http://masthead.test/problems/invalid-request', errors: [{ pointer, in: 'query' }] },
    });
  });
});

test.each(nounsWith('listing').filter(({ methods }) => methods.includes('get')))(
  'an entry of the list of $plural is what a read of it answers',
  async (noun) => {
    const url = await fill(noun, 1);
    const { body } = await masthead.as('admin').get(`${url}?limit=1`);
    const read = await noun.read(masthead, body.data[0].id);
    const { omits } = noun.listing;
    const shown = Object.entries(read.body).filter(([member]) => !omits.includes(member));
    expect(body.data).toEqual([Object.fromEntries(shown)]);
    expect(Object.keys(read.body)).toEqual(expect.arrayContaining([...omits]));
  },
);

async function readIds(table = ''): Promise<Set<string>> {
  const { rows } = await masthead.database.pool.query<{ id: string }>(`SELECT id FROM ${table}`);
  return new Set(rows.map(({ id }) => id));
}

function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function cursorIn(url: string): string | null {
  return new URL(url, 'http://any').searchParams.get('cursor');
}
