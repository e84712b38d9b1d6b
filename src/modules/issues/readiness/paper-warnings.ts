import { toPointer } from '../../../errors.ts';
import type { IssueTree, ItemTree } from '../tree/load-issue.ts';
import type { Obstacle } from './publishable.ts';

/** What the library knows of the papers of an issue, and an editor may have missed. */
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
            message: 'names a paper that was retracted',
            remedy: 'Leave it out, or say so.',
          },
        ]
      : []),
    ...(paper.incomplete
      ? [
          {
            pointer,
            code: 'paper_incomplete' as const,
            message: 'names a paper of which little more than an identifier is known yet',
            remedy: 'Wait for its metadata, or fill them in.',
          },
        ]
      : []),
  ];
}
