import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

const create = async (fields: object) =>
  masthead.as('author').post(`/admin/v1/newsletters/${(await makeNewsletter(masthead)).id}/issues`, fields);

const pointersOf = ({ errors }: { errors: { pointer: string }[] }) =>
  errors.map(({ pointer }) => pointer).sort();

const figureOf = (mediaId: string) => ({ mediaId });

/** Runs `write` and expects that it creates no issue and no event. */
async function withoutTrace<T>(write: () => Promise<T>): Promise<T> {
  const { prisma } = masthead.database;
  const before = [
    await prisma.issue.count(),
    await prisma.event.count({ where: { type: { startsWith: 'issue' } } }),
  ];
  const result = await write();
  const after = [
    await prisma.issue.count(),
    await prisma.event.count({ where: { type: { startsWith: 'issue' } } }),
  ];
  expect(after).toEqual(before);
  return result;
}

describe('a malformed issue', () => {
  test('every error is reported at once, with its pointer', async () => {
    const answer = await withoutTrace(() =>
      create({
        number: 0,
        slug: 'Not A Slug',
        title: 5,
        coverage: { from: '2022-02-30', to: 'soon' },
        authorIds: ['nobody'],
        cover: { mediaId: UNKNOWN, colour: 'red' },
        tags: ['', 'twice', 'twice'],
        'a/b~c': true,
        sections: [
          { items: [{ kind: 'essay', links: [{ label: 'x', url: 'x', rel: 'friend' }] }] },
          { title: 'x', emoji: '📰'.repeat(20), items: [{ kind: 'note', id: UNKNOWN, paperId: UNKNOWN }] },
        ],
      }),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'http://masthead.test/problems/invalid-request' },
    });
    expect(pointersOf(answer.body)).toEqual([
      '/authorIds/0',
      '/a~1b~0c',
      '/cover/colour',
      '/coverage/from',
      '/coverage/to',
      '/number',
      '/sections/0/items/0/kind',
      '/sections/0/items/0/links/0/rel',
      '/sections/0/title',
      '/sections/1/emoji',
      '/sections/1/items/0/id',
      '/sections/1/items/0/paperId',
      '/slug',
      '/tags',
      '/tags/0',
      '/title',
    ]);
  });

  test.each([
    ['a slug of digits only', { slug: '2022' }, '/slug'],
    ['the slug “latest”', { slug: 'latest' }, '/slug'],
    [
      'a coverage that ends before it begins',
      { coverage: { from: '2022-02-02', to: '2022-02-01' } },
      '/coverage/to',
    ],
    ['a coverage without an end', { coverage: { from: '2022-02-02' } }, '/coverage/to'],
    [
      'a coverage in the year 0, which the Gregorian calendar does not have',
      { coverage: { from: '0000-01-01', to: '2022-02-01' } },
      '/coverage/from',
    ],
    ['a number over a million', { number: 1_000_001 }, '/number'],
    ['a fractional number', { number: 1.5 }, '/number'],
    ['a number as a string', { number: '1' }, '/number'],
    ['an author twice', { authorIds: [UNKNOWN, UNKNOWN.toUpperCase()] }, '/authorIds'],
    [
      'a credit link that is not a web address',
      { cover: { mediaId: UNKNOWN, credit: { text: 'x', url: 'javascript:alert(1)' } } },
      '/cover/credit/url',
    ],
    ['a null title', { title: null }, '/title'],
    [
      'the same media file twice in the figures of an item',
      {
        sections: [
          { title: 'A', items: [{ kind: 'note', figures: [figureOf(UNKNOWN), figureOf(UNKNOWN)] }] },
        ],
      },
      '/sections/0/items/0/figures',
    ],
  ])('an issue with %s is rejected', async (_what, fields, pointer) => {
    const answer = await withoutTrace(() => create(fields));
    expect(answer.status).toBe(400);
    expect(pointersOf(answer.body)).toEqual([pointer]);
  });
});

describe('characters that PostgreSQL cannot store', () => {
  test.each([
    ['a NUL character', 'a\u0000b'],
    ['a lone surrogate', 'a\ud800b'],
  ])('%s is rejected in every text of the tree', async (_what, text) => {
    const figure = {
      mediaId: UNKNOWN,
      alt: text,
      caption: text,
      credit: { text, url: `https://x.org/${text}`, licence: text },
    };
    const item = {
      kind: 'note',
      title: text,
      body: text,
      links: [{ label: text, url: text, rel: 'other' }],
      tags: [text],
      figures: [figure],
    };
    const section = { title: text, emoji: text, intro: text, items: [item] };
    const answer = await withoutTrace(() =>
      create({
        slug: text,
        title: text,
        subtitle: text,
        intro: text,
        signOff: text,
        tags: [text],
        cover: figure,
        sections: [section],
        [text]: 1,
      }),
    );
    const inFigure = (path: string) =>
      ['alt', 'caption', 'credit/licence', 'credit/text', 'credit/url'].map((field) => `${path}/${field}`);
    const inItem = ['title', 'body', 'links/0/label', 'links/0/url', 'tags/0'].map(
      (field) => `/sections/0/items/0/${field}`,
    );
    expect(answer.status).toBe(400);
    expect(pointersOf(answer.body)).toEqual(
      [
        ...['slug', 'title', 'subtitle', 'intro', 'signOff', 'tags/0', text].map((field) => `/${field}`),
        ...inFigure('/cover'),
        ...['title', 'emoji', 'intro'].map((field) => `/sections/0/${field}`),
        ...inItem,
        ...inFigure('/sections/0/items/0/figures/0'),
      ].sort(),
    );
  });
});
