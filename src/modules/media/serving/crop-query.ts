import { z } from 'zod';
import type { CropSize } from '../renditions/plan-crops.ts';

type CropQuery = { w?: number | undefined; h?: number | undefined; fit?: 'cover' | undefined };

/** The query of a media URL: empty, or one of the configured crops. Only one spelling is valid, so caches hold one copy. */
export function cropQuery(crops: readonly CropSize[]) {
  const known = crops.map(({ width, height }) => `${width} by ${height}`).join(', ') || 'none';
  return z
    .strictObject({
      w: pixels(
        'Width of the crop in pixels. With `h` it must be one of the configured sizes; see `crops` of a media file.',
      ),
      h: pixels('Height of the crop in pixels.'),
      fit: z
        .literal('cover')
        .optional()
        .meta({ description: 'How the image fills the size: it is cropped around the focal point.' }),
    })
    .refine(isWhole, { path: ['w'], error: 'w, h and fit=cover must be given together' })
    .refine((query) => isListed(query, crops), {
      path: ['w'],
      error: `w and h must be one of the configured sizes: ${known}`,
    });
}

/** Returns null if the query requests no crop. */
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
