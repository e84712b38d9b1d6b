import { beforeAll, describe, expect, test } from 'vitest';
import { encodeCursor } from '../../src/http/pagination.ts';
import { publicNewsletter } from '../../src/modules/delivery/schemas.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const newsletters = '/content/v1/newsletters';

const whole = {
  slug: 'whole',
  title: 'Whole — “quoted”, \\ and \u2028',
  tagline: 'A line',
  description: 'More lines\nthan one',
  language: 'en-AU',
  timeZone: 'Australia/Brisbane',
  links: [{ label: 'Web', url: 'https://example.org/?a=1&b=2' }],
  siteUrl: 'https://example.org',
  issueUrl: 'https://example.org/{slug}?n={number}',
};
const address = `http://masthead.test${newsletters}/whole`;
const read = {
  ...whole,
  feeds: { rss: `${address}/feed.rss`, atom: `${address}/feed.atom`, json: `${address}/feed.json` },
  sitemap: `${address}/sitemap.xml`,
};

beforeAll(async () => {
  await makeNewsletter(masthead, { ...whole, lengthTarget: 900, sectionTemplate: [{ title: 'Internal' }] });
  for (const slug of ['b', 'a-b', 'ab', 'a', '1']) await makeNewsletter(masthead, { slug });
});

describe('the newsletters of the Content API', () => {
  test('pagination lists every newsletter once', async () => {
    const listed = await walkPages(masthead.anonymous, `${newsletters}?limit=100`);
    expect(await walkPages(masthead.anonymous, `${newsletters}?limit=1`)).toEqual(listed);
    expect(listed.map(({ slug }) => slug).toSorted()).toEqual(['1', 'a', 'a-b', 'ab', 'b', 'whole']);
  });

  test('pagination lists every newsletter once while others are created', async () => {
    const walked = await walkPages(masthead.anonymous, `${newsletters}?limit=2`, () =>
      makeNewsletter(masthead),
    );
    const slugs = walked.map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(slugs.length);
    expect(slugs).toEqual(expect.arrayContaining(['1', 'a', 'a-b', 'ab', 'b', 'whole']));
  });

  test('a newsletter has the public fields and none that are only for editors', async () => {
    const { body } = await masthead.anonymous.get(`${newsletters}/whole`);
    expect(body).toEqual(read);
    expect(publicNewsletter.parse(body)).toEqual(body);
    const listed = await walkPages(masthead.anonymous, newsletters);
    expect(listed).toContainEqual(read);
  });

  test('the addresses of the feeds and of the sitemap return 200', async () => {
    const { body } = await masthead.anonymous.get(`${newsletters}/whole`);
    for (const url of [...Object.values<string>(body.feeds), body.sitemap]) {
      expect.soft(await masthead.anonymous.get(new URL(url).pathname), url).toMatchObject({ status: 200 });
    }
  });

  test.each(['limit=0', 'cursor=x', `cursor=${encodeCursor('NOT A SLUG')}`, `cursor=${encodeCursor(1)}`])(
    'a list with the query %s returns 400',
    async (query) => {
      expect(await masthead.anonymous.get(`${newsletters}?${query}`)).toMatchObject({ status: 400 });
    },
  );

  test('a deleted newsletter returns 404', async () => {
    const { id, slug } = await makeNewsletter(masthead);
    expect((await masthead.anonymous.get(`${newsletters}/${slug}`)).status).toBe(200);
    await masthead.as('admin').delete(`/admin/v1/newsletters/${id}`);
    expect((await masthead.anonymous.get(`${newsletters}/${slug}`)).status).toBe(404);
  });
});
