import type { Context } from '../../../context.ts';
import { yearOf } from '../../../lib/time-zone.ts';
import { readFacts } from '../../../markdown/read-text.ts';
import type { ArchivePlace, ContentItem, ContentText, EditionContent } from '../edition/edition-content.ts';
import { searchConfigOf } from './search-config.ts';

/** Indexed characters of one text. PostgreSQL refuses a tsvector of more than 1 MB. */
const MAX_BODY_CHARACTERS = 100_000;
const MAX_AUTHORS_CHARACTERS = 20_000;
/** New words per issue that searches can suggest as corrections and completions. Each takes about 0.1 ms. */
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

/** Inserts the texts that a search looks in, and the words in them, in one statement. */
export async function indexTexts(ctx: Context, place: ArchivePlace, document: EditionContent): Promise<void> {
  const { issueId, newsletterId, publishedAt } = place;
  const { language, timeZone } = document.newsletter;
  const texts = JSON.stringify(await textsOf(ctx, document));
  // Words are inserted in order, so that two transactions of one newsletter cannot deadlock. The scalar subquery makes
  // the planner look up each word in the index; NOT EXISTS can become a join that reads all words of the newsletter.
  await ctx.db.$executeRaw`
    WITH texts AS (
      INSERT INTO published_texts (issue_id, newsletter_id, published_at, year, config,
        position, item_id, anchor, tags, title, body, authors)
      SELECT ${issueId}::uuid, ${newsletterId}::uuid, ${publishedAt}::timestamptz,
        ${yearOf(publishedAt, timeZone)}::int, ${searchConfigOf(language)},
        position, "itemId", anchor, tags, title, body, authors
      FROM jsonb_to_recordset(${texts}::jsonb) AS text (position int, "itemId" uuid, anchor text, tags text[],
        title text, body text, authors text)
      RETURNING newsletter_id, config, title, body, authors
    ), configs AS (
      INSERT INTO published_configs SELECT DISTINCT newsletter_id, config FROM texts ON CONFLICT DO NOTHING
    ), words AS (
      SELECT DISTINCT newsletter_id, lower(token) AS word
      FROM texts, search_spellings(config, concat_ws(' ', title, body, authors)) AS spelling,
        ts_parse('default', spelling)
      WHERE tokid IN (1, 2, 3, 9, 10, 11) AND length(token) BETWEEN 2 AND 40 AND token !~ 'ƻ'
      ORDER BY word
    )
    INSERT INTO published_words (newsletter_id, word)
    SELECT newsletter_id, word FROM words
    WHERE (SELECT true FROM published_words AS known
      WHERE known.newsletter_id = words.newsletter_id AND known.word = words.word) IS NULL
    ORDER BY word LIMIT ${MAX_WORDS}
    ON CONFLICT DO NOTHING`;
}

async function textsOf(ctx: Context, document: EditionContent): Promise<SearchableText[]> {
  const items = document.sections.flatMap((section) => section.items);
  const plain = await readPlainTexts(ctx, document);
  return [
    textOfIssue(document, plain),
    ...items.map((item, index) => textOfItem(item, index + 1, document.tags, plain)),
  ];
}

/** Returns the text without markup. */
type Plain = (text: ContentText | null) => string | null;

/** A text that takes too long to read cannot be published. If one is in an edition anyway, it is indexed with its markup. */
async function readPlainTexts(ctx: Context, document: EditionContent): Promise<Plain> {
  const { intro, sections, signOff, newsletter } = document;
  const bodies = sections.flatMap((section) => [section.intro, ...section.items.map(({ body }) => body)]);
  const texts = [intro, ...bodies, signOff].filter((text) => text !== null);
  const entries = texts.map(async ({ markdown }): Promise<[string, string]> => {
    const facts = await readFacts(ctx, markdown, newsletter.language);
    return [markdown, facts?.plainText ?? markdown];
  });
  const known = new Map(await Promise.all(entries));
  return (text) => text && (known.get(text.markdown) ?? null);
}

function textOfIssue(document: EditionContent, plain: Plain): SearchableText {
  const { title, subtitle, intro, sections, signOff, tags } = document;
  const body = [
    subtitle,
    plain(intro),
    ...sections.flatMap((section) => [section.title, plain(section.intro)]),
    plain(signOff),
  ];
  return { position: 0, itemId: null, anchor: null, tags, title, body: join(body), authors: '' };
}

function textOfItem(
  item: ContentItem,
  position: number,
  tagsOfIssue: string[],
  plain: Plain,
): SearchableText {
  const { id: itemId, anchor, title, paper } = item;
  const captions = item.figures.map(({ caption }) => caption);
  const body = [plain(item.body), ...captions, paper?.title, paper?.venue, paper?.abstract];
  const authors = (paper?.authors ?? []).map(({ name }) => name).join(', ');
  const tags = [...new Set([...tagsOfIssue, ...item.tags])];
  return {
    position,
    itemId,
    anchor,
    tags,
    title,
    body: join(body),
    authors: truncate(authors, MAX_AUTHORS_CHARACTERS),
  };
}

function join(texts: readonly (string | null | undefined)[]): string {
  return truncate(texts.filter(Boolean).join('\n'), MAX_BODY_CHARACTERS);
}

/** Truncation can split a surrogate pair, and PostgreSQL refuses half of one. */
function truncate(text: string, length: number): string {
  return text.slice(0, length).toWellFormed();
}
