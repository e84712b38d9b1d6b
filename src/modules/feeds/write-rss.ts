import { escapeHtml } from '../../lib/escape-html.ts';
import type { Feed, FeedEntry } from './compose/compose-feed.ts';
import { writeMediaContent } from './write-media-content.ts';
import { element, writeXml, type XmlElement } from './xml.ts';

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};

/** RSS 2.0: https://www.rssboard.org/rss-specification */
export function writeRss(feed: Feed, selfUrl: string): Promise<string> {
  const channel = element('channel', [
    element('title', feed.title),
    element('link', feed.homeUrl),
    // RSS requires a description.
    element('description', feed.description ?? feed.title),
    element('language', feed.language),
    element('lastBuildDate', toRfc822(feed.updatedAt)),
    element('generator', 'Masthead'),
    element('atom:link', [], { rel: 'self', type: 'application/rss+xml', href: selfUrl }),
    ...feed.entries.map(writeItem),
  ]);
  return writeXml(element('rss', [channel], { version: '2.0', ...NAMESPACES }));
}

function writeItem(entry: FeedEntry): XmlElement {
  return element('item', [
    element('title', entry.title),
    element('link', entry.url),
    element('guid', entry.id, { isPermaLink: 'false' }),
    element('pubDate', toRfc822(entry.publishedAt)),
    element('atom:updated', entry.updatedAt),
    // RSS <author> requires an e-mail address.
    ...entry.authors.map(({ name }) => element('dc:creator', name)),
    ...entry.tags.map((tag) => element('category', tag)),
    // It holds HTML: https://www.rssboard.org/rss-profile#element-channel-item-description
    entry.summary === null ? undefined : element('description', escapeHtml(entry.summary)),
    element('content:encoded', entry.content),
    writeEnclosure(entry),
    writeMediaContent(entry),
  ]);
}

/** An item should have at most one enclosure: https://www.rssboard.org/rss-profile#element-channel-item-enclosure */
function writeEnclosure({ recordings: [recording] }: FeedEntry): XmlElement | undefined {
  if (!recording) return undefined;
  const { url, mimeType, size } = recording;
  return element('enclosure', [], { url, type: mimeType, length: String(size) });
}

function toRfc822(timestamp: string): string {
  return new Date(timestamp).toUTCString();
}
