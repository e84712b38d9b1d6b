import type { FeedEntry } from './compose/compose-feed.ts';
import { element, type XmlElement } from './xml.ts';

/** The image of an entry in Media RSS, which RSS and Atom share: https://www.rssboard.org/media-rss#media-content */
export function writeMediaContent({ image }: FeedEntry): XmlElement | undefined {
  if (!image) return undefined;
  const { url, mimeType, width, height } = image;
  return element('media:content', [], {
    url,
    type: mimeType,
    medium: 'image',
    width: String(width),
    height: String(height),
  });
}
