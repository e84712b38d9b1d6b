import { findMarkdownExcess } from '../../../markdown/parse.ts';
import {
  type PlacedFigure,
  type ResolvedFigure,
  resolveFigure,
  resolveLinked,
  resolvePlaced,
} from '../figures/resolve-figures.ts';
import type { FigureTree, IssueTree, ItemTree, SectionTree } from '../tree/load-issue.ts';
import { parseLinks } from '../tree/present.ts';

/** An issue as the rules look at it: texts with what they show and link to, figures resolved. */
export type Candidate = ReturnType<typeof toCandidate>;

export function toCandidate(issue: IssueTree) {
  const cover = issue.figures.find(({ place }) => place === 'cover');
  return {
    title: issue.title,
    intro: toCandidateText(issue.intro, issue.figures),
    signOff: toCandidateText(issue.signOff, issue.figures),
    cover: cover ? resolveFigure(cover) : null,
    sections: issue.sections.map(toCandidateSection),
  };
}

function toCandidateSection({ title, intro, figures, items }: SectionTree) {
  return {
    title,
    intro: toCandidateText(intro, figures),
    items: items.map(toCandidateItem),
  };
}

function toCandidateItem(item: ItemTree) {
  const { kind, title, body, paperId, paper } = item;
  const text = toCandidateText(body, item.figures);
  return {
    ...{ kind, title, paperId, paper },
    body: text,
    links: parseLinks(item.links),
    figures: item.figures
      .filter(({ place }) => place === 'item')
      .map((figure) => resolveListed(figure, text.placed)),
  };
}

function toCandidateText(markdown: string | null, figures: readonly FigureTree[]) {
  return {
    markdown,
    excess: findMarkdownExcess(markdown ?? ''),
    placed: resolvePlaced(markdown, figures),
    linked: resolveLinked(markdown, figures),
  };
}

/** A listed figure that the body places too has the image's alt to fall back on. */
function resolveListed(figure: FigureTree, placed: readonly PlacedFigure[]): ResolvedFigure {
  const inBody = placed.find((image) => image.figure?.media.id === figure.mediaId);
  return inBody?.figure ?? resolveFigure(figure);
}
