import { countMarkdownWords } from './count-words.ts';
import { estimateHtmlLength } from './estimate-html.ts';
import type { MarkdownFigure } from './figure-html.ts';
import { findLosses, findTextFaults } from './losses.ts';
import { findMarkdownExcess, parseMarkdown } from './parse.ts';
import { toPlainText } from './plain-text.ts';
import { findMediaImages, findMediaLinks } from './references.ts';
import { renderMarkdown, type TextPlace } from './render.ts';

export type MarkdownTask =
  | { kind: 'references'; markdown: string }
  | { kind: 'facts'; markdown: string; language: string }
  | { kind: 'html'; markdown: string; placement: Placement };

/** The parameters of `renderMarkdown` apart from the text. */
export type Placement = {
  figures: ReadonlyMap<string, MarkdownFigure>;
  anchor: string;
  addresses: ReadonlyMap<string, string>;
  place: TextPlace;
};

export type TextReferences = ReturnType<typeof findReferences>;

/** Everything that readiness and publishing need to know about a text, apart from its HTML. */
export type TextFacts = ReturnType<typeof findFacts>;

export type MarkdownResult =
  | { kind: 'references'; references: TextReferences }
  | { kind: 'facts'; facts: TextFacts }
  | { kind: 'html'; html: string };

export function performTask(task: MarkdownTask): MarkdownResult {
  const { kind, markdown } = task;
  if (kind === 'references') return { kind, references: findReferences(markdown) };
  if (kind === 'facts') return { kind, facts: findFacts(markdown, task.language) };
  const { figures, anchor, addresses, place } = task.placement;
  return { kind, html: renderMarkdown(markdown, figures, anchor, addresses, place).html };
}

function findReferences(markdown: string) {
  return { images: findMediaImages(markdown), links: findMediaLinks(markdown) };
}

function findFacts(markdown: string, language: string) {
  return {
    ...findReferences(markdown),
    /** What the text has too much of, to follow "it has". Null if its markup is rendered. */
    excess: findMarkdownExcess(markdown),
    htmlLength: estimateHtmlLength(parseMarkdown(markdown).tree),
    losses: findLosses(markdown),
    faults: findTextFaults(markdown),
    words: countMarkdownWords(markdown, language),
    plainText: toPlainText(markdown),
  };
}
