import { z } from 'zod';
import { citedIdentifiers, SCHEMES } from '../papers/identifiers/identifier.ts';

const head = z.object({
  id: z.string(),
  title: z.string(),
  identifiers: z.array(
    z.object({ scheme: z.enum(SCHEMES), value: z.string(), version: z.null().default(null) }),
  ),
});

/** Converts the JSON that read-most-featured.ts selects to the paper fields that a list shows. */
export function presentPaperHead(json: unknown) {
  const { id, title, identifiers } = head.parse(json);
  return { id, title, ...citedIdentifiers(identifiers) };
}
