import type { Feed, FeedAuthor, FeedEntry } from './compose/compose-feed.ts';
import { writeMediaContent } from './write-media-content.ts';
import { element, writeXml, type XmlElement } from './xml.ts';

/** https://www.rfc-editor.org/rfc/rfc4287 */
export function writeAtom(feed: Feed, selfUrl: string): Promise<string> {
  const attributes = {
    xmlns: 'http://www.w3.org/2005/Atom',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
    'xml:lang': feed.language,
  };
  const children = [
    element('id', feed.id),
    element('title', feed.title),
    feed.description === null ? undefined : element('subtitle', feed.description),
    element('updated', feed.updatedAt),
    element('link', [], { rel: 'self', type: 'application/atom+xml', href: selfUrl }),
    element('link', [], { rel: 'alternate', href: feed.homeUrl }),
    // RFC 4287, section 4.1.1: required unless every entry has an author.
    element('author', [element('name', feed.title)]),
    element('generator', 'Masthead'),
    feed.tag === undefined ? undefined : writeTag(feed.tag),
    ...feed.entries.map(writeEntry),
  ];
  return writeXml(element('feed', children, attributes));
}

function writeEntry(entry: FeedEntry): XmlElement {
  return element('entry', [
    element('id', entry.id),
    element('title', entry.title),
    element('link', [], { rel: 'alternate', href: entry.url }),
    element('published', entry.publishedAt),
    element('updated', entry.updatedAt),
    ...entry.authors.map(writeAuthor),
    ...entry.tags.map(writeTag),
    entry.summary === null ? undefined : element('summary', entry.summary),
    element('content', entry.content, { type: 'html' }),
    ...entry.recordings.map(({ url, mimeType, size }) =>
      element('link', [], { rel: 'enclosure', href: url, type: mimeType, length: String(size) }),
    ),
    writeMediaContent(entry),
  ]);
}

function writeAuthor({ name, url }: FeedAuthor): XmlElement {
  return element('author', [element('name', name), url === null ? undefined : element('uri', url)]);
}

function writeTag(tag: string): XmlElement {
  return element('category', [], { term: tag });
}
