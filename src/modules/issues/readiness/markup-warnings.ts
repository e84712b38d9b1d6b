import { toPointer } from '../../../errors.ts';
import type { Loss } from '../../../markdown/losses.ts';
import type { CheckedIssue } from './checked-issue.ts';
import type { Obstacle } from './publishable.ts';

const REMEDIES: Record<Loss['code'], string> = {
  markup_left_out: 'Write it in Markdown, or leave it out.',
  image_left_out: 'Import the image to the library and show it as ![alt](media:<id>), or remove it.',
  image_alt_missing:
    'Write alt text between the square brackets. To mark an image as decorative, import it to the library.',
  emoji_shortcode: 'Write the emoji itself.',
};

/** Without these warnings, an editor would not notice what readers do not get. */
export function warnOfLosses({ intro, signOff, sections }: CheckedIssue): Obstacle[] {
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
  return losses.map(({ code, message }) => ({
    ...{ pointer, code, message },
    remedy: REMEDIES[code],
  }));
}
