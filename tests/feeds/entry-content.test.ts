import { describe, expect, test } from 'vitest';
import { composeContent } from '../../src/modules/feeds/compose/compose-content.ts';
import { composeFeed } from '../../src/modules/feeds/compose/compose-feed.ts';
import { composeJsonLd } from '../../src/modules/feeds/compose-json-ld.ts';
import { writeAtom } from '../../src/modules/feeds/write-atom.ts';
import { writeJsonFeed } from '../../src/modules/feeds/write-json-feed.ts';
import { writeRss } from '../../src/modules/feeds/write-rss.ts';
import { documentExample } from '../../src/modules/publishing/editions/edition-examples.ts';
import { editionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import { all, one, parseXml } from './parse-xml.ts';

type Link = { label: string; url: string };

const [exampleSection] = documentExample.sections;
const [exampleItem] = exampleSection?.items ?? [];
const newsletter = {
  ...{ id: documentExample.id, slug: 'a', title: 'A letter', tagline: null, language: 'en' },
  ...{ siteUrl: null, issueUrl: 'https://a.example/{slug}', updatedAt: new Date(0), changedAt: null },
};

function makeIssue(item: object, head: object = {}) {
  return editionDocument.parse({
    ...documentExample,
    ...head,
    sections: [{ ...exampleSection, items: [{ ...exampleItem, kind: 'paper', links: [], ...item }] }],
  });
}

function makePaper(fields: object) {
  const nothing = { year: null, venue: null, abstract: null, arxivId: null, doi: null, links: [] };
  return { ...nothing, id: documentExample.id, title: 'BLIP', authors: [{ name: 'Li' }], ...fields };
}

const withRel = (links: Link[]) => links.map((link) => ({ ...link, rel: 'other' }));

describe('the links of an entry', () => {
  test.each<[string, Link[], Link[], string[]]>([
    [
      'the arXiv page, which the citation has',
      [{ label: 'Paper', url: 'https://arxiv.org/abs/2201.12086' }],
      [{ label: 'arXiv', url: 'http://www.arxiv.org/abs/2201.12086/' }],
      [],
    ],
    ['the DOI in other letters', [{ label: 'Paper', url: 'https://dx.doi.org/10.1000/BLIP' }], [], []],
    [
      'one address of the item and the paper',
      [{ label: 'Code and models', url: 'https://github.com/salesforce/BLIP' }],
      [{ label: 'Code', url: 'https://GitHub.com/salesforce/BLIP/' }],
      ['Code and models'],
    ],
    [
      'parts of one page, and the PDF',
      [
        { label: 'One', url: 'https://a.example/page#one' },
        { label: 'Two', url: 'https://a.example/page#two' },
        { label: 'Three', url: 'https://a.example/page?v=3' },
        { label: 'PDF', url: 'https://arxiv.org/pdf/2201.12086' },
      ],
      [{ label: 'Page', url: 'https://a.example/page' }],
      ['One', 'Two', 'Three', 'PDF', 'Page'],
    ],
  ])('each address is listed once: %s', (_what, ofItem, ofPaper, listed) => {
    const paper = makePaper({ arxivId: '2201.12086', doi: '10.1000/blip', links: withRel(ofPaper) });
    const html = composeContent(makeIssue({ links: withRel(ofItem), paper }), 'https://a.example/1');
    const labels = [...html.matchAll(/<li><a [^>]*>([^<]*)<\/a><\/li>/g)].map(([, label]) => label);
    expect(labels).toEqual(listed);
    expect(html.match(/arxiv\.org\/abs/g)).toHaveLength(1);
  });

  test('a recording that several items link to is one enclosure', async () => {
    const recording = { mediaId: documentExample.id, mimeType: 'audio/mpeg', size: 1, originalName: 'a.mp3' };
    const attachments = ['a', 'b', 'a'].map((name) => ({
      ...recording,
      url: `https://a.example/${name}.mp3`,
    }));
    const feed = await composeFeed(newsletter, undefined, [makeIssue({ attachments })], 'https://a.example');
    expect(feed.entries[0]?.recordings.map(({ url }) => url)).toEqual([
      'https://a.example/a.mp3',
      'https://a.example/b.mp3',
    ]);
  });

  test('JSON-LD lists an address once under citation', () => {
    const links = withRel([
      { label: 'Code', url: 'https://github.com/salesforce/BLIP' },
      { label: 'Models', url: 'https://github.com/salesforce/BLIP/' },
    ]);
    const [item] = composeJsonLd(makeIssue({ links }), newsletter, 'https://a.example').hasPart;
    expect(item?.citation).toMatchObject([{ name: 'Code' }]);
  });
});

describe('the citation of a paper in an entry', () => {
  test.each([
    [{ venue: 'ICML 2022', year: 2022 }, 'Li. <cite>BLIP</cite>. ICML 2022'],
    [{ venue: "Proc. ICML'22 (2022)", year: 2022 }, "Li. <cite>BLIP</cite>. Proc. ICML'22 (2022)"],
    [{ venue: 'Workshop 20221', year: 2022 }, 'Li. <cite>BLIP</cite>. Workshop 20221. 2022'],
    [{ venue: 'ICML', year: 2022 }, 'Li. <cite>BLIP</cite>. ICML. 2022'],
    [
      { venue: 'Proc. Natl. Acad. Sci. U.S.A.', year: 2022 },
      'Li. <cite>BLIP</cite>. Proc. Natl. Acad. Sci. U.S.A. 2022',
    ],
    [{ title: 'Why?', year: 2022 }, 'Li. <cite>Why?</cite> 2022'],
    [{ title: 'なぜ。', year: 2022 }, 'Li. <cite>なぜ。</cite> 2022'],
    [{ title: 'لماذا؟', year: 2022 }, 'Li. <cite>لماذا؟</cite> 2022'],
    [{ authors: Array.from({ length: 11 }, () => ({ name: 'Li' })) }, 'Li, et al. <cite>BLIP</cite>'],
    [{ authors: [{ name: 'Sammy Davis Jr.' }] }, 'Sammy Davis Jr. <cite>BLIP</cite>'],
  ])('%j has neither the year nor a full stop twice', (fields, expected) => {
    const html = composeContent(makeIssue({ paper: makePaper(fields) }), 'https://a.example/1');
    expect(html).toContain(`${expected}</p>`);
  });
});

test('the description of an RSS item is escaped HTML, and the summaries of other formats are plain text', async () => {
  const subtitle = 'Why <canvas> & <b>bold</b> win';
  const feed = await composeFeed(newsletter, undefined, [makeIssue({}, { subtitle })], 'https://a.example');
  const rss = await writeRss(feed, 'https://a.example/feed');
  expect(rss).toContain(
    '<description>Why &amp;lt;canvas&amp;gt; &amp;amp; &amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt; win</description>',
  );
  expect(one(one(parseXml(await writeAtom(feed, 'https://a.example/feed')), 'entry'), 'summary').text).toBe(
    subtitle,
  );
  expect(JSON.parse(await writeJsonFeed(feed, 'https://a.example/feed')).items[0].summary).toBe(subtitle);
});

describe('the address of an author', () => {
  const home = { label: 'Web', url: 'https://ada.example/' };
  const orcid = { label: 'ORCID', url: 'https://orcid.org/0000-0002-1825-0097' };
  const wikidata = { label: 'Wikidata', url: 'https://www.wikidata.org/wiki/Q7259' };
  const others = [
    { label: 'Mastodon', url: 'https://social.example/@ada' },
    { label: 'GitHub', url: 'https://github.com/ada' },
    { label: 'Interview', url: 'https://paper.example/2026/ada' },
    { label: 'ORCID', url: 'https://orcid.org/' },
    { label: 'Search', url: 'https://paper.example/?q=ada' },
  ];

  async function composeAll(links: Link[]) {
    const author = { slug: 'ada', name: 'Ada', bio: null, avatar: null, links };
    const issue = makeIssue({}, { authors: [author] });
    const feed = await composeFeed(newsletter, undefined, [issue], 'https://a.example');
    const entry = one(parseXml(await writeAtom(feed, 'https://a.example/feed')), 'entry');
    const json = JSON.parse(await writeJsonFeed(feed, 'https://a.example/feed'));
    const [described] = [composeJsonLd(issue, newsletter, 'https://a.example').author].flat();
    return {
      uris: all(one(entry, 'author'), 'uri').map(({ text }) => text),
      url: json.items[0].authors[0].url,
      sameAs: JSON.parse(JSON.stringify(described)).sameAs,
    };
  }

  test.each<[string, Link[], Link[]]>([
    ['the own site, before identities', [orcid, wikidata, home], [home, orcid, wikidata]],
    ['an identity if there is no own site', [wikidata], [wikidata]],
    [
      'a home directory',
      [{ label: 'Uni', url: 'https://cs.example.edu/~ada/' }],
      [{ label: '', url: 'https://cs.example.edu/~ada/' }],
    ],
    [
      'what is called a home page',
      [{ label: 'Home page', url: 'https://example.edu/people/ada' }],
      [{ label: '', url: 'https://example.edu/people/ada' }],
    ],
  ])('it is %s', async (_what, links, chosen) => {
    const urls = chosen.map(({ url }) => url);
    expect(await composeAll([...others, ...links])).toEqual({
      uris: [urls[0]],
      url: urls[0],
      sameAs: urls,
    });
  });

  test('no other link of a profile stands for the author', async () => {
    expect(await composeAll(others)).toEqual({ uris: [], url: undefined, sameAs: undefined });
  });
});
