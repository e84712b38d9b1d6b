import type { IssueTree } from '../../issues/tree/load-issue.ts';
import type { PublishedFile } from '../../publications/index/uses-of.ts';

/** Every media file that the issue shows or links to, in its current version. */
export function filesOf(issue: IssueTree): PublishedFile[] {
  const figures = [
    ...issue.figures,
    ...issue.sections.flatMap((section) => [
      ...section.figures,
      ...section.items.flatMap((item) => item.figures),
    ]),
  ];
  const avatars = issue.authors.flatMap(({ person }) => person.avatar ?? []);
  return [...figures.map(({ media }) => media), ...avatars].map(({ id, fileId }) => ({
    mediaId: id,
    fileId,
  }));
}
