import { beforeAll, describe, expect, test } from 'vitest';
import { publishedIssue } from '../../src/modules/delivery/schemas.ts';
import { useMasthead } from '../support/app.ts';
import {
  makeIssue,
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  publish,
} from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';

const masthead = useMasthead();

/** Publishes an issue of these fields, and reads it as a frontend does. */
async function publishAndRead(fields: object, newsletterFields: object = {}) {
  const newsletter = await makeNewsletter(masthead, newsletterFields);
  const sections = [{ title: 'Notes', items: [{ kind: 'note', title: 'One', body: 'A note.' }] }];
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections,
    ...fields,
  });
  await publish(masthead, issue.id);
  const { body } = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/latest`);
  return body;
}

describe('an issue with a value in every field', () => {
  // biome-ignore lint/suspicious/noExplicitAny: as a client without types would read it.
  let issue: any;
  let media: Record<'cover' | 'avatar' | 'placed' | 'listed', { id: string; url: string }>;

  beforeAll(async () => {
    media = {
      cover: await makeMedia(masthead, { alt: 'A cover' }),
      avatar: await makeMedia(masthead, { alt: '' }),
      placed: await makeMedia(masthead, { alt: 'Placed', caption: 'By the <media>', creditText: 'Someone' }),
      listed: await makeMedia(masthead),
    };
    const person = await makePerson(masthead, {
      name: 'An author',
      bio: 'Writes.',
      avatarId: media.avatar.id,
      links: [{ label: 'Web', url: 'https://example.org' }],
    });
    const paper = await makePaper(masthead, {
      title: 'A paper',
      authors: [{ name: 'A. Uthor' }],
      year: 2022,
    });
    issue = await publishAndRead({
      number: 26,
      slug: 'february-2022',
      title: 'What you missed',
      subtitle: 'In short',
      intro: 'Hello *reader*.',
      signOff: 'Goodbye.',
      coverage: { from: '2022-02-01', to: '2022-02-28' },
      authorIds: [person.id],
      cover: { mediaId: media.cover.id, caption: 'In front' },
      tags: ['vision', 'language'],
      sections: [
        {
          title: 'Papers & research',
          emoji: '📰',
          intro: 'Four of them.',
          items: [
            {
              kind: 'paper',
              title: 'BLIP',
              paperId: paper.id,
              body: `Before.\n\n![fallback](media:${media.placed.id})\n\nAfter.`,
              links: [{ label: 'Code', url: 'https://example.org/code', rel: 'code' }],
              figures: [
                {
                  mediaId: media.listed.id,
                  alt: 'Listed "so"',
                  caption: 'After the body',
                  credit: { text: 'Her', url: 'https://example.org/her', licence: 'CC-BY-4.0' },
                },
              ],
              tags: ['multimodal'],
            },
            { kind: 'note', title: 'A note', body: 'Words.' },
          ],
        },
        {
          title: 'Listen',
          items: [
            {
              kind: 'media',
              title: 'A podcast',
              links: [{ label: 'Here', url: 'https://example.org/p', rel: 'audio' }],
            },
          ],
        },
      ],
    });
  });

  test('the issue matches its schema and has no other fields', () => {
    expect(publishedIssue.parse(issue)).toEqual(issue);
    expect(Object.keys(issue).toSorted()).toEqual(
      [
        ...['id', 'number', 'slug', 'title', 'subtitle', 'coverage', 'authors', 'cover', 'tags', 'wordCount'],
        ...['readingMinutes', 'publishedAt', 'updatedAt', 'edition', 'newsletter', 'intro', 'sections'],
        ...['signOff', 'paperStatuses', 'previous', 'next'],
      ].toSorted(),
    );
  });

  test('the issue contains its authors, figures and papers resolved and in order', () => {
    expect(issue).toMatchObject({
      number: 26,
      slug: 'february-2022',
      subtitle: 'In short',
      intro: { markdown: 'Hello *reader*.', html: '<p>Hello <em>reader</em>.</p>' },
      signOff: { markdown: 'Goodbye.', html: '<p>Goodbye.</p>' },
      coverage: { from: '2022-02-01', to: '2022-02-28' },
      authors: [{ name: 'An author', avatar: { mediaId: media.avatar.id, alt: '' } }],
      cover: { mediaId: media.cover.id, alt: 'A cover', caption: 'In front' },
      tags: ['vision', 'language'],
      edition: 1,
      sections: [
        {
          title: 'Papers & research',
          emoji: '📰',
          intro: { html: '<p>Four of them.</p>' },
          items: [
            { title: 'BLIP', anchor: 'blip', kind: 'paper', paper: { title: 'A paper', year: 2022 } },
            { title: 'A note', anchor: 'a-note', paper: null, figures: [] },
          ],
        },
        { title: 'Listen', emoji: null, intro: null, items: [{ kind: 'media', body: null }] },
      ],
      previous: null,
      next: null,
    });
    expect(issue.wordCount).toBeGreaterThan(0);
    expect(issue.readingMinutes).toBe(1);
  });

  test('every figure has an absolute address that serves the file', async () => {
    const [item] = issue.sections[0].items;
    const figures = [issue.cover, issue.authors[0].avatar, ...item.figures];
    const expected = [media.cover, media.avatar, media.placed, media.listed];
    expect(figures.map(({ url }) => url)).toEqual(expected.map(({ url }) => url));
    for (const { url, width, height, mimeType, sources } of figures) {
      expect(url).toMatch(/^http:\/\/masthead\.test\/media\/[\w-]+\.png$/);
      expect({ width, height, mimeType }).toEqual({ width: 4, height: 3, mimeType: 'image/png' });
      const file = await injectAtDoor(masthead.app, new URL(url).pathname);
      expect(file).toMatchObject({ statusCode: 200, headers: { 'content-type': 'image/png' } });
      expect(sources).toEqual([
        { mimeType: 'image/avif', srcset: `${url}.4.avif 4w` },
        { mimeType: 'image/webp', srcset: `${url}.4.webp 4w` },
        { mimeType: 'image/png', srcset: `${url}.4.png 4w` },
      ]);
    }
    expect(JSON.stringify(issue)).not.toContain('masthead:');
  });

  test('a figure in the body has its size, alt text and caption, and a listed figure follows the body', () => {
    const { html } = issue.sections[0].items[0].body;
    expect(html).toMatch(/^<p>Before\.<\/p>\s*<figure>.*<\/figure>\s*<p>After\.<\/p>/s);
    const [placed = '', listed = ''] = html.match(/<figure>.*?<\/figure>/gs) ?? [];
    const { url } = media.placed;
    const sizes = 'sizes="auto, (max-width: 45rem) 100vw, 45rem"';
    expect(placed).toContain(
      `<picture><source type="image/avif" srcset="${url}.4.avif 4w" ${sizes}><source type="image/webp" srcset="${url}.4.webp 4w" ${sizes}><img src="${url}" srcset="${url}.4.png 4w" ${sizes} alt="Placed" width="4" height="3" loading="lazy" decoding="async"`,
    );
    expect(placed).toContain(
      '<figcaption>By the &#x3C;media> <span class="credit">Someone</span></figcaption>',
    );
    expect(listed).toContain(`src="${media.listed.url}"`);
    expect(listed).toContain('alt="Listed &#x22;so&#x22;"');
    expect(listed).toMatch(
      /<figcaption>After the body <span class="credit"><a href="https:\/\/example\.org\/her">Her<\/a> \(CC-BY-4\.0\)<\/span><\/figcaption>/,
    );
    expect(html.indexOf(listed)).toBeGreaterThan(html.indexOf('After.'));
  });
});

test('an issue with only the required fields matches its schema', async () => {
  const issue = await publishAndRead({});
  expect(publishedIssue.parse(issue)).toEqual(issue);
});

describe('hostile Markdown', () => {
  const hostileTexts = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<svg onload=alert(1)>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>body { display: none }</style>',
    '<form action="https://evil.example"><input name=password></form>',
    '<meta http-equiv="refresh" content="0;url=https://evil.example">',
    '<base href="https://evil.example">',
    '<picture><source srcset="https://evil.example/x.png 1w" sizes="1px"><img src="x"></picture>',
    '<p style="background:url(https://evil.example/x.png)" data-thumbhash="AAAA">x</p>',
    '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>',
    '[a](java\tscript:alert(1))',
    '![a](javascript:alert(1))',
    '![a](data:image/svg+xml;base64,PHN2Zy8+)',
    '![a](http://tracker.example/pixel.gif)',
    '![a](masthead:other/x.png)',
    '![a" onerror="alert(1)](https://example.org/x.png "t\\" onload=\\"alert(1)")',
    '<javascript:alert(1)>',
    '<a href="https://example.org" onclick="alert(1)" style="x">a</a>',
    'x<sup onclick="alert(1)" id="x">2</sup> <kbd class="x">a</kbd>',
    '$<script>alert(1)</script>$ \\(<img src=x onerror=alert(1)>\\)',
    '> [!NOTE]\n> <script>alert(1)</script>',
    '<https://example.org/"onmouseover="alert(1)>',
    '```html"onload="alert(1)\n<script>alert(1)</script>\n```',
    '| <script>alert(1)</script> |\n|---|\n| <b onclick=alert(1)>x</b> |',
    'A note[^1].\n\n[^1]: <script>alert(1)</script>',
    '# <script>alert(1)</script> {#id onclick=alert(1)}',
    '- [x] <script>alert(1)</script>',
    '&lt;script&gt;alert(1)&lt;/script&gt;',
  ];

  test.each(hostileTexts)('readers get no hostile markup from %s', async (markdown) => {
    const text = `Before.\n\n${markdown}\n\nAfter.`;
    const issue = await publishAndRead({
      intro: text,
      signOff: text,
      sections: [{ title: 'x', intro: text, items: [{ kind: 'note', title: 'x', body: text }] }],
    });
    const [section] = issue.sections;
    for (const { markdown: kept, html } of [
      issue.intro,
      issue.signOff,
      section.intro,
      section.items[0].body,
    ]) {
      expect(kept).toBe(text);
      expect(html).toContain('After.');
      expect(findHostileMarkup(html)).toEqual([]);
    }
  });

  const hostileLinks = [
    '<a href="javascript:alert(1)" onclick="alert(1)">a</a>',
    '[a](javascript:alert(1))',
    '[a](JaVaScRiPt:alert(1))',
    '[a](&#106;avascript:alert(1))',
    '[a](<javascript:alert(1)>)',
    '[a](vbscript:alert(1))',
    '[a](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
    '[a](file:///etc/passwd)',
    '[a](masthead:other/x)',
    '[a]: javascript:alert(1)\n\n[a]',
  ];

  test.each(hostileLinks)('an issue with the link %s is not published', async (markdown) => {
    const newsletter = await makeNewsletter(masthead);
    const text = `Before.\n\n${markdown}\n\nAfter.`;
    const { id } = await makeIssue(masthead, {
      ...{ newsletterId: newsletter.id, title: 'An issue', intro: text, signOff: text },
      sections: [{ title: 'x', intro: text, items: [{ kind: 'note', title: 'x', body: text }] }],
    });
    const answer = await masthead
      .as('editor')
      .put(`/admin/v1/issues/${id}/publication`, {}, { 'if-match': '*' });
    expect(answer.status).toBe(422);
    const places = answer.body.errors.map(({ pointer, code }: Record<string, string>) => [pointer, code]);
    expect(places.toSorted()).toEqual(
      ['/intro', '/sections/0/intro', '/sections/0/items/0/body', '/signOff'].map((pointer) => [
        pointer,
        'link_unusable',
      ]),
    );
    const read = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/latest`);
    expect(read.status).toBe(404);
  });

  test('HTML in titles, alt texts, captions and credits is served unchanged in JSON and escaped in HTML', async () => {
    const html = '</script><img src=x onerror=alert(1)>';
    const media = await makeMedia(masthead, { alt: html, caption: html, creditText: html });
    const issue = await publishAndRead({
      title: html,
      sections: [{ title: html, items: [{ kind: 'note', title: html, body: `![](media:${media.id})` }] }],
    });
    expect(issue).toMatchObject({ title: html, sections: [{ title: html, items: [{ title: html }] }] });
    const { body, figures } = issue.sections[0].items[0];
    expect(figures).toMatchObject([{ alt: html, caption: html, credit: { text: html } }]);
    expect(findHostileMarkup(body.html)).toEqual([]);
  });
});

const ELEMENTS =
  /^(a|p|em|strong|del|code|pre|br|hr|h[1-6]|ul|ol|li|blockquote|table|thead|tbody|tr|th|td|sup|section|input|img|figure|figcaption|span|picture|source|div|kbd|mark|q|sub)$/;
const ATTRIBUTES =
  /^(href|src|srcset|sizes|alt|title|width|height|loading|decoding|style|class|id|start|align|checked|disabled|type|aria-[a-z]+|dir|lang|data-thumbhash|data-footnote[a-z-]*)$/;
const ADDRESS = /^(https?:\/\/|mailto:|#)/;
const ownRendition = 'http:\\/\\/masthead\\.test\\/media\\/[\\w.-]+ \\d+w';
const VALUES: Record<string, RegExp> = {
  href: ADDRESS,
  src: ADDRESS,
  srcset: new RegExp(`^${ownRendition}(, ${ownRendition})*$`),
  style: /^background:center\/cover no-repeat url\(data:image\/webp;base64,[\w+/=]+\)$/,
};

/** The parts of the HTML that are not allowed in an issue: text with “<”, tags, attributes and addresses. */
function findHostileMarkup(html: string): string[] {
  const tags = [...html.matchAll(/<\/?([a-z][a-z0-9]*)((?:\s+[a-z-]+(?:="[^"]*")?)*)\s*>/g)];
  const rest = tags.reduce((text, [tag]) => text.replace(tag, ''), html);
  const attributes = tags.flatMap(([, , text = '']) => [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)]);
  return [
    ...(rest.includes('<') ? [rest] : []),
    ...tags.flatMap(([tag, name = '']) => (ELEMENTS.test(name) ? [] : [tag])),
    ...attributes.flatMap(([text, name = '', value = '']) => {
      return ATTRIBUTES.test(name) && (VALUES[name]?.test(value) ?? true) ? [] : [text];
    }),
  ];
}

test('findHostileMarkup reports hostile markup', () => {
  expect(findHostileMarkup('<p>a <a href="https://example.org">b</a></p>')).toEqual([]);
  for (const html of [
    '<script>',
    '<p onclick="x">',
    '<a href="javascript:x">',
    '<img src=x onerror=y>',
    '<img srcset="https://evil.example/x.png 1w">',
    '<img style="position:fixed">',
    '<p',
  ]) {
    expect(findHostileMarkup(html)).not.toEqual([]);
  }
});
