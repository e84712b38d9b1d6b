import {
  type PlacedFigure,
  type ResolvedFigure,
  resolveFigure,
  resolveLinked,
  resolvePlaced,
} from '../figures/resolve-figures.ts';
import type { IssueTexts } from '../tree/issue-texts.ts';
import { titleForReaders } from '../tree/item-title.ts';
import type { FigureTree, IssueTree, ItemTree, SectionTree } from '../tree/load-issue.ts';
import { parseLinks } from '../tree/present.ts';

/** An issue in the form that the rules check: figures are resolved, and each text comes with its media files. */
export type CheckedIssue = ReturnType<typeof toCheckedIssue>;

export function toCheckedIssue(issue: IssueTree, texts: IssueTexts) {
  const cover = issue.figures.find(({ place }) => place === 'cover');
  return {
    title: issue.title,
    intro: toCheckedText(issue.intro, issue.figures, texts),
    signOff: toCheckedText(issue.signOff, issue.figures, texts),
    cover: cover ? resolveFigure(cover) : null,
    sections: issue.sections.map((section) => toCheckedSection(section, texts)),
  };
}

function toCheckedSection({ title, intro, figures, items }: SectionTree, texts: IssueTexts) {
  return {
    title,
    intro: toCheckedText(intro, figures, texts),
    items: items.map((item) => toCheckedItem(item, texts)),
  };
}

function toCheckedItem(item: ItemTree, texts: IssueTexts) {
  const { kind, body, paperId, paper } = item;
  const text = toCheckedText(body, item.figures, texts);
  const links = parseLinks(item.links);
  return {
    ...{ kind, paperId, paper, links },
    title: titleForReaders({ ...item, links }),
    body: text,
    figures: item.figures
      .filter(({ place }) => place === 'item')
      .map((figure) => resolveListed(figure, text.placed)),
  };
}

function toCheckedText(markdown: string | null, figures: readonly FigureTree[], texts: IssueTexts) {
  const text = texts.of(markdown);
  const { excess, losses, faults, isTooSlow } = text;
  return {
    markdown,
    ...{ excess, losses, faults, isTooSlow },
    placed: resolvePlaced(text, figures),
    linked: resolveLinked(text, figures),
  };
}

/** If the body also shows a listed figure, its alt text defaults to that in the Markdown. */
function resolveListed(figure: FigureTree, placed: readonly PlacedFigure[]): ResolvedFigure {
  const inBody = placed.find((image) => image.figure?.media.id === figure.mediaId);
  return inBody?.figure ?? resolveFigure(figure);
}
