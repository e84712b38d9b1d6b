import { toPointer } from '../../../errors.ts';
import type { CheckedIssue } from './checked-issue.ts';
import type { Obstacle } from './publishable.ts';

const REMEDY = 'Write it in Markdown, or leave it out.';

/** An edition shows only Markdown. Without a warning, an editor would not notice that other markup is dropped. */
export function warnOfDroppedMarkup({ intro, signOff, sections }: CheckedIssue): Obstacle[] {
  return [
    ...warn(intro, ['intro']),
    ...sections.flatMap((section, at) => [
      ...warn(section.intro, ['sections', at, 'intro']),
      ...section.items.flatMap(({ body }, index) => warn(body, ['sections', at, 'items', index, 'body'])),
    ]),
    ...warn(signOff, ['signOff']),
  ];
}

function warn({ losses }: CheckedIssue['intro'], path: PropertyKey[]): Obstacle[] {
  const pointer = toPointer(path);
  return losses.map((loss) => ({
    pointer,
    code: 'markup_left_out',
    message: `has ${loss}`,
    remedy: REMEDY,
  }));
}
