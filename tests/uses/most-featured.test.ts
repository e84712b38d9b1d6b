import { beforeAll, describe, expect, test } from 'vitest';
import { mostFeaturedList } from '../../src/modules/uses/schemas.ts';
import { withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makePerson } from '../support/factories.ts';
import { keepAtHand, publishIssue, read } from './newsroom.ts';

const masthead = useMasthead();

let newsletter: { id: string; slug: string };
let other: { id: string; slug: string };
let often: { id: string };
let seldom: { id: string };
let person: { id: string; slug: string };

/** Changes the publication time of an issue in all tables that store it. */
async function setTime({ id }: { id: string }, at: string): Promise<void> {
  for (const table of [
    'publications',
    'published_papers',
    'published_people',
    'published_tags',
    'published_links',
  ])
    await masthead.database.pool.query(`UPDATE ${table} SET published_at = $2 WHERE issue_id = $1`, [id, at]);
}

const of = (paper: { id: string }, ...urls: string[]) => ({
  kind: 'paper',
  paperId: paper.id,
  tags: ['items'],
  links: urls.map((url) => ({ label: 'x', url, rel: 'source' })),
});

beforeAll(async () => {
  newsletter = await makeNewsletter(masthead);
  other = await makeNewsletter(masthead);
  often = await makePaper(masthead, { title: 'Often', arxivId: '2201.12086' });
  seldom = await makePaper(masthead, { title: 'Seldom' });
  person = await makePerson(masthead, { name: 'The author' });
  const authors = { authorIds: [person.id], tags: ['issues'] };
  const twice = [of(often, 'https://a.example/1', 'https://a.example/2'), of(often, 'https://a.example/3')];
  const first = await publishIssue(masthead, newsletter.id, 'First', [...twice, of(seldom)], authors);
  await setTime(first, '2022-01-31T23:59:59.999Z');
  const second = await publishIssue(masthead, other.id, 'Second', [of(often, 'https://b.example/')], authors);
  await setTime(second, '2022-02-01T00:00:00.000Z');
  const third = await publishIssue(masthead, newsletter.id, 'Third', [of(seldom, 'https://a.example/')]);
  await setTime(third, '2023-01-01T00:00:00.000Z');
});

async function most(query: string, scope = '') {
  const { status, body } = await read(masthead, `${scope}/most-featured?${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  expect(mostFeaturedList.parse(body)).toEqual(body);
  return body.data;
}

describe('most featured papers, people, tags and domains', () => {
  test('the count of a paper in a year is the number of issues that feature it', async () => {
    expect(await most('kind=papers&period=2022')).toEqual([
      {
        count: 2,
        newest: '2022-02-01T00:00:00.000Z',
        paper: { id: often.id, title: 'Often', arxivId: '2201.12086', doi: '10.48550/arxiv.2201.12086' },
      },
      {
        count: 1,
        newest: '2022-01-31T23:59:59.999Z',
        paper: { id: seldom.id, title: 'Seldom', arxivId: null, doi: null },
      },
    ]);
  });

  test.each([
    ['kind=people&period=2022', [['The author', 2]]],
    [
      'kind=tags&period=2022',
      [
        ['issues', 2],
        ['items', 2],
      ],
    ],
    [
      'kind=domains&period=2022',
      [
        ['b.example', 1],
        ['a.example', 1],
      ],
    ],
    ['kind=domains&period=2022-01', [['a.example', 1]]],
    ['kind=domains&period=2022-02', [['b.example', 1]]],
    [
      'kind=papers&period=2022-01',
      [
        ['Often', 1],
        ['Seldom', 1],
      ].toSorted(),
    ],
    ['kind=papers&period=2022-12', []],
    ['kind=papers&period=2023', [['Seldom', 1]]],
    ['kind=papers&period=9999-12', []],
    ['kind=tags&period=2022&limit=1', [['issues', 2]]],
  ])('the list for %s is %j', async (query, expected) => {
    type Entry = {
      count: number;
      paper?: { title: string };
      person?: { name: string };
      tag?: string;
      domain?: string;
    };
    const entries: Entry[] = await most(query);
    const named = entries.map(({ count, paper, person, tag, domain }) => [
      paper?.title ?? person?.name ?? tag ?? domain,
      count,
    ]);
    expect(query === 'kind=papers&period=2022-01' ? named.toSorted() : named).toEqual(expected);
  });

  test('the list of a newsletter counts only its issues', async () => {
    const scope = `/newsletters/${newsletter.slug}`;
    expect(await most('kind=papers&period=2022', scope)).toHaveLength(2);
    expect(await most('kind=domains&period=2022', scope)).toMatchObject([{ count: 1, domain: 'a.example' }]);
    expect(await most('kind=domains&period=2022-02', scope)).toEqual([]);
    expect(await read(masthead, '/newsletters/never/most-featured?kind=papers&period=2022')).toMatchObject({
      status: 404,
    });
  });

  test('the list reflects publication, withdrawal and changed names at once', async () => {
    const address = '/most-featured?kind=people&period=2022-02';
    const before = await read(masthead, address);
    expect(before.body.data).toMatchObject([{ person: { slug: person.slug, name: 'The author' } }]);
    await keepAtHand(masthead, address);
    await masthead.as('admin').patch(`/admin/v1/people/${person.id}`, { name: 'Renamed' });
    expect((await read(masthead, address)).body.data).toMatchObject([{ person: { name: 'Renamed' } }]);
    await masthead.as('admin').patch(`/admin/v1/people/${person.id}`, { name: 'The author' });

    await keepAtHand(masthead, '/most-featured?kind=papers&period=2022-02');
    await masthead.as('author').patch(`/admin/v1/papers/${often.id}`, { title: 'Retitled' });
    expect(await most('kind=papers&period=2022-02')).toMatchObject([{ paper: { title: 'Retitled' } }]);
    await masthead.as('author').patch(`/admin/v1/papers/${often.id}`, { title: 'Often' });

    const now = `kind=domains&period=${new Date().getUTCFullYear()}`;
    expect(await most(now)).toEqual([]);
    const links = [{ label: 'x', url: 'https://now.example', rel: 'source' }];
    const issue = await publishIssue(masthead, newsletter.id, 'Now', [{ links }]);
    expect(await most(now)).toMatchObject([{ count: 1, domain: 'now.example' }]);
    await withdraw(masthead, issue.id);
    expect(await most(now)).toEqual([]);
  });

  test.each([
    ['period=2022', ['kind']],
    ['kind=papers', ['period']],
    ['kind=links&period=2022', ['kind']],
    ['kind=papers&period=2022-13', ['period']],
    ['kind=papers&period=22', ['period']],
    ['kind=papers&period=2022-02-01', ['period']],
    ['kind=papers&period=2022&limit=101', ['limit']],
    ['kind=papers&period=2022&limit=0', ['limit']],
    ['limit=x', ['kind', 'period', 'limit']],
  ])('the query "%s" is refused', async (query, names) => {
    for (const scope of ['', `/newsletters/${newsletter.slug}`]) {
      const { status, body } = await read(masthead, `${scope}/most-featured?${query}`);
      expect(status).toBe(400);
      const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
      expect(pointers.toSorted()).toEqual(names.map((name) => `/${name}`).toSorted());
    }
  });

  test('a list that takes too long returns 503 and does not delay other requests', async () => {
    const client = await masthead.database.pool.connect();
    await client.query('BEGIN; LOCK TABLE published_tags IN ACCESS EXCLUSIVE MODE');
    const [answer, paper] = await Promise.all([
      read(masthead, '/most-featured?kind=tags&period=2021'),
      read(masthead, `/papers/${often.id}/uses`),
    ]);
    await client.query('ROLLBACK');
    client.release();
    expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': expect.stringMatching(/\d/) } });
    expect(paper.status).toBe(200);
    expect(await most('kind=tags&period=2021')).toEqual([]);
  });
});
