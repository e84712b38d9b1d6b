import { toPointer } from '../../../errors.ts';
import { findLosses } from '../../../markdown/losses.ts';
import type { Candidate } from './checked-issue.ts';
import type { Obstacle } from './publishable.ts';

const REMEDY = 'Say it in Markdown, or leave it out.';

/** Of a text, readers get what Markdown says: what else stands in it would vanish without a word. */
export function warnOfLosses({ intro, signOff, sections }: Candidate): Obstacle[] {
  return [
    ...warn(intro.markdown, ['intro']),
    ...sections.flatMap((section, at) => [
      ...warn(section.intro.markdown, ['sections', at, 'intro']),
      ...section.items.flatMap(({ body }, index) =>
        warn(body.markdown, ['sections', at, 'items', index, 'body']),
      ),
    ]),
    ...warn(signOff.markdown, ['signOff']),
  ];
}

function warn(markdown: string | null, path: PropertyKey[]): Obstacle[] {
  const pointer = toPointer(path);
  return findLosses(markdown ?? '').map((loss) => ({
    pointer,
    code: 'markup_left_out',
    message: `has ${loss}`,
    remedy: REMEDY,
  }));
}
