import { z } from 'zod';
import type { CropSize } from '../renditions/plan-crops.ts';

type CropQuery = { w?: number | undefined; h?: number | undefined; fit?: 'cover' | undefined };

/** Of a media's address: nothing, or one of the configured crops in the one way of writing it. */
export function cropQuery(crops: readonly CropSize[]) {
  const known = crops.map(({ width, height }) => `${width} by ${height}`).join(', ') || 'none';
  return z
    .strictObject({
      w: pixels(
        'Width of a crop. With `h` it is one of the sizes that are configured; see `crops` of a media.',
      ),
      h: pixels('Height of a crop.'),
      fit: z
        .literal('cover')
        .optional()
        .meta({ description: 'How a crop fills its size: cut off around the focal point.' }),
    })
    .refine(isWhole, { path: ['w'], error: 'w, h and fit=cover go together' })
    .refine((query) => isListed(query, crops), {
      path: ['w'],
      error: `is of no size that is configured: ${known}`,
    });
}

/** Null: the file as it is. */
export function cropSizeOf({ w, h }: CropQuery): CropSize | null {
  return w === undefined || h === undefined ? null : { width: w, height: h };
}

function pixels(description: string) {
  return z
    .string()
    .regex(/^[1-9]\d{0,4}$/, { error: 'must be a whole number of pixels', abort: true })
    .transform(Number)
    .optional()
    .meta({ description, override: { type: 'integer', minimum: 1, maximum: 99_999 } });
}

function isWhole({ w, h, fit }: CropQuery): boolean {
  const given = [w, h, fit].filter((each) => each !== undefined).length;
  return given === 0 || given === 3;
}

function isListed(query: CropQuery, crops: readonly CropSize[]): boolean {
  const size = cropSizeOf(query);
  return size === null || crops.some(({ width, height }) => width === size.width && height === size.height);
}
