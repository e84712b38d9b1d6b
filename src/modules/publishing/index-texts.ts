import type { Context } from '../../context.ts';
import { yearOf } from '../../lib/time-zone.ts';
import { toPlainText } from '../../markdown/plain-text.ts';
import type { IssueTree } from '../issues/tree/load-issue.ts';
import type { EditionDocument, PublishedItem } from './edition-schemas.ts';
import { searchConfigOf } from './search-config.ts';

/** Characters that are searched, of one text. PostgreSQL refuses a tsvector of more than a megabyte. */
const MAX_BODY = 100_000;
const MAX_AUTHORS = 20_000;
/** New words of an issue that are offered where one is mistyped or half written: each takes a tenth of a millisecond. */
const MAX_WORDS = 5_000;

type SearchableText = {
  position: number;
  itemId: string | null;
  anchor: string | null;
  tags: string[];
  title: string;
  body: string;
  authors: string;
};

/** What the search finds the edition by: its texts, and the words in them, in one statement. */
export async function indexTexts(ctx: Context, issue: IssueTree, document: EditionDocument): Promise<void> {
  const { language, timeZone } = document.newsletter;
  const publishedAt = new Date(document.publishedAt);
  const texts = JSON.stringify(textsOf(document));
  // Two publications of a newsletter add its words in the same order, so that neither waits for the other in turn.
  // Each word is looked up by the index: NOT EXISTS could become a join that reads all words of the newsletter.
  await ctx.db.$executeRaw`
    WITH texts AS (
      INSERT INTO published_texts (issue_id, newsletter_id, published_at, year, config,
        position, item_id, anchor, tags, title, body, authors)
      SELECT ${issue.id}::uuid, ${issue.newsletterId}::uuid, ${publishedAt}::timestamptz,
        ${yearOf(publishedAt, timeZone)}::int, ${searchConfigOf(language)},
        position, "itemId", anchor, tags, title, body, authors
      FROM jsonb_to_recordset(${texts}::jsonb) AS text (position int, "itemId" uuid, anchor text, tags text[],
        title text, body text, authors text)
      RETURNING newsletter_id, config, title, body, authors
    ), configs AS (
      INSERT INTO published_configs SELECT DISTINCT newsletter_id, config FROM texts ON CONFLICT DO NOTHING
    ), words AS (
      SELECT DISTINCT newsletter_id, lower(token) AS word
      FROM texts, ts_parse('default', search_text(concat_ws(' ', title, body, authors)))
      WHERE tokid IN (1, 2, 3, 9, 10, 11) AND length(token) BETWEEN 2 AND 40
      ORDER BY word
    )
    INSERT INTO published_words (newsletter_id, word)
    SELECT newsletter_id, word FROM words
    WHERE (SELECT true FROM published_words AS known
      WHERE known.newsletter_id = words.newsletter_id AND known.word = words.word) IS NULL
    ORDER BY word LIMIT ${MAX_WORDS}
    ON CONFLICT DO NOTHING`;
}

function textsOf(document: EditionDocument): SearchableText[] {
  const items = document.sections.flatMap((section) => section.items);
  return [textOfIssue(document), ...items.map((item, index) => textOfItem(item, index + 1, document.tags))];
}

function textOfIssue(document: EditionDocument): SearchableText {
  const { title, subtitle, intro, sections, signOff, tags } = document;
  const body = [
    subtitle,
    plain(intro),
    ...sections.flatMap((section) => [section.title, plain(section.intro)]),
    plain(signOff),
  ];
  return { position: 0, itemId: null, anchor: null, tags, title, body: join(body), authors: '' };
}

function textOfItem(item: PublishedItem, position: number, tagsOfIssue: string[]): SearchableText {
  const { id: itemId, anchor, title, paper } = item;
  const captions = item.figures.map(({ caption }) => caption);
  const body = [plain(item.body), ...captions, paper?.title, paper?.venue, paper?.abstract];
  const authors = (paper?.authors ?? []).map(({ name }) => name).join(', ');
  const tags = [...new Set([...tagsOfIssue, ...item.tags])];
  return { position, itemId, anchor, tags, title, body: join(body), authors: cut(authors, MAX_AUTHORS) };
}

function plain(text: PublishedItem['body']): string | null {
  return text && toPlainText(text.markdown);
}

function join(texts: readonly (string | null | undefined)[]): string {
  return cut(texts.filter(Boolean).join('\n'), MAX_BODY);
}

/** Half a surrogate pair cannot be stored. */
function cut(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
