import { readingMinutes } from '../../src/modules/issues/tree/word-count.ts';
import { assignAnchors } from '../../src/modules/publishing/editions/anchors.ts';
import type { EditionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import { isRare, isUncommon, TAGS, WORDS } from './landmarks.ts';
import { paperOf } from './papers.ts';
import { type FillPlan, idOf, timeOf } from './plan.ts';
import { capital, drawWords, sentence, wordsInTurn } from './vocabulary.ts';

type RichText = NonNullable<EditionDocument['intro']>;
type Item = EditionDocument['sections'][number]['items'][number];

const INTRO_WORDS = 8;
const BODY_WORDS = 16;

/** The edition document of the issue at this index, as publishing it would make it. */
export function makeIssue(plan: FillPlan, index: number, random: () => number): EditionDocument {
  const publishedAt = timeOf(plan, index).toISOString();
  const intro = drawWords(random, INTRO_WORDS);
  const body = [...landmarkWords(plan, index), ...wordsInTurn(index), ...drawWords(random, BODY_WORDS)];
  const wordCount = intro.length + body.length;
  return {
    id: idOf(plan, 'issue', index),
    number: index + 1,
    slug: `issue-${index + 1}`,
    title: capital(drawWords(random, 3)),
    subtitle: null,
    tags: tagsOf(plan, index),
    coverage: null,
    authors: [],
    cover: null,
    wordCount,
    readingMinutes: readingMinutes(wordCount),
    publishedAt,
    updatedAt: publishedAt,
    edition: 1,
    newsletter: headOf(plan),
    intro: toText(intro),
    sections: [
      {
        id: idOf(plan, 'section', index),
        title: 'Papers',
        emoji: null,
        intro: null,
        items: [makeItem(plan, index, capital(drawWords(random, 3)), toText(body))],
      },
    ],
    signOff: null,
  };
}

export function headOf({ slug }: FillPlan): EditionDocument['newsletter'] {
  return { slug, title: 'A long archive', tagline: null, language: 'en', timeZone: 'UTC' };
}

function landmarkWords({ issues }: FillPlan, index: number): string[] {
  return [
    WORDS.inAll,
    ...(isUncommon(index) ? [WORDS.uncommon] : []),
    ...(isRare(index, issues) ? [WORDS.rare] : []),
  ];
}

function tagsOf({ issues }: FillPlan, index: number): string[] {
  return [...(index % 2 === 0 ? [TAGS.frequent] : []), ...(isRare(index, issues) ? [TAGS.rare] : [])];
}

function toText(words: readonly string[]): RichText {
  const markdown = sentence(words);
  return { markdown, html: `<p>${markdown}</p>` };
}

function makeItem(plan: FillPlan, index: number, title: string, body: RichText): Item {
  const id = idOf(plan, 'item', index);
  const anchor = assignAnchors([{ id, title, anchor: null }]).get(id) ?? id;
  return {
    ...{ id, anchor, kind: 'paper', title, tags: [], body },
    links: [{ label: 'Read it', url: `https://example.com/${index + 1}`, rel: 'source' }],
    figures: [],
    attachments: [],
    paper: paperOf(plan, index),
  };
}
