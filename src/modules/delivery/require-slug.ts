import { notFound } from '../../errors.ts';
import { SLUG_PATTERN } from '../../schemas.ts';

/** The database is not asked for what nothing is called: it would refuse a NUL. */
export function requireSlug(text: string, noun: string): string {
  if (!SLUG_PATTERN.test(text)) throw notFound(noun);
  return text;
}
