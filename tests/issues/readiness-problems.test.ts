import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makePaper, makeReadyIssue } from '../support/factories.ts';
import { expectProblems, type Fields, linkTo, type Place, readChecklist, withItems } from './checklist.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

const withLinks = (...urls: string[]) => withItems({ links: urls.map(linkTo) });
const item = '/sections/0/items/0';
const nested = `${'>'.repeat(101)} deep`;

describe('an issue that is not ready', () => {
  test.each<[string, Fields, Place[]]>([
    ['a missing title', { title: '' }, [['/title', 'title_missing']]],
    ['a blank title', { title: ' \n' }, [['/title', 'title_missing']]],
    ['a missing section', { sections: [] }, [['/sections', 'sections_missing']]],
    ['a section without items', { sections: [{ title: 'A' }] }, [['/sections/0/items', 'items_missing']]],
    ['an item without a title', withItems({ title: '' }), [[`${item}/title`, 'title_missing']]],
    ['an item with a blank title', withItems({ title: '\t' }), [[`${item}/title`, 'title_missing']]],
    [
      'an item with neither body nor link',
      withItems({ body: null }),
      [[`${item}/body`, 'body_or_link_missing']],
    ],
    [
      'an item with a blank body and no link',
      withItems({ body: ' \n\n ' }),
      [[`${item}/body`, 'body_or_link_missing']],
    ],
    ['a paper item without a paper', withItems({ kind: 'paper' }), [[`${item}/paperId`, 'paper_missing']]],
    [
      'an unknown media file in a body',
      withItems({ body: `![x](media:${UNKNOWN})` }),
      [[`${item}/body`, 'media_missing']],
    ],
    [
      'an image with the address media:nonsense',
      withItems({ body: '![x](media:nonsense)' }),
      [[`${item}/body`, 'media_missing']],
    ],
    [
      'a link to an unknown media file in a body',
      withItems({ body: `[x](media:${UNKNOWN})` }),
      [[`${item}/body`, 'media_missing']],
    ],
    [
      'a reference-style link to media:nonsense',
      withItems({ body: '[x][y]\n\n[y]: media:nonsense' }),
      [[`${item}/body`, 'media_missing']],
    ],
    [
      'a link to an unknown media file in the intro',
      { intro: `[x](media:${UNKNOWN})` },
      [['/intro', 'media_missing']],
    ],
    [
      'an unknown media file in the intro',
      { intro: `![x](media:${UNKNOWN})` },
      [['/intro', 'media_missing']],
    ],
    [
      'an unknown media file in the sign-off',
      { signOff: `![x](media:${UNKNOWN})` },
      [['/signOff', 'media_missing']],
    ],
    [
      'a link without an address in a body',
      withItems({ body: '[x]()' }),
      [[`${item}/body`, 'link_unusable']],
    ],
    ['a javascript: link in an intro', { intro: '[x](javascript:alert(1))' }, [['/intro', 'link_unusable']]],
    [
      'a reference-style ftp: link in the sign-off',
      { signOff: '[x][y]\n\n[y]: ftp://example.org/x' },
      [['/signOff', 'link_unusable']],
    ],
    [
      'a body whose only image is left out, beside a link',
      withItems({ body: '![pic](/img/a.png)', links: [linkTo('https://example.org')] }),
      [[`${item}/body`, 'text_empty']],
    ],
    ['a body that is a comment', withItems({ body: '<!-- later -->' }), [[`${item}/body`, 'text_empty']]],
    ['an intro that shows nothing', { intro: '[a]: https://a.example' }, [['/intro', 'text_empty']]],
    [
      'a body with a link without an address and an unknown media file',
      withItems({ body: `[x]() ![y](media:${UNKNOWN})` }),
      [
        [`${item}/body`, 'media_missing'],
        [`${item}/body`, 'link_unusable'],
      ],
    ],
    ['an intro that is too complex', { intro: nested }, [['/intro', 'text_too_complex']]],
    ['a sign-off that is too complex', { signOff: nested }, [['/signOff', 'text_too_complex']]],
    ['a body that is too complex', withItems({ body: nested }), [[`${item}/body`, 'text_too_complex']]],
  ])('the checklist reports %s', async (_what, fields, places) => {
    await expectProblems(masthead, fields, places);
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
  ])('a draft accepts a link to %j, and the checklist reports it', async (url) => {
    await expectProblems(masthead, withLinks('https://example.org', url), [
      [`${item}/links/1/url`, 'link_not_http'],
    ]);
  });

  test.each([
    'https://example.org/a b',
    ' https://example.org',
    'http://example.org/\ta',
    'https://exam ple.org',
  ])('a link to %j is reported because of its space', async (url) => {
    await expectProblems(masthead, withLinks('https://example.org', url), [
      [`${item}/links/1/url`, 'link_has_space'],
    ]);
  });

  test('a problem in the intro of a section points to that section', async () => {
    const items = [{ kind: 'note', title: 'One', body: 'Words.' }];
    const sections = [`![x](media:${UNKNOWN})`, 'Fine.', nested].map((intro) => ({
      title: 'A',
      intro,
      items,
    }));
    await expectProblems(masthead, { sections }, [
      ['/sections/0/intro', 'media_missing'],
      ['/sections/2/intro', 'text_too_complex'],
    ]);
  });

  test('every problem is reported once, with a message and a remedy', async () => {
    const broken = { kind: 'paper', links: [{ label: 'x', url: 'x', rel: 'other' }] };
    const missing = `![x](media:${UNKNOWN}) and ![y](media:${UNKNOWN})`;
    const sections = [
      { title: 'A', items: [broken, { kind: 'note', title: 'x', body: missing }] },
      { title: 'B', items: [{ kind: 'note' }] },
    ];
    const { id } = await makeReadyIssue(masthead, { title: '', intro: missing, sections });
    const { ready, problems } = await readChecklist(masthead, id);
    expect(ready).toBe(false);
    expect(problems.map((problem) => problem.pointer).sort()).toEqual([
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

  test('publishing and scheduling an issue that is not ready fail with the problems of the checklist', async () => {
    const { id } = await makeIssue(masthead, withItems({ title: '' }));
    const { problems } = await readChecklist(masthead, id);
    expect(problems).toHaveLength(2);
    const at = new Date(Date.now() + 86_400_000).toISOString();
    const anyRevision = { 'if-match': '*' };
    const editor = masthead.as('editor');
    for (const answer of [
      await editor.put(`/admin/v1/issues/${id}/publication`, {}, anyRevision),
      await editor.put(`/admin/v1/issues/${id}/schedule`, { at }, anyRevision),
    ]) {
      expect(answer).toMatchObject({
        status: 422,
        body: { type: 'http://masthead.test/problems/not-ready' },
      });
      expect(answer.body.errors).toEqual(problems.map((problem: object) => ({ ...problem, in: 'issue' })));
    }
  });
});

describe('an issue that is ready', () => {
  test.each<[string, Fields]>([
    ['a title, a section and an item with a body', {}],
    [
      'a link instead of a body',
      { ...withItems({ body: null, links: [{ label: '', url: 'http://x.org', rel: 'blog' }] }) },
    ],
    ['links with http and https', withLinks('http://example.org', 'HTTPS://example.org/a?b=c#d')],
    ['no subtitle, intro, sign-off, coverage, authors, cover or tags', { subtitle: null, tags: [] }],
    ['an image from another site', withItems({ body: '![](https://example.org/x.png)' })],
    ['a media address inside code', withItems({ body: '`![](media:x)` `[](media:x)`' })],
  ])('an issue with %s is ready', async (_what, fields) => {
    await expectProblems(masthead, fields, []);
  });

  test('an item of the kind paper is ready once it has a paper', async () => {
    await expectProblems(masthead, withItems({ kind: 'paper', paperId: (await makePaper(masthead)).id }), []);
  });
});
