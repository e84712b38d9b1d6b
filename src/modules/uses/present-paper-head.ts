import { z } from 'zod';
import { citedIdentifiers, SCHEMES } from '../papers/identifiers/identifier.ts';

const head = z.object({
  id: z.string(),
  title: z.string(),
  identifiers: z.array(
    z.object({ scheme: z.enum(SCHEMES), value: z.string(), version: z.null().default(null) }),
  ),
});

/** What a list says of a paper, from JSON of the database. */
export function presentPaperHead(json: unknown) {
  const { id, title, identifiers } = head.parse(json);
  return { id, title, ...citedIdentifiers(identifiers) };
}
