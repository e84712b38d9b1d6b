import { beforeAll, describe, expect, test } from 'vitest';
import { jsonFeed } from '../../src/modules/feeds/schemas.ts';
import { readBytes, withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeMp3 } from '../support/attachments.ts';
import {
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  makeReadyIssue,
  publish,
  schedule,
} from '../support/factories.ts';
import { all, one, type Parsed, parseXml } from './parse-xml.ts';

const masthead = useMasthead();
const base = '/content/v1/newsletters';
const formats = ['rss', 'atom', 'json'];

async function read(slug: string, format: string, query = '') {
  const answer = await readBytes(masthead, `${base}/${slug}/feed.${format}${query}`);
  expect(answer.status).toBe(200);
  return answer;
}

const readXml = async (slug: string, format: string, query = '') =>
  parseXml((await read(slug, format, query)).body);

const readJson = async (slug: string, query = '') =>
  jsonFeed.parse(JSON.parse((await read(slug, 'json', query)).body));

/** The ids of the entries of a feed in any format. */
async function idsOf(slug: string, format: string, query = ''): Promise<string[]> {
  if (format === 'json') return (await readJson(slug, query)).items.map(({ id }) => id);
  const root = await readXml(slug, format, query);
  return format === 'rss'
    ? all(one(root, 'channel'), 'item').map((item) => one(item, 'guid').text)
    : all(root, 'entry').map((entry) => one(entry, 'id').text);
}

const patch = async (path: string, changes: object) => {
  const answer = await masthead.as('admin').patch(`/admin/v1${path}`, changes, { 'if-match': '*' });
  expect(answer.status).toBe(200);
};

describe('the feeds of a complete issue', () => {
  let newsletter: { id: string; slug: string };
  let issue: { id: string; publishedAt: string };
  let mp3: { id: string; url: string; size: number };
  let cover: { id: string; url: string };
  const page = 'https://letter.example/issues/26?of=february';

  beforeAll(async () => {
    newsletter = await makeNewsletter(masthead, {
      title: 'Signal & <Noise>',
      tagline: 'A letter',
      language: 'en-AU',
      siteUrl: 'https://letter.example',
      issueUrl: 'https://letter.example/issues/{number}?of={slug}',
    });
    const paper = await makePaper(masthead, {
      title: 'BLIP',
      authors: ['Junnan Li', 'Dongxu Li'],
      year: 2022,
      venue: 'ICML',
      arxivId: '2201.12086',
      doi: '10.1000/a<b>#c',
      links: [{ label: 'Code', url: 'https://github.com/salesforce/BLIP', rel: 'code' }],
    });
    cover = await makeMedia(masthead, { alt: 'Teal' });
    const [figure, avatar] = [
      await makeMedia(masthead, { alt: 'Red' }),
      await makeMedia(masthead, { alt: '' }),
    ];
    mp3 = await makeMp3(masthead);
    const person = await makePerson(masthead, {
      name: 'Ada & Bo',
      avatarId: avatar.id,
      links: [{ label: 'Web', url: 'https://ada.example/' }],
    });
    const made = await makeReadyIssue(masthead, {
      newsletterId: newsletter.id,
      number: 26,
      slug: 'february',
      title: 'What you missed in <b>February</b> &amp; more',
      subtitle: 'A short month',
      intro: 'The *intro* with [a relative link](/about).',
      signOff: 'Until **March**.',
      tags: ['vision', 'a & b'],
      authorIds: [person.id],
      cover: { mediaId: cover.id },
      sections: [
        {
          title: 'Papers & research',
          emoji: '📰',
          intro: 'Of this month.',
          items: [
            {
              kind: 'paper',
              title: 'BLIP, in short',
              paperId: paper.id,
              body: `It matters.\n\n![](media:${figure.id})\n\n[Listen](media:${mp3.id})`,
              links: [{ label: 'Demo', url: 'https://demo.example/?a=1&b=2', rel: 'demo' }],
            },
          ],
        },
      ],
    });
    await publish(masthead, made.id);
    const read = await masthead.anonymous.get(`${base}/${newsletter.slug}/issues/26`);
    issue = read.body;
  });

  test('the RSS feed has every element that RSS 2.0 requires', async () => {
    const { headers, body } = await read(newsletter.slug, 'rss');
    expect(headers['content-type']).toBe('application/rss+xml; charset=utf-8');
    const rss = parseXml(body);
    expect([rss.name, rss.attributes.version]).toEqual(['rss', '2.0']);
    const channel = one(rss, 'channel');
    expect(one(channel, 'title').text).toBe('Signal & <Noise>');
    const links = all(channel, 'link');
    expect(links[0]?.text).toBe('https://letter.example/');
    expect(links[1]?.attributes).toEqual({
      rel: 'self',
      type: 'application/rss+xml',
      href: `http://masthead.test${base}/${newsletter.slug}/feed.rss`,
    });
    expect(one(channel, 'description').text).toBe('A letter');
    expect(one(channel, 'language').text).toBe('en-AU');
    const [item] = all(channel, 'item') as [Parsed];
    expect(one(item, 'title').text).toBe('What you missed in <b>February</b> &amp; more');
    expect(one(item, 'link').text).toBe(page);
    expect(one(item, 'guid')).toMatchObject({
      text: `urn:uuid:${issue.id}`,
      attributes: { isPermaLink: 'false' },
    });
    expect(one(item, 'pubDate').text).toBe(new Date(issue.publishedAt).toUTCString());
    expect(one(item, 'creator').text).toBe('Ada & Bo');
    expect(all(item, 'category').map(({ text }) => text)).toEqual(['vision', 'a & b']);
    expect(one(item, 'description').text).toBe('A short month');
    expect(one(item, 'encoded').text).toContain('<h2>📰 Papers &amp; research</h2>');
    expect(one(item, 'enclosure').attributes).toEqual({
      url: mp3.url,
      type: 'audio/mpeg',
      length: String(mp3.size),
    });
    expect(one(item, 'content').attributes).toMatchObject({ url: cover.url, medium: 'image' });
  });

  test('the Atom feed has every element that RFC 4287 requires', async () => {
    const { headers, body } = await read(newsletter.slug, 'atom');
    expect(headers['content-type']).toBe('application/atom+xml; charset=utf-8');
    const feed = parseXml(body);
    expect(feed.attributes).toMatchObject({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': 'en-AU' });
    expect(one(feed, 'id').text).toBe(`urn:uuid:${newsletter.id}`);
    expect(one(feed, 'title').text).toBe('Signal & <Noise>');
    expect(one(feed, 'updated').text).toBe(issue.publishedAt);
    expect(all(feed, 'author')).toHaveLength(1);
    expect(all(feed, 'link').map(({ attributes: { rel, href } }) => [rel, href])).toEqual([
      ['self', `http://masthead.test${base}/${newsletter.slug}/feed.atom`],
      ['alternate', 'https://letter.example/'],
    ]);
    const entry = one(feed, 'entry');
    expect(one(entry, 'id').text).toBe(`urn:uuid:${issue.id}`);
    expect(one(entry, 'title').text).toBe('What you missed in <b>February</b> &amp; more');
    expect(one(entry, 'published').text).toBe(issue.publishedAt);
    expect(one(entry, 'updated').text).toBe(issue.publishedAt);
    const author = one(entry, 'author');
    expect([one(author, 'name').text, one(author, 'uri').text]).toEqual(['Ada & Bo', 'https://ada.example/']);
    expect(all(entry, 'category').map(({ attributes }) => attributes.term)).toEqual(['vision', 'a & b']);
    expect(one(entry, 'summary').text).toBe('A short month');
    expect(all(entry, 'link').map(({ attributes: { rel, href } }) => [rel, href])).toEqual([
      ['alternate', page],
      ['enclosure', mp3.url],
    ]);
    const content = all(entry, 'content').find(({ attributes }) => attributes.type === 'html');
    expect(content?.text).toContain('<strong>March</strong>');
  });

  test('the JSON feed conforms to JSON Feed 1.1', async () => {
    const { headers, body } = await read(newsletter.slug, 'json');
    expect(headers['content-type']).toBe('application/feed+json; charset=utf-8');
    const feed = jsonFeed.parse(JSON.parse(body));
    expect(feed).toEqual({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Signal & <Noise>',
      home_page_url: 'https://letter.example/',
      feed_url: `http://masthead.test${base}/${newsletter.slug}/feed.json`,
      description: 'A letter',
      language: 'en-AU',
      items: [
        {
          id: `urn:uuid:${issue.id}`,
          url: page,
          title: 'What you missed in <b>February</b> &amp; more',
          summary: 'A short month',
          content_html: expect.any(String),
          image: cover.url,
          date_published: issue.publishedAt,
          date_modified: issue.publishedAt,
          authors: [
            {
              name: 'Ada & Bo',
              url: 'https://ada.example/',
              avatar: expect.stringMatching(/^http:\/\/masthead\.test\/media\//),
            },
          ],
          tags: ['vision', 'a & b'],
          language: 'en-AU',
          attachments: [
            { url: mp3.url, mime_type: 'audio/mpeg', size_in_bytes: mp3.size, title: 'episode.mp3' },
          ],
        },
      ],
    });
  });

  test('every format has the same complete content without relative addresses', async () => {
    const [item] = (await readJson(newsletter.slug)).items;
    const content = item?.content_html ?? '';
    const rss = one(one(one(await readXml(newsletter.slug, 'rss'), 'channel'), 'item'), 'encoded').text;
    const entry = one(await readXml(newsletter.slug, 'atom'), 'entry');
    expect(rss).toBe(content);
    expect(all(entry, 'content').some(({ text }) => text === content)).toBe(true);
    for (const part of [
      'The <em>intro</em> with <a href="https://letter.example/about">a relative link</a>',
      '<p>Of this month.</p>',
      `<h3><a href="${page}#blip-in-short">BLIP, in short</a></h3>`,
      'Junnan Li, Dongxu Li. <cite>BLIP</cite>. ICML. 2022. <a href="https://doi.org/10.1000/a%3Cb%3E%23c">doi:10.1000/a&lt;b&gt;#c</a>. <a href="https://arxiv.org/abs/2201.12086">arXiv:2201.12086</a>',
      '<p>It matters.</p>',
      'alt="Red"',
      `<a href="${mp3.url}">Listen</a>`,
      '<li><a href="https://demo.example/?a=1&amp;b=2">Demo</a></li>',
      '<li><a href="https://github.com/salesforce/BLIP">Code</a></li>',
      '<p>Until <strong>March</strong>.</p>',
    ])
      expect.soft(content).toContain(part);
    expect(content.indexOf(`src="${cover.url}"`)).toBeLessThan(content.indexOf('<em>intro</em>'));
    for (const [, address] of content.matchAll(/(?:href|src|srcset)="([^"]*)"/g))
      expect.soft(address).toMatch(/^https?:\/\//);
    expect(content).not.toContain('masthead:');
  });
});

describe('the ids of entries', () => {
  test.each(formats)('the ids in the %s feed survive every change of address', async (format) => {
    const newsletter = await makeNewsletter(masthead);
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, tags: ['t'] });
    await publish(masthead, issue.id);
    const before = await idsOf(newsletter.slug, format);
    expect(before).toEqual([`urn:uuid:${issue.id}`]);
    await patch(`/issues/${issue.id}`, { slug: `moved-${format}`, number: 7, title: 'Corrected' });
    await publish(masthead, issue.id);
    await patch(`/newsletters/${newsletter.id}`, {
      slug: `moved-${newsletter.slug}`,
      issueUrl: 'https://elsewhere.example/{slug}',
    });
    expect(await idsOf(`moved-${newsletter.slug}`, format)).toEqual(before);
    const { body } = await read(`moved-${newsletter.slug}`, format);
    expect(body).toContain('Corrected');
    expect(body).toContain(`https://elsewhere.example/moved-${format}`);
  });

  test('a correction changes the update time of an entry, but not its publication time', async () => {
    const newsletter = await makeNewsletter(masthead);
    const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id });
    await publish(masthead, issue.id);
    const [before] = (await readJson(newsletter.slug)).items;
    await patch(`/issues/${issue.id}`, { title: 'Corrected' });
    await publish(masthead, issue.id);
    const [after] = (await readJson(newsletter.slug)).items;
    expect(after?.date_published).toBe(before?.date_published);
    expect(Date.parse(after?.date_modified ?? '')).toBeGreaterThan(Date.parse(before?.date_modified ?? ''));
    const updated = one(await readXml(newsletter.slug, 'atom'), 'updated').text;
    expect(updated).toBe(after?.date_modified);
  });

  test('an issue that is put back after a withdrawal keeps its first publication time', async () => {
    const newsletter = await makeNewsletter(masthead);
    const [first, second] = [
      await makeReadyIssue(masthead, { newsletterId: newsletter.id }),
      await makeReadyIssue(masthead, { newsletterId: newsletter.id }),
    ];
    for (const { id } of [first, second]) await publish(masthead, id);
    const timesOf = async () => (await readJson(newsletter.slug)).items.map((item) => item.date_published);
    const before = await timesOf();
    await withdraw(masthead, first.id);
    await patch(`/issues/${first.id}`, { title: 'Changed' });
    await publish(masthead, first.id);
    expect(await timesOf()).toEqual(before);
    expect(await idsOf(newsletter.slug, 'rss')).toEqual([second, first].map(({ id }) => `urn:uuid:${id}`));
    const published = all(await readXml(newsletter.slug, 'atom'), 'entry').map(
      (entry) => one(entry, 'published').text,
    );
    expect(published).toEqual(before);
  });

  test('the feed of a tag has its own stable UUID', async () => {
    const newsletter = await makeNewsletter(masthead);
    const idOf = async (query: string) => one(await readXml(newsletter.slug, 'atom', query), 'id').text;
    const ids = [await idOf(''), await idOf('?tag=a'), await idOf('?tag=b')];
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await idOf('?tag=a')).toBe(ids[1]);
  });
});

describe('a feed', () => {
  test.each(formats)('the %s feed contains only published issues, newest first', async (format) => {
    const newsletter = await makeNewsletter(masthead);
    const make = () => makeReadyIssue(masthead, { newsletterId: newsletter.id });
    const [first, second, third, withdrawn, waiting] = [
      await make(),
      await make(),
      await make(),
      await make(),
      await make(),
    ];
    for (const { id } of [first, second, withdrawn]) await publish(masthead, id);
    await withdraw(masthead, withdrawn.id);
    await schedule(masthead, waiting.id);
    const ids = [second, first].map(({ id }) => `urn:uuid:${id}`);
    expect(await idsOf(newsletter.slug, format)).toEqual(ids);
    await patch(`/issues/${first.id}`, { title: 'Of an edit alone' });
    const { body } = await read(newsletter.slug, format);
    expect(body).not.toContain('Of an edit alone');
    expect(body).not.toContain(third.id);
  });

  test('a feed contains the newest twenty issues', async () => {
    const newsletter = await makeNewsletter(masthead);
    const ids: string[] = [];
    for (let number = 1; number <= 22; number += 1) {
      const { id } = await makeReadyIssue(masthead, { newsletterId: newsletter.id, number });
      await publish(masthead, id);
      ids.unshift(`urn:uuid:${id}`);
    }
    expect(await idsOf(newsletter.slug, 'json')).toEqual(ids.slice(0, 20));
  });

  test('a feed of very long issues has fewer entries', async () => {
    const newsletter = await makeNewsletter(masthead);
    const body = '長'.repeat(95_000);
    const items = ['a', 'b', 'c'].map((title) => ({ kind: 'note', title, body }));
    for (let number = 1; number <= 4; number += 1) {
      const { id } = await makeReadyIssue(masthead, {
        newsletterId: newsletter.id,
        number,
        sections: [{ title: 'Long', items }],
      });
      await publish(masthead, id);
    }
    const { items: entries } = await readJson(newsletter.slug);
    // An entry has 1.6 MiB, and none is added once the feed exceeds 4 MiB.
    expect(entries).toHaveLength(3);
    expect(entries[0]?.url).toMatch(/\/issues\/4$/);
  });

  test('the feed of a tag contains the issues with that tag and names it in its title and address', async () => {
    const newsletter = await makeNewsletter(masthead, { title: 'Letter' });
    const make = async (tags: string[]) => {
      const { id } = await makeReadyIssue(masthead, { newsletterId: newsletter.id, tags });
      await publish(masthead, id);
      return `urn:uuid:${id}`;
    };
    const both = await make(['a & b', 'c']);
    await make(['a']);
    const query = `?tag=${encodeURIComponent('a & b')}`;
    for (const format of formats) expect(await idsOf(newsletter.slug, format, query)).toEqual([both]);
    const feed = await readJson(newsletter.slug, query);
    expect(feed.title).toBe('Letter: a & b');
    const self = new URL(feed.feed_url);
    expect([self.pathname, self.searchParams.get('tag')]).toEqual([
      `${base}/${newsletter.slug}/feed.json`,
      'a & b',
    ]);
    const again = await masthead.anonymous.get(self.pathname + self.search);
    expect(again.body).toEqual(feed);
  });

  test.each(formats)('an empty %s feed is valid', async (format) => {
    const newsletter = await makeNewsletter(masthead);
    expect(await idsOf(newsletter.slug, format)).toEqual([]);
    expect(await idsOf(newsletter.slug, format, '?tag=unknown')).toEqual([]);
  });

  test.each(formats)('a known %s feed returns 304 until an issue is published', async (format) => {
    const newsletter = await makeNewsletter(masthead);
    const url = `${base}/${newsletter.slug}/feed.${format}`;
    const { headers } = await read(newsletter.slug, format);
    expect(headers['surrogate-key']).toBe(`content newsletter:${newsletter.id} archive:${newsletter.id}`);
    const etag = String(headers.etag);
    const again = await readBytes(masthead, url, { 'if-none-match': etag });
    expect(again).toMatchObject({ status: 304, body: '' });
    await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);
    expect(await readBytes(masthead, url, { 'if-none-match': etag })).toMatchObject({ status: 200 });
  });

  test.each(formats)('the %s feed of an unknown newsletter returns 404', async (format) => {
    for (const slug of ['never', '%00', 'Never', "'"]) {
      const answer = await masthead.anonymous.get(`${base}/${slug}/feed.${format}`);
      expect.soft(answer, slug).toMatchObject({
        status: 404,
        body: { type: 'http://masthead.test/problems/not-found', detail: 'There is no such newsletter.' },
      });
    }
  });

  test.each(['?tag=', '?tag=%20', '?tag=a&tag=b', `?tag=${'x'.repeat(61)}`, '?tag=%00'])(
    'a feed with the query %s returns 400',
    async (query) => {
      const newsletter = await makeNewsletter(masthead);
      const answer = await masthead.anonymous.get(`${base}/${newsletter.slug}/feed.rss${query}`);
      expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
    },
  );

  test('the feed of a newsletter without a frontend links to the Content API', async () => {
    const newsletter = await makeNewsletter(masthead);
    await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);
    const feed = await readJson(newsletter.slug);
    expect(feed.home_page_url).toBe(`http://masthead.test${base}/${newsletter.slug}`);
    const page = `http://masthead.test${base}/${newsletter.slug}/issues/1`;
    expect(feed.items[0]).toMatchObject({ url: page });
    expect(feed.items[0]?.content_html).toContain(`href="${page}#one"`);
    expect((await masthead.anonymous.get(new URL(page).pathname)).status).toBe(200);
  });

  test('a feed of hostile texts is well-formed, and its titles and tags contain every text', async () => {
    const texts = [
      '\u0001\u000b\u001f',
      ']]>',
      '<![CDATA[',
      '</title><script>x</script>',
      '&amp;&#0;',
      '\ufffe\uffff',
    ];
    const newsletter = await makeNewsletter(masthead, {
      title: `T${texts.join(' ')}`,
      tagline: texts.join(' '),
    });
    const person = await makePerson(masthead, { name: `P${texts.join(' ')}` });
    const paper = await makePaper(masthead, {
      title: `Q${texts.join(' ')}`,
      authors: [`A${texts.join(' ')}`],
    });
    const { id } = await makeReadyIssue(masthead, {
      newsletterId: newsletter.id,
      title: `I${texts.join(' ')}`,
      subtitle: `S${texts.join(' ')}`,
      intro: texts.join('\n\n'),
      tags: texts,
      authorIds: [person.id],
      sections: [
        {
          title: `X${texts.join(' ')}`,
          items: [
            {
              kind: 'paper',
              title: `Y${texts.join(' ')}`,
              body: `\`\`\`\n${texts.join('\n')}\n\`\`\``,
              paperId: paper.id,
              links: [{ label: `L${texts.join(' ')}`, url: 'https://a.example/]]>', rel: 'source' }],
            },
          ],
        },
      ],
    });
    await publish(masthead, id);
    const expectedText = ']]> <![CDATA[ </title><script>x</script> &amp;&#0; \ufffd\ufffd';
    const channel = one(await readXml(newsletter.slug, 'rss'), 'channel');
    expect(one(channel, 'title').text).toBe(`T    ${expectedText}`);
    expect(one(one(channel, 'item'), 'title').text).toBe(`I    ${expectedText}`);
    expect(one(one(channel, 'item'), 'encoded').text).not.toContain('<script');
    const feed = await readXml(newsletter.slug, 'atom');
    expect(one(feed, 'title').text).toBe(`T    ${expectedText}`);
    expect(all(one(feed, 'entry'), 'category').map(({ attributes }) => attributes.term)).toEqual([
      '   ',
      ...expectedText.replace(/ \ufffd+$/, '').split(' '),
      '\ufffd\ufffd',
    ]);
  });
});
