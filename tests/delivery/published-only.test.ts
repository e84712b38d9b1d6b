import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import {
  makeIssue,
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  makeReadyIssue,
  publish,
  schedule,
} from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { readBytes, withdraw } from './reading.ts';

const masthead = useMasthead();
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('an issue that is not published', () => {
  let newsletter: { id: string; slug: string };
  let never: Awaited<ReturnType<typeof readBytes>>;

  beforeAll(async () => {
    newsletter = await makeNewsletter(masthead);
    never = await readBytes(masthead, '/content/v1/newsletters/never/issues/1');
  });

  test('the 404 of an unknown issue mentions no newsletter, issue or time', () => {
    expect(never).toMatchObject({
      status: 404,
      headers: { 'access-control-allow-origin': '*', 'content-type': 'application/problem+json' },
    });
    expect(never.body).toBe(
      '{"type":"http://masthead.test/problems/not-found","title":"Not found","status":404,"code":"not_found","detail":"There is no such issue."}',
    );
  });

  test.each([
    ['a draft', async () => {}],
    ['a scheduled issue', (id: string) => schedule(masthead, id)],
    ['a withdrawn issue', async (id: string) => publish(masthead, id).then(() => withdraw(masthead, id))],
    [
      'a deleted issue',
      async (id: string) => {
        await publish(masthead, id);
        await withdraw(masthead, id);
        await masthead.as('author').delete(`/admin/v1/issues/${id}`, { 'if-match': '*' });
      },
    ],
  ])('%s returns the same bytes as an unknown issue', async (_what, bring) => {
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id });
    await bring(issue.id);
    for (const key of [issue.number, issue.slug, 'latest']) {
      expect
        .soft(await readBytes(masthead, `/content/v1/newsletters/${newsletter.slug}/issues/${key}`), key)
        .toEqual(never);
    }
    expect(
      await readBytes(masthead, `/content/v1/newsletters/${newsletter.slug}/issues/${issue.id}`),
    ).toEqual(never);
    const archive = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues`);
    expect(archive).toMatchObject({ status: 200, body: { data: [], page: { next: null } } });
  });

  test.each([
    '0',
    '01',
    '-1',
    '+1',
    '1.0',
    '1e0',
    '0x1',
    '%201',
    '1%20',
    '9999999',
    '10000000',
    '2147483648',
    '99999999999999999999999999',
    '%D9%A3',
    '%EF%BC%91',
    'LATEST',
    'Latest',
    'latest%00',
    '%00',
    'a%2Fb',
    '..%2Fadmin',
    '%F0%9F%93%B0',
    "'%20OR%20''%3D'",
    '%25',
    'x'.repeat(150),
  ])('the address %s returns the same bytes as an unknown issue', async (key) => {
    const { slug, id } = await makeNewsletter(masthead);
    await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: id, number: 1 })).id);
    expect(await readBytes(masthead, `/content/v1/newsletters/${slug}/issues/${key}`)).toEqual(never);
    expect(await readBytes(masthead, `/content/v1/newsletters/${key}/issues/1`)).toEqual(never);
  });

  test.each(['%00', 'a%2Fb', '%F0%9F%93%B0', 'Never', 'never-', "'"])(
    'a newsletter with the slug %s and its archive return 404',
    async (slug) => {
      expect(await masthead.anonymous.get(`/content/v1/newsletters/${slug}`)).toMatchObject({ status: 404 });
      expect(await masthead.anonymous.get(`/content/v1/newsletters/${slug}/issues`)).toMatchObject({
        status: 404,
      });
    },
  );

  test('HEAD of a draft returns the same headers as GET of an unknown issue', async () => {
    const { slug, id } = await makeNewsletter(masthead);
    const issue = await makeReadyIssue(masthead, { newsletterId: id });
    const draft = await injectAtDoor(masthead.app, {
      method: 'HEAD',
      url: `/content/v1/newsletters/${slug}/issues/${issue.number}`,
    });
    expect(draft.statusCode).toBe(404);
    expect({ ...draft.headers, date: '' }).toEqual({ ...never.headers, date: '' });
  });
});

test('no response shows an edit of a published issue before it is published', async () => {
  const newsletter = await makeNewsletter(masthead);
  const [featured, other] = [await makePaper(masthead), await makePaper(masthead)];
  const person = await makePerson(masthead);
  const media = await makeMedia(masthead, { alt: 'Teal' });
  await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'As published',
    slug: 'as-published',
    tags: ['old'],
    sections: [
      {
        title: 'Papers',
        items: [
          { kind: 'paper', title: 'One', body: 'It matters.', paperId: featured.id },
          { kind: 'note', title: 'Two', body: 'A note.' },
        ],
      },
    ],
  });
  await publish(masthead, issue.id);
  await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);

  const base = `/content/v1/newsletters/${newsletter.slug}`;
  const urls = [
    '/content/v1/newsletters',
    base,
    `${base}/issues`,
    `${base}/issues?tag=old`,
    `${base}/issues?tag=new`,
    `${base}/issues?limit=1`,
    ...[1, 2, 3, 4, 40, 'as-published', 'as-edited', 'issue-1', 'latest'].map(
      (key) => `${base}/issues/${key}`,
    ),
    `/content/v1/papers/${featured.id}`,
    `/content/v1/papers/${other.id}`,
  ];
  const readAll = () => Promise.all(urls.map(async (url) => [url, await readBytes(masthead, url)]));
  const before = await readAll();

  const ifMatch = { 'if-match': '*' };
  const author = masthead.as('author');
  const [section] = issue.sections;
  const answers = [
    await author.patch(
      `/admin/v1/issues/${issue.id}`,
      {
        title: 'As edited',
        slug: 'as-edited',
        number: 40,
        tags: ['new'],
        subtitle: 'New',
        intro: 'New',
        signOff: 'New',
        coverage: { from: '2022-02-01', to: '2022-02-28' },
        authorIds: [person.id],
        cover: { mediaId: media.id },
      },
      ifMatch,
    ),
    await author.post(
      `/admin/v1/sections/${section.id}/items`,
      { kind: 'paper', title: 'New', body: `![](media:${media.id})`, paperId: other.id },
      ifMatch,
    ),
    await author.patch(`/admin/v1/items/${section.items[0].id}`, { title: 'New', body: 'New' }, ifMatch),
    await author.put(
      `/admin/v1/items/${section.items[1].id}/position`,
      { sectionId: section.id, index: 0 },
      ifMatch,
    ),
    await author.patch(`/admin/v1/sections/${section.id}`, { title: 'New', emoji: '🆕' }, ifMatch),
    await author.post(`/admin/v1/issues/${issue.id}/sections`, { title: 'New' }, ifMatch),
    await author.delete(`/admin/v1/items/${section.items[0].id}`, ifMatch),
  ];
  expect(answers.map(({ status }) => status).filter((status) => status >= 300)).toEqual([]);
  expect(await readAll()).toEqual(before);
  expect(before.map(([, answer]) => answer)).toContainEqual(expect.objectContaining({ status: 200 }));

  await author.put(
    `/admin/v1/issues/${issue.id}/content`,
    {
      sections: [
        { title: 'All new', items: [{ kind: 'paper', title: 'New', body: 'New', paperId: other.id }] },
      ],
    },
    ifMatch,
  );
  expect(await readAll()).toEqual(before);

  await publish(masthead, issue.id);
  const after = Object.fromEntries(await readAll());
  expect(after).toMatchObject({
    [`${base}/issues/as-edited`]: { status: 200 },
    [`${base}/issues/40`]: { status: 200 },
    [`${base}/issues/as-published`]: { status: 404 },
    [`${base}/issues/2`]: { status: 404 },
    [`/content/v1/papers/${featured.id}`]: { status: 404 },
    [`/content/v1/papers/${other.id}`]: { status: 200 },
  });
});

test('changes to papers, media, people and newsletters do not alter a published edition', async () => {
  const paper = await makePaper(masthead, { title: 'Then' });
  const media = await makeMedia(masthead, { alt: 'Then', caption: 'Then' });
  const person = await makePerson(masthead, { name: 'Then' });
  const newsletter = await makeNewsletter(masthead, { title: 'Then' });
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    authorIds: [person.id],
    cover: { mediaId: media.id },
    sections: [{ title: 'Papers', items: [{ kind: 'paper', title: 'x', body: 'x', paperId: paper.id }] }],
  });
  await publish(masthead, issue.id);
  const url = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
  const before = await readBytes(masthead, url);
  const admin = masthead.as('admin');
  await admin.patch(`/admin/v1/papers/${paper.id}`, { title: 'Now' });
  await admin.patch(`/admin/v1/media/${media.id}`, { alt: 'Now', caption: 'Now' });
  await admin.patch(`/admin/v1/people/${person.id}`, { name: 'Now' });
  await admin.patch(`/admin/v1/newsletters/${newsletter.id}`, { title: 'Now' });
  expect(await readBytes(masthead, url)).toEqual(before);
  expect(before.body).toContain('Then');
  await publish(masthead, issue.id);
  expect((await readBytes(masthead, url)).body).not.toContain('"Then"');
});

test('no address of the Content API accepts the id of a newsletter or an issue', async () => {
  const issue = await makeReadyIssue(masthead);
  for (const url of [
    `/content/v1/newsletters/${issue.newsletterId}`,
    `/content/v1/issues/${issue.id}`,
    `/content/v1/papers/${issue.id}`,
    `/content/v1/papers/${unknownId}`,
  ]) {
    expect(await masthead.anonymous.get(url)).toMatchObject({ status: 404 });
  }
});
