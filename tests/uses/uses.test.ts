import { beforeEach, describe, expect, test } from 'vitest';
import { publishedUse } from '../../src/modules/uses/schemas.ts';
import { withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makePerson, uniqueSlug } from '../support/factories.ts';
import { correctIssue, correctItem, keepAtHand, publishIssue, read, titlesOf, type Use } from './newsroom.ts';

const masthead = useMasthead();

let newsletter: { id: string; slug: string };
let other: { id: string; slug: string };

beforeEach(async () => {
  newsletter = await makeNewsletter(masthead);
  other = await makeNewsletter(masthead, { title: 'Another' });
});

const link = (url: string) => ({ label: 'x', url, rel: 'source' });
const linksTo = (...urls: string[]) => ({ kind: 'link', links: urls.map(link) });

type Kind = {
  what: string;
  /** Makes something to feature, with the path of its uses and the fields by which an item and an issue feature it. */
  make(): Promise<{ path: string; item: object; fields: object }>;
  /** The title of the use in an issue with this title. */
  titleOf(issue: string): string;
  /** The status of the list when nothing features it. */
  statusWithoutUses: 200 | 404;
};

const ofItem = (issue: string) => `${issue} 0`;
const KINDS: Kind[] = [
  {
    what: 'a paper',
    async make() {
      const { id } = await makePaper(masthead);
      return { path: `/papers/${id}`, item: { kind: 'paper', paperId: id }, fields: {} };
    },
    titleOf: ofItem,
    statusWithoutUses: 404,
  },
  {
    what: 'a person',
    async make() {
      const { id, slug } = await makePerson(masthead);
      return { path: `/people/${slug}`, item: {}, fields: { authorIds: [id] } };
    },
    titleOf: (issue) => issue,
    statusWithoutUses: 404,
  },
  {
    what: 'an item tag',
    async make() {
      const tag = uniqueSlug('tag');
      return { path: `/tags/${tag}`, item: { tags: [tag] }, fields: {} };
    },
    titleOf: ofItem,
    statusWithoutUses: 200,
  },
  {
    what: 'an issue tag',
    async make() {
      const tag = uniqueSlug('tag');
      return { path: `/tags/${tag}`, item: {}, fields: { tags: [tag] } };
    },
    titleOf: (issue) => issue,
    statusWithoutUses: 200,
  },
  {
    what: 'a domain',
    async make() {
      const domain = `${uniqueSlug('host')}.example.org`;
      return { path: `/domains/${domain}`, item: linksTo(`https://${domain}/a`), fields: {} };
    },
    titleOf: ofItem,
    statusWithoutUses: 200,
  },
];

describe.each(KINDS)('uses of $what', ({ make, titleOf, statusWithoutUses }) => {
  test('the newest use is first, and the list can be limited to one newsletter', async () => {
    const { path, item, fields } = await make();
    await publishIssue(masthead, newsletter.id, 'First', [item], fields);
    await publishIssue(masthead, other.id, 'Second', [item], fields);
    await publishIssue(masthead, newsletter.id, 'Third', [item], fields);
    await publishIssue(masthead, newsletter.id, 'Unrelated');
    const { status, body } = await read(masthead, `${path}/uses`);
    expect(status).toBe(200);
    expect(body.data.map((each: unknown) => publishedUse.parse(each))).toEqual(body.data);
    expect(await titlesOf(masthead, `${path}/uses`)).toEqual(['Third', 'Second', 'First'].map(titleOf));
    expect(body.data[1].newsletter).toEqual({ slug: other.slug, title: 'Another' });
    const ofOne = `${path}/uses?newsletter=${newsletter.slug}`;
    expect(await titlesOf(masthead, ofOne)).toEqual(['Third', 'First'].map(titleOf));
    const [oldest] = (await read(masthead, `${path}/uses`)).body.data.slice(-1);
    const issue = await read(masthead, `/newsletters/${newsletter.slug}/issues/1`);
    const { number, slug, title, publishedAt, sections } = issue.body;
    expect(oldest.issue).toEqual({ number, slug, title, publishedAt });
    const { id, anchor } = sections[0].items[0];
    const isOfItem = titleOf('First') !== 'First';
    expect(oldest.item).toEqual(isOfItem ? { id, title: 'First 0', anchor } : null);
  });

  test('uses follow publication, correction and withdrawal, but not drafts', async () => {
    const { path, item, fields } = await make();
    const uses = `${path}/uses`;
    const never = await read(masthead, uses);
    expect(never.status).toBe(statusWithoutUses);
    const issue = await publishIssue(masthead, newsletter.id, 'First', [item], fields);
    expect(await titlesOf(masthead, uses)).toEqual([titleOf('First')]);
    const gone = await publishIssue(masthead, newsletter.id, 'Second', [item], fields);
    expect(await titlesOf(masthead, uses)).toEqual(['Second', 'First'].map(titleOf));
    await withdraw(masthead, gone.id);
    expect(await titlesOf(masthead, uses)).toEqual([titleOf('First')]);
    await correctIssue(masthead, issue.id, { title: 'Corrected' });
    expect((await read(masthead, uses)).body.data).toMatchObject([{ issue: { title: 'Corrected' } }]);

    const [{ id }] = issue.sections[0].items;
    await correctIssue(masthead, issue.id, { authorIds: [], tags: [] });
    await correctItem(masthead, issue.id, id, { kind: 'note', paperId: null, tags: [], links: [] });
    expect(await read(masthead, uses)).toEqual(never);
  });

  test('the pages contain each use once, however many uses one issue has', async () => {
    const { path, item, fields } = await make();
    await publishIssue(masthead, newsletter.id, 'First', [item, item, item, item, item], fields);
    await publishIssue(masthead, other.id, 'Second', [item], fields);
    await publishIssue(masthead, newsletter.id, 'Third', [item, item, item], fields);
    for (const filter of ['', `newsletter=${newsletter.slug}`]) {
      const whole = await read(masthead, `${path}/uses?limit=100&${filter}`);
      expect(whole.body.page.next).toBeNull();
      for (const limit of [1, 2, 3]) {
        const walked: Use[] = [];
        let cursor: string | null = '';
        while (cursor !== null) {
          const { body } = await read(
            masthead,
            `${path}/uses?limit=${limit}&${filter}${cursor && `&cursor=${cursor}`}`,
          );
          walked.push(...body.data);
          cursor = body.page.next;
        }
        expect(walked).toEqual(whole.body.data);
      }
    }
  });

  test('a cached list is invalidated when its newsletter gets another title', async () => {
    const { path, item, fields } = await make();
    await publishIssue(masthead, newsletter.id, 'First', [item], fields);
    for (const address of [`${path}/uses`, `${path}/uses?newsletter=${newsletter.slug}`]) {
      const titleIn = async () => (await read(masthead, address)).body.data[0].newsletter.title;
      await keepAtHand(masthead, address);
      const title = uniqueSlug('Title');
      await masthead.as('admin').patch(`/admin/v1/newsletters/${newsletter.id}`, { title });
      expect(await titleIn()).toBe(title);
    }
  });

  test('an invalid parameter is refused and named', async () => {
    const { path, item, fields } = await make();
    await publishIssue(masthead, newsletter.id, 'First', [item], fields);
    const stranger = Buffer.from(JSON.stringify({ publishedAt: 'now', number: 1, user: 'x' })).toString(
      'base64url',
    );
    for (const [query, name] of [
      ['limit=0', 'limit'],
      ['limit=101', 'limit'],
      ['cursor=x', 'cursor'],
      [`cursor=${stranger}`, 'cursor'],
      ['newsletter=Not%20a%20slug', 'newsletter'],
    ]) {
      expect.soft(await read(masthead, `${path}/uses?${query}`), query).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${name}` }] },
      });
    }
    expect(await read(masthead, `${path}/uses?newsletter=never`)).toMatchObject({
      status: 404,
      body: { detail: 'There is no such newsletter.' },
    });
  });
});

test('after a merge both ids list the uses of both papers, and the most featured list counts them together', async () => {
  const [kept, merged] = [await makePaper(masthead), await makePaper(masthead)];
  for (const { id } of [kept, merged])
    await publishIssue(masthead, newsletter.id, id, [{ kind: 'paper', paperId: id }]);
  const most = `/newsletters/${newsletter.slug}/most-featured?kind=papers&period=${new Date().getUTCFullYear()}`;
  for (const address of [`/papers/${kept.id}/uses`, `/papers/${merged.id}/uses`, most])
    await keepAtHand(masthead, address);
  const answer = await masthead
    .as('editor')
    .post(`/admin/v1/papers/${kept.id}/merge`, { paperIds: [merged.id] }, { 'if-match': '*' });
  expect(answer.status).toBe(200);
  for (const { id } of [kept, merged]) {
    expect(await titlesOf(masthead, `/papers/${id}/uses`)).toEqual([`${merged.id} 0`, `${kept.id} 0`]);
  }
  expect((await read(masthead, most)).body.data).toMatchObject([{ count: 2, paper: { id: kept.id } }]);
});

describe('uses of people', () => {
  test('the uses of a person with a new slug are found only under the new slug', async () => {
    const { id, slug } = await makePerson(masthead);
    await publishIssue(masthead, newsletter.id, 'First', [{}], { authorIds: [id] });
    const [before, after] = [slug, uniqueSlug('renamed')].map((each) => `/people/${each}/uses`);
    const never = await read(masthead, String(after));
    expect(never.status).toBe(404);
    expect(await titlesOf(masthead, String(before))).toEqual(['First']);
    await masthead.as('admin').patch(`/admin/v1/people/${id}`, { slug: String(after).split('/')[2] });
    expect(await titlesOf(masthead, String(after))).toEqual(['First']);
    expect(await read(masthead, String(before))).toEqual(never);
  });

  test('the uses of a deleted person return 404', async () => {
    const { id, slug } = await makePerson(masthead);
    const issue = await publishIssue(masthead, newsletter.id, 'First', [{}], { authorIds: [id] });
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { authorIds: [] }, { 'if-match': '*' });
    expect(await titlesOf(masthead, `/people/${slug}/uses`)).toEqual(['First']);
    expect(await masthead.as('admin').delete(`/admin/v1/people/${id}`)).toMatchObject({ status: 204 });
    expect(await read(masthead, `/people/${slug}/uses`)).toMatchObject({ status: 404 });
  });

  test.each(['A-Person', '%00', 'x'.repeat(400)])('the slug %s returns 404', async (slug) => {
    expect(await read(masthead, `/people/${slug}/uses`)).toMatchObject({ status: 404 });
  });
});

describe('uses of tags', () => {
  test('an issue and each of its items with the tag are separate uses', async () => {
    const tag = uniqueSlug('tag');
    await publishIssue(masthead, newsletter.id, 'Issue', [{ tags: [tag] }, {}, { tags: ['x', tag] }], {
      tags: [tag],
    });
    const titles = await titlesOf(masthead, `/tags/${tag}/uses`);
    expect(titles.toSorted()).toEqual(['Issue', 'Issue 0', 'Issue 2']);
  });

  test.each(['C++ / Rust?', 'größe', '100 %', '視覚'])('the tag "%s" is matched exactly', async (tag) => {
    await publishIssue(masthead, newsletter.id, 'Issue', [{ tags: [tag] }]);
    expect(await titlesOf(masthead, `/tags/${encodeURIComponent(tag)}/uses`)).toContain('Issue 0');
    expect(await titlesOf(masthead, `/tags/${encodeURIComponent(`${tag}.`)}/uses`)).toEqual([]);
  });

  test.each(['%00', 'x'.repeat(61), '%20'])('the tag %s is refused', async (tag) => {
    expect(await read(masthead, `/tags/${tag}/uses`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/tag', in: 'path' }] },
    });
  });
});

describe('uses of domains', () => {
  test('an item that links to a domain twice is one use', async () => {
    const twice = linksTo('https://twice.example/a', 'https://www.twice.example/b', 'https://once.example');
    await publishIssue(masthead, newsletter.id, 'Issue', [twice, linksTo('http://Twice.example:8080')]);
    const titles = await titlesOf(masthead, '/domains/twice.example/uses');
    expect(titles.toSorted()).toEqual(['Issue 0', 'Issue 1']);
    expect(await titlesOf(masthead, '/domains/once.example/uses')).toEqual(['Issue 0']);
    expect(await titlesOf(masthead, '/domains/example/uses')).toEqual([]);
  });

  test.each([
    'bücher.example',
    'BÜCHER.example',
    'www.bücher.example',
    'xn--bcher-kva.example',
    'bücher.example.',
  ])('the domain is found in the spelling %s', async (spelling) => {
    await publishIssue(masthead, newsletter.id, 'Issue', [linksTo('https://www.bücher.example/a')]);
    const uses = await titlesOf(masthead, `/domains/${encodeURIComponent(spelling)}/uses`);
    expect(uses).toContain('Issue 0');
  });

  test.each([
    '%00',
    'a%20b',
    'a%2Fb',
    'user%40host',
    'host%3A80',
    '%5B%3A%3A1%5D',
    `${'x'.repeat(254)}`,
    'a%25b',
  ])('the domain %s is refused', async (domain) => {
    expect(await read(masthead, `/domains/${domain}/uses`)).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/domain', in: 'path' }] },
    });
  });
});
