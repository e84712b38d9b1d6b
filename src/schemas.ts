import { z } from 'zod';
import { isWebAddress } from './lib/web-address.ts';

/** Shapes that more than one module speaks of. */

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const STORABLE = { error: 'must not hold NUL or an unpaired surrogate' };

export function text(max: number): z.ZodString {
  return z.string().max(max).refine(isStorable, STORABLE);
}

/** Text with something to see in it. */
export function filledText(max: number): z.ZodString {
  return text(max).refine((value) => value.trim() !== '', { error: 'must not be blank' });
}

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000');
}

export const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const slug = z
  .string()
  .max(100)
  .regex(SLUG_PATTERN, { error: 'must be lower-case letters, digits and single hyphens' });

export const uuid = z.uuid().toLowerCase();

/** In an address. */
export const idParam = uuid.meta({
  examples: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11'],
  param: { id: 'Id', description: 'UUID' },
});

export const webAddress = text(2000).refine(isWebAddress, { error: 'must be an http or https address' });

export const tags = z
  .array(filledText(60))
  .max(30)
  .refine((list) => new Set(list).size === list.length, { error: 'must not name a tag twice' })
  .meta({ id: 'Tags' });

export const language = z
  .string()
  .max(35)
  .refine(isLanguageTag, { error: 'must be a BCP 47 language tag, as in en or pt-BR' })
  .meta({ description: 'BCP 47', examples: ['en'] });

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A link of a newsletter, a person or a paper: a place of theirs elsewhere. */
export const profileLink = z
  .strictObject({ label: filledText(100), url: webAddress })
  .meta({ id: 'ProfileLink', examples: [{ label: 'Website', url: 'https://example.org' }] });

/** In a query. */
export const yearFilter = z
  .string()
  .regex(/^[1-9]\d{3}$/, { error: 'must be a year of four digits' })
  .transform(Number)
  .meta({
    description: 'In which it was published, in the newsletter’s time zone.',
    override: { type: 'integer', minimum: 1000, maximum: 9999 },
  });

/** In a query. */
export const flagFilter = z
  .stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', error: 'must be true or false' })
  .meta({ override: { type: 'boolean' } });

/** Of a page of a list. */
export const pageInfo = z
  .object({
    next: z.string().nullable().meta({ description: 'Cursor of the next page; null on the last.' }),
  })
  .meta({ id: 'PageInfo' });

/** Times go out as RFC 3339 in UTC. */
export const timestamp = z.iso.datetime();

export const revision = z
  .int()
  .min(1)
  .meta({
    description: 'Raised by every change; the ETag is this number in quotes.',
    examples: [3],
  });

export const markdown = text(100_000).meta({
  id: 'Markdown',
  description:
    'Markdown. `![alt](media:<id>)` shows an image of the library, as a figure where it is alone in its paragraph; `[words](media:<id>)` links to any media of it.',
});

/** What a link of an item or a paper leads to. */
export const linkRel = z
  .enum(['source', 'paper', 'code', 'dataset', 'demo', 'blog', 'video', 'audio', 'other'])
  .meta({ id: 'LinkRel' });
