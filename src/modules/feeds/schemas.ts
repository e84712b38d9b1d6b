import { z } from 'zod';

/** Response schemas for the OpenAPI document. */

export const FEED_FORMATS = ['rss', 'atom', 'json'] as const;
export type FeedFormat = (typeof FEED_FORMATS)[number];

const issuePage = 'https://letter.example/issues/february-2022';
const newsletterId = 'urn:uuid:0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10';
const issueId = 'urn:uuid:0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const content = '<p>A <em>short</em> month.</p>';
const escapedContent = '&lt;p&gt;A &lt;em&gt;short&lt;/em&gt; month.&lt;/p&gt;';
const address = 'https://letters.example.org/content/v1/newsletters/signal-and-noise';

const feedAuthor = z
  .object({ name: z.string(), url: z.string().optional(), avatar: z.string().optional() })
  .meta({ id: 'JsonFeedAuthor' });

const feedAttachment = z
  .object({
    url: z.string(),
    mime_type: z.string(),
    size_in_bytes: z.int(),
    title: z.string().optional(),
  })
  .meta({ id: 'JsonFeedAttachment' });

const feedItem = z
  .object({
    id: z.string().meta({
      description: 'The id of the issue. It stays the same when the issue or its address changes.',
    }),
    url: z.string(),
    title: z.string(),
    summary: z.string().optional(),
    content_html: z.string().meta({ description: 'The whole issue as HTML, with absolute URLs.' }),
    image: z.string().optional(),
    date_published: z.string(),
    date_modified: z.string(),
    authors: z.array(feedAuthor).optional(),
    tags: z.array(z.string()),
    language: z.string(),
    attachments: z.array(feedAttachment).optional(),
  })
  .meta({ id: 'JsonFeedItem' });

export const jsonFeed = z
  .object({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    home_page_url: z.string(),
    feed_url: z.string(),
    description: z.string().optional(),
    language: z.string(),
    items: z.array(feedItem),
  })
  .meta({
    id: 'JsonFeed',
    description: 'A JSON Feed: https://www.jsonfeed.org/version/1.1/',
    examples: [
      {
        version: 'https://jsonfeed.org/version/1.1',
        title: 'Signal & Noise',
        home_page_url: 'https://letter.example/',
        feed_url: `${address}/feed.json`,
        language: 'en-AU',
        items: [
          {
            id: issueId,
            url: issuePage,
            title: 'What you missed in February',
            content_html: content,
            date_published: '2026-12-01T09:00:00.012Z',
            date_modified: '2026-12-01T09:00:00.012Z',
            tags: ['vision'],
            language: 'en-AU',
          },
        ],
      },
    ],
  });
export type JsonFeed = z.infer<typeof jsonFeed>;

const xml = (example: string) =>
  z.string().meta({ examples: [`<?xml version="1.0" encoding="utf-8"?>\n${example}`] });

export const rssFeed = xml(
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Signal &amp; Noise</title><link>https://letter.example/</link><description>A monthly letter</description><item><title>What you missed in February</title><link>${issuePage}</link><guid isPermaLink="false">${issueId}</guid><pubDate>Tue, 01 Dec 2026 09:00:00 GMT</pubDate><content:encoded>${escapedContent}</content:encoded></item></channel></rss>`,
);

export const atomFeed = xml(
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-AU"><id>${newsletterId}</id><title>Signal &amp; Noise</title><updated>2026-12-01T09:00:00.012Z</updated><entry><id>${issueId}</id><title>What you missed in February</title><link rel="alternate" href="${issuePage}"/><updated>2026-12-01T09:00:00.012Z</updated><content type="html">${escapedContent}</content></entry></feed>`,
);

const sitemapNamespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

export const sitemap = xml(
  `<urlset xmlns="${sitemapNamespace}"><url><loc>${issuePage}</loc><lastmod>2026-12-01T09:00:00.012Z</lastmod></url></urlset>`,
);

export const sitemapIndex = xml(
  `<sitemapindex xmlns="${sitemapNamespace}"><sitemap><loc>${address}/sitemap.xml</loc></sitemap></sitemapindex>`,
);

const node = z.looseObject({ '@type': z.string() }).meta({ id: 'JsonLdNode' });

export const jsonLd = z
  .looseObject({
    '@context': z.literal('https://schema.org'),
    '@type': z.literal('PublicationIssue'),
    '@id': z.string(),
    url: z.string(),
    name: z.string(),
    issueNumber: z.int(),
    datePublished: z.string(),
    dateModified: z.string(),
    isPartOf: node,
    hasPart: z.array(node),
  })
  .meta({
    id: 'JsonLd',
    description:
      'A schema.org PublicationIssue that is part of a Periodical. `hasPart` holds the items. The paper that an item discusses is a ScholarlyArticle in `about`.',
    examples: [
      {
        '@context': 'https://schema.org',
        '@type': 'PublicationIssue',
        '@id': issueId,
        url: issuePage,
        name: 'What you missed in February',
        issueNumber: 26,
        datePublished: '2026-12-01T09:00:00.012Z',
        dateModified: '2026-12-01T09:00:00.012Z',
        isPartOf: { '@type': 'Periodical', '@id': newsletterId, name: 'Signal & Noise' },
        hasPart: [
          {
            '@type': 'Article',
            url: `${issuePage}#blip`,
            headline: 'BLIP',
            about: {
              '@type': 'ScholarlyArticle',
              name: 'BLIP: Bootstrapping Language-Image Pre-training',
              sameAs: ['https://arxiv.org/abs/2201.12086'],
            },
          },
        ],
      },
    ],
  });
export type JsonLd = z.infer<typeof jsonLd>;
