import type { CslItem, CslName } from '../../bibliography/csl/csl.ts';
import { dayOf } from '../../lib/time-zone.ts';
import { issuePage, itemPage } from '../delivery/issue-page.ts';
import { partsOf } from '../papers/authors/authors.ts';
import type { EditionDocument } from '../publishing/editions/edition-schemas.ts';

/** What its addresses are made of. */
export type CitedNewsletter = { slug: string; issueUrl: string | null };

/**
 * An issue is an article of its newsletter: it has authors and a title of its own, and of the types of CSL this is the
 * one for which all citation tools know what to do with a number, a day and an address.
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

/** People sign alone or as `The editors`, and nothing but the first word tells which. */
function nameAuthor({ name }: { name: string }): CslName {
  return /^The\s/.test(name) ? { literal: name } : partsOf({ name });
}

/** Null: no item has the anchor. The authors of the issue wrote it. */
export function citeItem(
  issue: EditionDocument,
  anchor: string,
  newsletter: CitedNewsletter,
  publicUrl: string,
): CslItem | null {
  for (const section of issue.sections) {
    const item = section.items.find((item) => item.anchor === anchor);
    if (!item) continue;
    const page = issuePage(newsletter, issue, publicUrl);
    const whole = citeIssue(issue, newsletter, publicUrl);
    return { ...whole, title: item.title, section: section.title, URL: itemPage(page, item) };
  }
  return null;
}
