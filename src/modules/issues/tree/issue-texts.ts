import type { Context } from '../../../context.ts';
import { readFacts, type TextFacts } from '../../../markdown/read-text.ts';
import { type IssueTree, visibleIssue } from './load-issue.ts';

/** The facts of a text. They are empty if there is no text, or if it takes too long to read. */
export type KnownText = TextFacts & { isTooSlow: boolean };

/** The facts of every text of an issue. */
export type IssueTexts = { of(markdown: string | null): KnownText };

type Texts = {
  intro: string | null;
  signOff: string | null;
  sections: readonly { intro: string | null; items: readonly { body: string | null }[] }[];
};

const NO_TEXT: KnownText = {
  images: [],
  links: [],
  excess: null,
  htmlLength: 0,
  losses: [],
  faults: [],
  words: 0,
  plainText: '',
  isTooSlow: false,
};

export async function readIssueTexts(
  ctx: Context,
  issue: Texts & { newsletter: Pick<IssueTree['newsletter'], 'language'> },
): Promise<IssueTexts> {
  const texts = [...new Set(textsOf(issue).filter((text) => text !== null))];
  const entries = texts.map(async (text): Promise<[string, KnownText]> => {
    const facts = await readFacts(ctx, text, issue.newsletter.language);
    return [text, facts ? { ...facts, isTooSlow: false } : { ...NO_TEXT, isTooSlow: true }];
  });
  const known = new Map(await Promise.all(entries));
  return { of: (markdown) => known.get(markdown ?? '') ?? NO_TEXT };
}

/**
 * Reads the texts before a transaction that needs their facts, which are cached. So the transaction does not wait for
 * texts that are slow to read while it holds its locks.
 */
export async function readIssueTextsAhead(ctx: Context, issueId: string): Promise<void> {
  const issue = await ctx.db.issue.findFirst({
    where: visibleIssue(ctx, issueId),
    select: {
      intro: true,
      signOff: true,
      newsletter: { select: { language: true } },
      sections: { select: { intro: true, items: { select: { body: true } } } },
    },
  });
  if (issue && countCharacters(issue) <= MAX_TEXT_CHARACTERS) await readIssueTexts(ctx, issue);
}

/** In all texts of an issue: about thirty times the length of a long issue. Longer issues are not read. */
export const MAX_TEXT_CHARACTERS = 300_000;

/** Counts the characters of all Markdown texts. */
export function countCharacters(issue: Texts): number {
  return textsOf(issue).reduce((sum, text) => sum + (text?.length ?? 0), 0);
}

export function textsOf({ intro, sections, signOff }: Texts): (string | null)[] {
  return [
    intro,
    ...sections.flatMap((section) => [section.intro, ...section.items.map((item) => item.body)]),
    signOff,
  ];
}
