import { toPointer } from '../../../errors.ts';
import type { IssueTree, ItemTree } from '../tree/load-issue.ts';
import type { Obstacle } from './publishable.ts';

/** Warns of retracted papers and of papers without metadata. */
export function warnOfPapers({ sections }: IssueTree): Obstacle[] {
  return sections.flatMap((section, at) =>
    section.items.flatMap(({ paper }, index) =>
      paper ? warnOfPaper(paper, toPointer(['sections', at, 'items', index, 'paperId'])) : [],
    ),
  );
}

function warnOfPaper(paper: NonNullable<ItemTree['paper']>, pointer: string): Obstacle[] {
  const isRetracted = paper.status === 'retracted';
  return [
    ...(isRetracted
      ? [
          {
            pointer,
            code: 'paper_retracted' as const,
            message: 'refers to a paper that was retracted',
            remedy: 'Leave it out, or tell readers that it was retracted.',
          },
        ]
      : []),
    ...(paper.incomplete
      ? [
          {
            pointer,
            code: 'paper_incomplete' as const,
            message: 'refers to a paper whose metadata is incomplete',
            remedy: 'Wait until the metadata has been looked up, or enter it.',
          },
        ]
      : []),
  ];
}
