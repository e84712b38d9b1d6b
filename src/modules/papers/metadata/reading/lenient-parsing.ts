import { z } from 'zod';
import { type CslItem, cslItem } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { Unavailable } from '../registry/unavailable.ts';

/** The data of registries comes from thousands of publishers, so a malformed field must not make a work unreadable. */

/** Parses a field to undefined if it does not match the schema. */
export const lenient = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

/** Keeps the entries of a list that match the schema. */
export const lenientList = <T extends z.ZodType>(schema: T) =>
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

/** The failure concerns one work only, because the registry may answer correctly for the next one. */
export function unreadableAnswer(): Unavailable {
  return new Unavailable('the response cannot be parsed', false);
}
