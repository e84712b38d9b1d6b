import { z } from 'zod';
import { type CslItem, cslItem } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { Unavailable } from '../registry/unavailable.ts';

/** Registries hold what a hundred thousand publishers sent: one odd field must not cost the whole work. */

/** Undefined where the field is of another shape. */
export const ifReadable = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Those of the list that have the shape. */
export const readableOnes = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .optional()
    .catch(undefined)
    .transform((entries = []) =>
      entries.flatMap((entry) => {
        const parsed = schema.safeParse(entry);
        return parsed.success ? [parsed.data] : [];
      }),
    );

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw notReadable();
  }
}

/** Without the fields that nothing is known of. */
export function toItem(fields: { [Key in keyof CslItem]: CslItem[Key] | undefined }): CslItem {
  const item = cslItem.safeParse(definedFields(fields));
  if (!item.success) throw notReadable();
  return item.data;
}

/** Of this work alone; the next one may be readable. */
export function notReadable(): Unavailable {
  return new Unavailable('an answer that cannot be read', false);
}
