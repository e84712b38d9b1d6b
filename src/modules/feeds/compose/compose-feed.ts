import { mapYielding } from '../../../lib/yield-to-event-loop.ts';
import { homePage, issuePage, type Periodical } from '../../delivery/issue-page.ts';
import type { EditionDocument, PublishedFigure } from '../../publishing/editions/edition-schemas.ts';
import { identityPagesOf } from './author-pages.ts';
import { composeContent } from './compose-content.ts';
import { feedId, urnOf } from './feed-id.ts';
import { listOnce } from './list-once.ts';

export type FeedNewsletter = Periodical & {
  updatedAt: Date;
  /** Of the last publication, correction or withdrawal of an issue of the feed. Null if there was none. */
  changedAt: Date | null;
};

export type FeedAuthor = { name: string; url: string | null; avatar: string | null };
type FeedAttachment = { url: string; mimeType: string; size: number; title: string | null };

export type FeedEntry = {
  id: string;
  url: string;
  title: string;
  summary: string | null;
  content: string;
  image: PublishedFigure | null;
  authors: FeedAuthor[];
  tags: string[];
  /** RFC 3339 */
  publishedAt: string;
  updatedAt: string;
  recordings: FeedAttachment[];
};

/** The content of a feed, independent of its format. */
export type Feed = {
  id: string;
  title: string;
  description: string | null;
  language: string;
  homeUrl: string;
  /** RFC 3339. It never decreases. */
  updatedAt: string;
  tag: string | undefined;
  entries: FeedEntry[];
};

/** Composes a feed of `issues`, which are ordered newest first. A long issue takes about 10 ms. */
export async function composeFeed(
  newsletter: FeedNewsletter,
  tag: string | undefined,
  issues: readonly EditionDocument[],
  publicUrl: string,
): Promise<Feed> {
  const { id, title, tagline, language } = newsletter;
  const entries = await mapYielding(issues, (issue) =>
    composeEntry(issue, issuePage(newsletter, issue, publicUrl)),
  );
  return {
    id: feedId(id, tag),
    title: tag === undefined ? title : `${title}: ${tag}`,
    description: tagline,
    language,
    homeUrl: homePage(newsletter, publicUrl),
    updatedAt: newestUpdate(newsletter, entries),
    tag,
    entries,
  };
}

/** After a withdrawal, the remaining entries are older than the last change. */
function newestUpdate({ updatedAt, changedAt }: FeedNewsletter, entries: readonly FeedEntry[]): string {
  const times = entries.map((entry) => entry.updatedAt);
  if (changedAt) times.push(changedAt.toISOString());
  return times.sort().at(-1) ?? updatedAt.toISOString();
}

function composeEntry(issue: EditionDocument, url: string): FeedEntry {
  const { title, subtitle, cover, tags, publishedAt, updatedAt } = issue;
  return {
    id: urnOf(issue.id),
    url,
    title,
    tags,
    publishedAt,
    updatedAt,
    summary: subtitle,
    content: composeContent(issue, url),
    image: cover,
    authors: issue.authors.map(({ name, links, avatar }) => ({
      name,
      url: identityPagesOf(links)[0] ?? null,
      avatar: avatar?.url ?? null,
    })),
    recordings: composeRecordings(issue),
  };
}

/** Audio files become enclosures for podcast players. Other attachments are links in the content. */
function composeRecordings({ sections }: EditionDocument): FeedAttachment[] {
  const attachments = sections.flatMap(({ items }) => items.flatMap((item) => item.attachments ?? []));
  const recordings = attachments.filter(({ mimeType }) => mimeType.startsWith('audio/'));
  return listOnce(recordings).map(({ url, mimeType, size, originalName }) => ({
    url,
    mimeType,
    size,
    title: originalName,
  }));
}
