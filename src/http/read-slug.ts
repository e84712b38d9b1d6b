import { notFound } from '../errors.ts';
import { SLUG_PATTERN } from '../schemas.ts';

/** From a path. What cannot be a slug is not found, without a question to the database: it would refuse a NUL. */
export function readSlug(text: string, noun: string): string {
  if (!SLUG_PATTERN.test(text)) throw notFound(noun);
  return text;
}
