import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { composeFeed } from '../../src/modules/feeds/compose/compose-feed.ts';
import { jsonFeed } from '../../src/modules/feeds/schemas.ts';
import { writeAtom } from '../../src/modules/feeds/write-atom.ts';
import { writeJsonFeed } from '../../src/modules/feeds/write-json-feed.ts';
import { writeRss } from '../../src/modules/feeds/write-rss.ts';
import { toXmlText } from '../../src/modules/feeds/xml.ts';
import { documentExample, figureExample } from '../../src/modules/publishing/editions/edition-examples.ts';
import { editionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import { hostileText } from './hostile-text.ts';
import { all, one, parseXml } from './parse-xml.ts';

const self = 'https://letters.example.org/feed';

/** An edition with `text` in every text field. */
function makeIssue(text: string) {
  // The link schema accepts only text that the database can store.
  const storable = text.toWellFormed().replaceAll('\0', '');
  const [section] = documentExample.sections;
  const [item] = section?.items ?? [];
  const link = { label: storable, url: `https://a.example/?${storable}`, rel: 'source' };
  const paper = { id: documentExample.id, title: text, authors: [{ name: text }], links: [link] };
  const figure = { ...figureExample, alt: text, caption: text, credit: { text, url: text, licence: text } };
  const body = { markdown: text, html: '<p>x</p>' };
  return editionDocument.parse({
    ...documentExample,
    ...{ title: text, subtitle: text, tags: [text], cover: figure },
    authors: [
      {
        slug: 'a',
        name: text,
        bio: text,
        avatar: figure,
        links: [{ label: 'Web', url: 'https://a.example/' }],
      },
    ],
    sections: [
      {
        ...section,
        ...{ title: text, emoji: text, intro: body },
        items: [
          {
            ...item,
            ...{ kind: 'paper', title: text, body, links: [link], tags: [text] },
            paper: { ...paper, year: 2022, venue: text, abstract: text, arxivId: text, doi: text },
            attachments: [
              {
                mediaId: documentExample.id,
                url: text,
                mimeType: `audio/${text}`,
                size: 1,
                originalName: text,
              },
            ],
          },
        ],
      },
    ],
  });
}

test('for any text every format can be parsed and contains the text', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const newsletter = {
        ...{ id: documentExample.id, slug: 'a', title: text, tagline: text, language: 'en' },
        ...{ siteUrl: null, issueUrl: 'https://a.example/{slug}', updatedAt: new Date(0), changedAt: null },
      };
      const feed = await composeFeed(newsletter, text, [makeIssue(text)], 'https://letters.example.org');
      const content = feed.entries[0]?.content ?? '';

      const item = one(one(parseXml(await writeRss(feed, self)), 'channel'), 'item');
      expect(one(item, 'title').text).toBe(toXmlText(text));
      expect(one(item, 'creator').text).toBe(toXmlText(text));
      expect(one(item, 'encoded').text).toBe(toXmlText(content));

      const entry = one(parseXml(await writeAtom(feed, self)), 'entry');
      expect(one(entry, 'title').text).toBe(toXmlText(text));
      expect(one(entry, 'category').attributes).toEqual({ term: toXmlText(text) });
      expect(all(entry, 'content').some((each) => each.text === toXmlText(content))).toBe(true);

      const json = jsonFeed.parse(JSON.parse(await writeJsonFeed(feed, self)));
      expect(json.items[0]).toMatchObject({ title: text, tags: [text], content_html: content });
    }),
    { numRuns: 300 },
  );
});

test('no text adds an element to the content', async () => {
  const newsletter = {
    ...{ id: documentExample.id, slug: 'a', title: 'a', tagline: null, language: 'en' },
    ...{ siteUrl: null, issueUrl: null, updatedAt: new Date(0), changedAt: null },
  };
  const elementsOf = async (text: string) => {
    const feed = await composeFeed(newsletter, undefined, [makeIssue(text)], 'https://letters.example.org');
    const { documentElement } = new JSDOM(feed.entries[0]?.content ?? '').window.document;
    return [...documentElement.querySelectorAll('*')].map(({ localName }) => localName);
  };
  const expected = await elementsOf('word');
  expect(expected).toContain('cite');
  // White space would make an address invalid, and its link would disappear.
  const words = hostileText.map((text) => `x${text.replaceAll(/\s/g, '')}`);
  await fc.assert(
    fc.asyncProperty(words, async (text) => {
      expect(await elementsOf(text)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});
