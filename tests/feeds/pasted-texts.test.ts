import { describe, expect, test } from 'vitest';
import { readBytes } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { one, parseXml } from './parse-xml.ts';

const masthead = useMasthead();

/** Publishes an issue with the text as its intro and as the intro of its section and the body of its item. */
async function publishText(text: string, language = 'en', item: object = {}) {
  const newsletter = await makeNewsletter(masthead, { language });
  const items = [{ kind: 'note', title: 'One', body: text, ...item }];
  const fields = { intro: text, signOff: null, sections: [{ title: 'A', intro: text, items }] };
  const { id } = await makeReadyIssue(masthead, { newsletterId: newsletter.id, ...fields });
  await publish(masthead, id);
  const base = `/content/v1/newsletters/${newsletter.slug}`;
  const issue = JSON.parse((await readBytes(masthead, `${base}/issues/latest`)).body);
  const [rss, atom, json] = await Promise.all(
    ['rss', 'atom', 'json'].map(async (format) => (await readBytes(masthead, `${base}/feed.${format}`)).body),
  );
  const contents = [
    one(one(one(parseXml(rss ?? ''), 'channel'), 'item'), 'encoded').text,
    one(one(parseXml(atom ?? ''), 'entry'), 'content').text,
    JSON.parse(json ?? '').items[0].content_html,
  ];
  const [section] = issue.sections;
  return { intro: issue.intro.html, section: section.intro.html, item: section.items[0].body.html, contents };
}

test('headings start below the heading of what they are in, in the document and in all feeds', async () => {
  const { intro, section, item, contents } = await publishText('# Heading\n\n## Sub');
  expect(intro).toBe('<h2>Heading</h2>\n<h3>Sub</h3>');
  expect(section).toBe('<h3>Heading</h3>\n<h4>Sub</h4>');
  expect(item).toBe('<h4>Heading</h4>\n<h5>Sub</h5>');
  for (const content of contents) {
    expect([...content.matchAll(/<h(\d)/g)].map(([, level]) => level).join('')).toBe('232343' + '45');
  }
});

describe('a newsletter that is written from right to left', () => {
  test.each(['ar', 'fa', 'ur', 'he-IL'])(
    'has the direction in its texts and in all feeds: %s',
    async (language) => {
      const { intro, section, item, contents } = await publishText('نص', language);
      expect([intro, section, item]).toEqual(Array(3).fill('<div dir="rtl"><p>نص</p></div>'));
      for (const content of contents) expect(content).toMatch(/^<div dir="rtl">.*<\/div>$/s);
    },
  );

  test('has it on figures that follow a text', async () => {
    const { id } = await makeMedia(masthead, { alt: 'x', creditText: 'Ada' });
    const { item } = await publishText('نص', 'ar', { figures: [{ mediaId: id }] });
    expect(item).toMatch(/^<div dir="rtl"><p>نص<\/p><\/div>\n<div dir="rtl"><figure>.*<\/figure><\/div>$/s);
  });
});

test('a newsletter that is written from left to right has no direction', async () => {
  const { item, contents } = await publishText('Text', 'en');
  expect(item).toBe('<p>Text</p>');
  for (const content of contents) expect(content).not.toContain('dir=');
});

test('footnotes have the words of the language in the document and in all feeds', async () => {
  const { item, contents } = await publishText('Satz.[^1]\n\n[^1]: Beleg.', 'de');
  for (const html of [item, ...contents]) {
    expect(html).toContain('Fußnoten');
    expect(html).not.toMatch(/Footnotes|Back to/);
  }
});

test('formulas reach feeds as their source', async () => {
  const { contents } = await publishText('$x*y*z$ for $5');
  for (const content of contents) {
    expect(content).toContain('<code class="language-math math-inline">x*y*z</code> for $5');
  }
});

test('the credits of images that share a paragraph are in the document and in all feeds', async () => {
  const first = await makeMedia(masthead, { alt: 'x', creditText: 'Ada', caption: 'One' });
  const second = await makeMedia(masthead, { alt: 'y', creditText: 'Grace' });
  const text = `![](media:${first.id})\n![](media:${second.id})\n\nBefore ![](media:${second.id}) after.`;
  const { item, contents } = await publishText(text);
  for (const html of [item, ...contents]) {
    expect(html).toMatch(
      /<figcaption>One <span class="credit">Ada<.*<figcaption><span class="credit">Grace</s,
    );
    expect(html).toMatch(/after\.<\/p>\n<div class="caption"><span class="credit">Grace</);
  }
});
