import type { Context } from '../../../context.ts';
import { readFacts } from '../../../markdown/read-text.ts';
import type { ContentItem, ContentText, EditionContent } from '../edition/edition-content.ts';

/** Indexed characters of one text. PostgreSQL refuses a tsvector of more than 1 MB. */
const MAX_BODY_CHARACTERS = 100_000;
const MAX_AUTHORS_CHARACTERS = 20_000;

/** A row of `published_texts`. */
export type SearchableText = {
  position: number;
  itemId: string | null;
  anchor: string | null;
  tags: string[];
  title: string;
  body: string;
  authors: string;
};

/** The texts of an edition that a search looks in. */
export async function searchableTexts(ctx: Context, document: EditionContent): Promise<SearchableText[]> {
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
