import { z } from 'zod';
import { type CslItem, cslItem } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { Unavailable } from '../registry/unavailable.ts';

/** The data of registries come from thousands of publishers, so a malformed field must not make a work unreadable. */

/** Yields undefined if the field does not have the shape. */
export const ifReadable = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Keeps the entries of the list that have the shape. */
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
    throw unreadableAnswer();
  }
}

/** Removes undefined fields. */
export function toItem(fields: { [Key in keyof CslItem]: CslItem[Key] | undefined }): CslItem {
  const item = cslItem.safeParse(definedFields(fields));
  if (!item.success) throw unreadableAnswer();
  return item.data;
}

/** Concerns one work only; the registry may answer correctly for the next one. */
export function unreadableAnswer(): Unavailable {
  return new Unavailable('the response cannot be parsed', false);
}
