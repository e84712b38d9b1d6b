import { notFound } from '../errors.ts';
import { SLUG_PATTERN } from '../schemas.ts';

/**
 * Reads a slug from a path. Throws the 404 for `noun` if the text cannot be a slug: PostgreSQL would refuse some texts,
 * such as one with a NUL, with an error.
 */
export function readSlug(text: string, noun: string): string {
  if (!SLUG_PATTERN.test(text)) throw notFound(noun);
  return text;
}
