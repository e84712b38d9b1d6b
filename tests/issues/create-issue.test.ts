import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makeNewsletter, makePaper, makePerson } from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';
import { outlineOf, readIssue } from './outlines.ts';

const masthead = useMasthead();
const issuesOf = (newsletterId: string) => `/admin/v1/newsletters/${newsletterId}/issues`;

describe('a new issue', () => {
  test('every field of the tree is stored as sent', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    const sent = await wholeTree();
    const created = await masthead.as('author').post(issuesOf(newsletterId), sent);
    expect(created).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `/admin/v1/issues/${created.body.id}` },
    });

    const read = await masthead.as('viewer').get(`/admin/v1/issues/${created.body.id}`);
    expect(read).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(read.body).toEqual(created.body);
    const { createdAt, updatedAt, ...shown } = read.body;
    expect(shown).toEqual({
      ...sent,
      id: expect.any(String),
      newsletterId,
      status: 'draft',
      schedule: null,
      publication: null,
      revision: 1,
      sections: sent.sections.map((section) => ({
        id: expect.any(String),
        ...section,
        items: section.items.map((item) => ({ id: expect.any(String), ...item })),
      })),
    });
    expect(updatedAt).toBe(createdAt);
  });

  test('an issue created without fields gets a number, a slug and empty defaults', async () => {
    const { createdAt, updatedAt, id, newsletterId, ...shown } = await makeIssue(masthead);
    expect(shown).toEqual({
      number: 1,
      slug: 'issue-1',
      title: '',
      subtitle: null,
      intro: null,
      signOff: null,
      coverage: null,
      authorIds: [],
      cover: null,
      tags: [],
      status: 'draft',
      schedule: null,
      publication: null,
      revision: 1,
      sections: [],
    });
  });

  test('a section needs only a title, and an item only a kind', async () => {
    const { sections } = await makeIssue(masthead, {
      sections: [
        { title: 'Bare' },
        { title: 'Full', items: [{ kind: 'link' }, { kind: 'note', tags: ['a'] }] },
      ],
    });
    const item = { title: '', body: null, links: [], tags: [], paperId: null, figures: [] };
    const section = { id: expect.any(String), emoji: null, intro: null };
    expect(sections).toEqual([
      { ...section, title: 'Bare', items: [] },
      {
        ...section,
        title: 'Full',
        items: [
          { ...item, id: expect.any(String), kind: 'link' },
          { ...item, id: expect.any(String), kind: 'note', tags: ['a'] },
        ],
      },
    ]);
  });

  test('the default number is one more than the highest', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    await makeIssue(masthead, { newsletterId, number: 26 });
    await makeIssue(masthead, { newsletterId, number: 3 });
    expect(await makeIssue(masthead, { newsletterId })).toMatchObject({ number: 27, slug: 'issue-27' });
  });

  test('an issue starts with the newsletter’s section template unless it defines its own sections', async () => {
    const template = [{ title: 'Papers', emoji: '📰', intro: 'What was *published*.' }, { title: 'Tools' }];
    const { id: newsletterId } = await makeNewsletter(masthead, { sectionTemplate: template });
    expect((await makeIssue(masthead, { newsletterId })).sections).toEqual([
      { id: expect.any(String), ...template[0], items: [] },
      { id: expect.any(String), title: 'Tools', emoji: null, intro: null, items: [] },
    ]);
    const own = await makeIssue(masthead, { newsletterId, sections: [{ title: 'Own' }] });
    expect(outlineOf(own)).toEqual([['Own', []]]);
    expect((await makeIssue(masthead, { newsletterId, sections: [] })).sections).toEqual([]);
  });

  test('ids in upper case are accepted', async () => {
    const { id } = await makePerson(masthead);
    expect((await makeIssue(masthead, { authorIds: [id.toUpperCase()] })).authorIds).toEqual([id]);
  });

  test.each(['0001-01-01', '2024-02-29', '9999-12-31'])('the coverage can include %s', async (day) => {
    const coverage = { from: day, to: day };
    const { id } = await makeIssue(masthead, { coverage });
    expect((await readIssue(masthead, id)).coverage).toEqual(coverage);
  });
});

describe('issues created concurrently', () => {
  const createFifty = (newsletterId: string, fields: object) =>
    sendTogether(50, () => masthead.as('author').post(issuesOf(newsletterId), fields));

  test('of fifty requests with the same number one succeeds and 49 return 409', async () => {
    const { id } = await makeNewsletter(masthead);
    const answers = await createFifty(id, { number: 7, title: 'Mine' });
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(49).fill(409)]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      type: 'http://masthead.test/problems/number-taken',
      errors: [{ pointer: '/number', code: 'taken' }],
    });
    expect(await masthead.database.prisma.issue.count({ where: { newsletterId: id } })).toBe(1);
  });

  test('fifty requests without a number get fifty different numbers', async () => {
    const { id } = await makeNewsletter(masthead);
    const answers = await createFifty(id, { sections: [{ title: 'Notes', items: [{ kind: 'note' }] }] });
    expect(answers.map(({ status }) => status)).toEqual(Array(50).fill(201));
    const numbers = answers.map(({ body }) => body.number).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });
});

describe('a number or slug that another issue has', () => {
  test('a taken number or slug is rejected in the same newsletter, and accepted in another', async () => {
    const { newsletterId } = await makeIssue(masthead, { number: 5, slug: 'five' });
    const again = (fields: object) => masthead.as('author').post(issuesOf(newsletterId), fields);
    expect(await again({ number: 5 })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/number' }] },
    });
    expect(await again({ slug: 'five' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/slug' }] },
    });
    expect(await makeIssue(masthead, { number: 5, slug: 'five' })).toMatchObject({ number: 5, slug: 'five' });
  });

  test('a patch to a taken number or slug is rejected', async () => {
    const { newsletterId } = await makeIssue(masthead, { number: 5, slug: 'five' });
    const { id } = await makeIssue(masthead, { newsletterId });
    const patch = (fields: object) =>
      masthead.as('author').patch(`/admin/v1/issues/${id}`, fields, { 'if-match': '*' });
    expect(await patch({ number: 5 })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/number' }] },
    });
    expect(await patch({ slug: 'five' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/slug' }] },
    });
    expect(await readIssue(masthead, id)).toMatchObject({ number: 6, slug: 'issue-6', revision: 1 });
  });
});

/** Every field of an issue, with values other than the defaults. */
async function wholeTree() {
  const [first, second] = [await makePerson(masthead), await makePerson(masthead)];
  const media = await makeMedia(masthead);
  const paper = await makePaper(masthead);
  const figure = {
    mediaId: media.id,
    alt: '',
    caption: 'The model at a *glance*',
    credit: { text: 'BLIP authors', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
  };
  const plain = { mediaId: (await makeMedia(masthead)).id, alt: null, caption: null, credit: null };
  const items = [
    {
      kind: 'paper',
      title: 'BLIP',
      body: `Before\n\n![a fallback](media:${media.id})\n\nafter`,
      links: [
        { label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' },
        { label: 'Demo', url: 'https://example.org/demo', rel: 'demo' },
      ],
      tags: ['vision', 'language'],
      paperId: paper.id,
      figures: [figure, plain],
    },
    { kind: 'promo', title: 'A course', body: 'Learn.', links: [], tags: [], paperId: null, figures: [] },
  ];
  return {
    number: 26,
    slug: 'february-2022',
    title: 'What you missed in February',
    subtitle: 'Vision meets language',
    intro: 'A month of *vision*.',
    signOff: 'See you in **March**.',
    coverage: { from: '2022-02-01', to: '2022-02-28' },
    authorIds: [second.id, first.id],
    cover: { ...figure, alt: 'A cover' },
    tags: ['vision', 'archive'],
    sections: [
      { title: 'Papers & research', emoji: '📰', intro: 'Read *these*.', items },
      { title: 'Leftovers', emoji: null, intro: null, items: [] },
    ],
  };
}
