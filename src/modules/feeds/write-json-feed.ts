import { mapYielding } from '../../lib/yield-to-event-loop.ts';
import type { Feed, FeedAuthor, FeedEntry } from './compose/compose-feed.ts';
import type { JsonFeed } from './schemas.ts';

/** https://www.jsonfeed.org/version/1.1/ */
export async function writeJsonFeed(feed: Feed, selfUrl: string): Promise<string> {
  const items = await mapYielding(feed.entries, (entry) => JSON.stringify(composeItem(entry, feed.language)));
  const head: Omit<JsonFeed, 'items'> = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.homeUrl,
    feed_url: selfUrl,
    description: feed.description ?? undefined,
    language: feed.language,
  };
  const members = Object.entries(head)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  return `{${[...members, `"items":[${items.join(',')}]`].join(',')}}`;
}

function composeItem(entry: FeedEntry, language: string): JsonFeed['items'][number] {
  const { id, url, title, summary, content, image, authors, tags, publishedAt, updatedAt } = entry;
  return {
    id,
    url,
    title,
    summary: summary ?? undefined,
    content_html: content,
    image: image?.url,
    date_published: publishedAt,
    date_modified: updatedAt,
    authors: authors.length > 0 ? authors.map(composeAuthor) : undefined,
    tags,
    language,
    attachments: entry.recordings.length > 0 ? entry.recordings.map(composeAttachment) : undefined,
  };
}

function composeAuthor({ name, url, avatar }: FeedAuthor) {
  return { name, url: url ?? undefined, avatar: avatar ?? undefined };
}

function composeAttachment({ url, mimeType, size, title }: FeedEntry['recordings'][number]) {
  return { url, mime_type: mimeType, size_in_bytes: size, title: title ?? undefined };
}
