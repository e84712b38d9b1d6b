import type { CslItem, CslName } from '../../bibliography/csl/csl.ts';
import { dayOf } from '../../lib/time-zone.ts';
import { issuePage, itemPage } from '../delivery/issue-page.ts';
import { partsOf } from '../papers/authors/authors.ts';
import type { EditionDocument } from '../publishing/editions/edition-schemas.ts';

/** The newsletter fields from which the URL of an issue is built. */
export type CitedNewsletter = { slug: string; issueUrl: string | null };

/**
 * Cites the issue as an article in its newsletter, because it has its own authors and title. Of the CSL types,
 * `article-magazine` is the one for which all citation tools print an issue number, a day and a URL.
 */
export function citeIssue(issue: EditionDocument, newsletter: CitedNewsletter, publicUrl: string): CslItem {
  const { title, newsletter: head, number, publishedAt, authors } = issue;
  const { year, month, day } = dayOf(new Date(publishedAt), head.timeZone);
  return {
    type: 'article-magazine',
    title,
    ...(authors.length > 0 ? { author: authors.map(nameAuthor) } : {}),
    issued: { 'date-parts': [[year, month, day]] },
    'container-title': head.title,
    issue: String(number),
    URL: issuePage(newsletter, issue, publicUrl),
    language: head.language,
  };
}

/** A name that starts with `The`, such as `The editors`, is a group. Nothing else marks one. */
function nameAuthor({ name }: { name: string }): CslName {
  return /^The\s/.test(name) ? { literal: name } : partsOf({ name });
}

/**
 * Cites an item by the authors of its issue. Returns null if no item has the anchor. Editions from before anchors were in
 * NFC can have decomposed ones, which a client may compose.
 */
export function citeItem(
  issue: EditionDocument,
  anchor: string,
  newsletter: CitedNewsletter,
  publicUrl: string,
): CslItem | null {
  const composed = anchor.normalize('NFC');
  for (const section of issue.sections) {
    const item = section.items.find((item) => item.anchor.normalize('NFC') === composed);
    if (!item) continue;
    const page = issuePage(newsletter, issue, publicUrl);
    const cited = citeIssue(issue, newsletter, publicUrl);
    return { ...cited, title: item.title, section: section.title, URL: itemPage(page, item) };
  }
  return null;
}
