import { beforeAll, describe, expect, it, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makePaper, makeReadyIssue } from '../support/factories.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

type Fields = Record<string, unknown>;
type Place = [pointer: string, code: string];

async function readinessOf(fields: Fields) {
  const { id } = await makeReadyIssue(masthead, fields);
  return (await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`)).body;
}

async function expectProblems(fields: Fields, places: Place[]) {
  const { ready, problems } = await readinessOf(fields);
  expect(problems.map(({ pointer, code }: { pointer: string; code: string }) => [pointer, code])).toEqual(
    places,
  );
  expect(ready).toBe(places.length === 0);
}

const withItem = (item: Fields) => ({
  sections: [{ title: 'A', items: [{ kind: 'note', title: 'One', body: 'Words.', ...item }] }],
});
const withLinks = (...urls: string[]) =>
  withItem({ links: urls.map((url) => ({ label: 'x', url, rel: 'source' })) });

const item = '/sections/0/items/0';
const nested = `${'>'.repeat(101)} deep`;

describe('An issue that cannot go out', () => {
  test.each<[string, Fields, Place[]]>([
    ['no title', { title: '' }, [['/title', 'title_missing']]],
    ['a blank title', { title: ' \n' }, [['/title', 'title_missing']]],
    ['no sections', { sections: [] }, [['/sections', 'sections_missing']]],
    ['no items in a section', { sections: [{ title: 'A' }] }, [['/sections/0/items', 'items_missing']]],
    ['an item without a title', withItem({ title: '' }), [[`${item}/title`, 'title_missing']]],
    ['an item with a blank title', withItem({ title: '\t' }), [[`${item}/title`, 'title_missing']]],
    [
      'an item of neither body nor link',
      withItem({ body: null }),
      [[`${item}/body`, 'body_or_link_missing']],
    ],
    ['a blank body and no link', withItem({ body: ' \n\n ' }), [[`${item}/body`, 'body_or_link_missing']]],
    ['a paper item without a paper', withItem({ kind: 'paper' }), [[`${item}/paperId`, 'paper_missing']]],
    [
      'an unknown media in a body',
      withItem({ body: `![x](media:${UNKNOWN})` }),
      [[`${item}/body`, 'media_missing']],
    ],
    [
      'an image of media:nonsense',
      withItem({ body: '![x](media:nonsense)' }),
      [[`${item}/body`, 'media_missing']],
    ],
    ['an unknown media in the intro', { intro: `![x](media:${UNKNOWN})` }, [['/intro', 'media_missing']]],
    [
      'an unknown media in the sign-off',
      { signOff: `![x](media:${UNKNOWN})` },
      [['/signOff', 'media_missing']],
    ],
    ['too complex an intro', { intro: nested }, [['/intro', 'text_too_complex']]],
    ['too complex a sign-off', { signOff: nested }, [['/signOff', 'text_too_complex']]],
    ['too complex a body', withItem({ body: nested }), [[`${item}/body`, 'text_too_complex']]],
  ])('has %s', async (_what, fields, places) => {
    await expectProblems(fields, places);
  });

  test.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'mailto:ada@example.org',
    'ftp://example.org/x',
    'example.org',
    '//example.org',
    '/page',
    'https://',
    'see the site',
    '',
  ])('has a link to %j, which a draft may have', async (url) => {
    await expectProblems(withLinks('https://example.org', url), [[`${item}/links/1/url`, 'link_not_http']]);
  });

  it('has a section’s intro at fault, which is named as that section’s', async () => {
    const items = [{ kind: 'note', title: 'One', body: 'Words.' }];
    const sections = [`![x](media:${UNKNOWN})`, 'Fine.', nested].map((intro) => ({
      title: 'A',
      intro,
      items,
    }));
    await expectProblems({ sections }, [
      ['/sections/0/intro', 'media_missing'],
      ['/sections/2/intro', 'text_too_complex'],
    ]);
  });

  it('has every problem named, once each, with what it is and how to mend it', async () => {
    const broken = { kind: 'paper', links: [{ label: 'x', url: 'x', rel: 'other' }] };
    const missing = `![x](media:${UNKNOWN}) and ![y](media:${UNKNOWN})`;
    const sections = [
      { title: 'A', items: [broken, { kind: 'note', title: 'x', body: missing }] },
      { title: 'B', items: [{ kind: 'note' }] },
    ];
    const { ready, problems } = await readinessOf({ title: '', intro: missing, sections });
    expect(ready).toBe(false);
    expect(problems.map((problem: { pointer: string }) => problem.pointer).sort()).toEqual([
      '/intro',
      '/sections/0/items/0/links/0/url',
      '/sections/0/items/0/paperId',
      '/sections/0/items/0/title',
      '/sections/0/items/1/body',
      '/sections/1/items/0/body',
      '/sections/1/items/0/title',
      '/title',
    ]);
    for (const problem of problems) {
      expect(problem).toEqual({
        pointer: expect.any(String),
        code: expect.stringMatching(/^[a-z_]+$/),
        message: expect.stringMatching(/\w/),
        remedy: expect.stringMatching(/\w.*\.$/),
      });
    }
  });

  it('is refused to the schedule and to the public with the same list', async () => {
    const { id } = await makeIssue(masthead, withItem({ title: '' }));
    const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`);
    expect(body.problems).toHaveLength(2);
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const anyRevision = { 'if-match': '*' };
    const editor = masthead.as('editor');
    for (const answer of [
      await editor.put(`/admin/v1/issues/${id}/publication`, {}, anyRevision),
      await editor.put(`/admin/v1/issues/${id}/schedule`, { at }, anyRevision),
    ]) {
      expect(answer).toMatchObject({ status: 422, body: { type: 'urn:masthead:problem:not-ready' } });
      expect(answer.body.errors).toEqual(body.problems);
    }
  });
});

describe('An issue that can go out', () => {
  test.each<[string, Fields]>([
    ['a title, a section and an item with a body', {}],
    [
      'a link instead of a body',
      { ...withItem({ body: null, links: [{ label: '', url: 'http://x.org', rel: 'blog' }] }) },
    ],
    ['links by http and https', withLinks('http://example.org', 'HTTPS://example.org/a?b=c#d')],
    ['no subtitle, intro, sign-off, coverage, authors, cover or tags', { subtitle: null, tags: [] }],
    ['an image from elsewhere', withItem({ body: '![](https://example.org/x.png)' })],
    ['media: in code, where it is no image', withItem({ body: '`![](media:x)`' })],
  ])('has %s', async (_what, fields) => {
    await expectProblems(fields, []);
  });

  it('has the paper of its paper item', async () => {
    await expectProblems(withItem({ kind: 'paper', paperId: (await makePaper(masthead)).id }), []);
  });
});

describe('The alt text of a figure', () => {
  const media = { mute: '', told: '', decorative: '' };
  beforeAll(async () => {
    media.mute = (await makeMedia(masthead)).id;
    media.told = (await makeMedia(masthead, { alt: 'Told by the media' })).id;
    media.decorative = (await makeMedia(masthead, { alt: '' })).id;
  });

  test.each<[string, () => Fields, string]>([
    ['the cover', () => ({ cover: { mediaId: media.mute } }), '/cover'],
    ['the cover, which names null', () => ({ cover: { mediaId: media.mute, alt: null } }), '/cover'],
    [
      'a listed figure',
      () => withItem({ figures: [{ mediaId: media.told }, { mediaId: media.mute }] }),
      `${item}/figures/1`,
    ],
    ['an image in a body', () => withItem({ body: `![](media:${media.mute})` }), `${item}/body`],
    [
      'one of two images in a body',
      () => withItem({ body: `![](media:${media.mute})\n\n![x](media:${media.mute})` }),
      `${item}/body`,
    ],
    ['an image in the intro', () => ({ intro: `![](media:${media.mute})` }), '/intro'],
    [
      'an image in the intro, where the cover has one',
      () => ({ intro: `![](media:${media.mute})`, cover: { mediaId: media.mute, alt: 'x' } }),
      '/intro',
    ],
    ['an image in the sign-off', () => ({ signOff: `![](media:${media.mute})` }), '/signOff'],
  ])('is missed at %s', async (_what, fields, pointer) => {
    await expectProblems(fields(), [[pointer, 'alt_missing']]);
  });

  test.each<[string, () => Fields]>([
    [
      'the media',
      () => ({
        cover: { mediaId: media.told },
        ...withItem({ body: `![](media:${media.told})`, figures: [{ mediaId: media.told }] }),
      }),
    ],
    [
      'the media, as decorative',
      () => ({
        cover: { mediaId: media.decorative },
        ...withItem({ body: `![](media:${media.decorative})`, figures: [{ mediaId: media.decorative }] }),
      }),
    ],
    [
      'the figure',
      () => ({
        cover: { mediaId: media.mute, alt: 'x' },
        ...withItem({ figures: [{ mediaId: media.mute, alt: 'x' }] }),
      }),
    ],
    [
      'the figure, as decorative',
      () => ({
        cover: { mediaId: media.mute, alt: '' },
        ...withItem({ figures: [{ mediaId: media.mute, alt: '' }] }),
      }),
    ],
    [
      'the figure, for the body too',
      () => withItem({ body: `![](media:${media.mute})`, figures: [{ mediaId: media.mute, alt: '' }] }),
    ],
    [
      'the image in the Markdown',
      () => ({
        intro: `![x](media:${media.mute})`,
        signOff: `![x](media:${media.mute})`,
        ...withItem({ body: `![x](media:${media.mute})` }),
      }),
    ],
    [
      'the image in the Markdown, for the list too',
      () => withItem({ body: `![x](media:${media.mute})`, figures: [{ mediaId: media.mute }] }),
    ],
    [
      'the definition that the image refers to by its words',
      () => withItem({ body: `![x]\n\n[x]: media:${media.mute}` }),
    ],
  ])('comes from %s', async (_what, fields) => {
    await expectProblems(fields(), []);
  });

  it('is missed in a section’s intro', async () => {
    const items = [{ kind: 'note', title: 'One', body: 'Words.' }];
    await expectProblems({ sections: [{ title: 'A', intro: `![](media:${media.mute})`, items }] }, [
      ['/sections/0/intro', 'alt_missing'],
    ]);
    await expectProblems({ sections: [{ title: 'A', intro: `![x](media:${media.mute})`, items }] }, []);
  });

  it('is there once somebody writes it on the media', async () => {
    const { id: mediaId } = await makeMedia(masthead);
    const { id } = await makeReadyIssue(masthead, { cover: { mediaId } });
    const read = async () => (await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`)).body.ready;
    expect(await read()).toBe(false);
    await masthead.as('author').patch(`/admin/v1/media/${mediaId}`, { alt: 'x' });
    expect(await read()).toBe(true);
  });
});
