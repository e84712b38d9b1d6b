import { z } from 'zod';
import { isAddressWithSpace, isWebAddress } from './lib/web-address.ts';
import { UNKNOWN_FIELD } from './problems/fault-code-of-issue.ts';

/** Schemas that several modules use. */

/** PostgreSQL stores neither NUL nor an unpaired surrogate. */
const STORABLE = { error: 'must not contain NUL or an unpaired surrogate' };

export function text(max: number): z.ZodString {
  return z.string().max(max).refine(isStorable, STORABLE);
}

/** Text that is not blank. */
export function filledText(max: number): z.ZodString {
  return text(max).refine(isFilled, BLANK);
}

const BLANK = { error: 'must not be blank' };

function isFilled(value: string): boolean {
  return value.trim() !== '';
}

function isStorable(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000');
}

export const SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const slug = z.string().max(100).regex(SLUG_PATTERN, {
  error: 'must consist of lowercase letters, digits and single hyphens between them',
});

export const uuid = z.uuid().toLowerCase();

/** A path parameter. */
export const idParam = uuid.meta({
  examples: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11'],
  param: { id: 'Id', description: 'UUID of the record.' },
});

export const webAddress = text(2000).refine(isWebAddress, {
  error: ({ input }) =>
    isAddressWithSpace(String(input))
      ? 'has a space, which a URL cannot have: write it as %20, or remove it'
      : 'must be an http or https address',
});

/** In NFC, so that both spellings of an accented letter make the same tag: https://www.unicode.org/reports/tr15/ */
export const tag = z.string().normalize('NFC').max(60).refine(isStorable, STORABLE).refine(isFilled, BLANK);

export const tags = z
  .array(tag)
  .max(30)
  .refine((list) => new Set(list).size === list.length, { error: 'must not contain a tag twice' })
  .meta({ id: 'Tags' });

export const language = z
  .string()
  .max(35)
  .refine(isLanguageTag, { error: 'must be a BCP 47 language tag such as en or pt-BR' })
  .meta({ description: 'BCP 47 language tag.', examples: ['en'] });

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A link from a newsletter, a person or a paper to one of its pages elsewhere. */
export const profileLink = z
  .strictObject({ label: filledText(100), url: webAddress })
  .meta({ id: 'ProfileLink', examples: [{ label: 'Website', url: 'https://example.org' }] });

/** A query parameter. */
export const yearFilter = z
  .string()
  .regex(/^[1-9]\d{3}$/, { error: 'must be a year with four digits' })
  .transform(Number)
  .meta({
    description: 'Year of publication, in the newsletter’s time zone.',
    override: { type: 'integer', minimum: 1000, maximum: 9999 },
  });

/** A query parameter. */
export const flagFilter = z
  .stringbool({ truthy: ['true'], falsy: ['false'], case: 'sensitive', error: 'must be true or false' })
  .meta({ override: { type: 'boolean' } });

/** Where a list goes on. */
export const pageInfo = z
  .object({
    next: z.string().nullable().meta({ description: 'Cursor of the next page. Null on the last page.' }),
  })
  .meta({ id: 'PageInfo' });

/** Responses give times as RFC 3339 in UTC. */
export const timestamp = z.iso.datetime();

export const revision = z
  .int()
  .min(1)
  .meta({
    description: 'Increases with every change. The ETag is this number in double quotes.',
    examples: [3],
  });

export const markdown = text(100_000).meta({
  id: 'Markdown',
  description:
    'GitHub Flavored Markdown with formulas, footnotes and callouts. `![alt](media:<id>)` shows an image of the media library, as a figure if only images are in its paragraph. `[text](media:<id>)` links to a media file of any type. Readiness names what readers do not get.',
});

/** The kind of page that a link of an item or a paper leads to. */
export const linkRel = z
  .enum(['source', 'paper', 'code', 'dataset', 'demo', 'blog', 'video', 'audio', 'other'])
  .meta({ id: 'LinkRel' });

/**
 * Parses with `form`, and is typed and documented as `union`. The fault of a union would only say that no option matches;
 * those of `form` name each value. Every input that `form` accepts must match an option.
 */
export function describedAs<Union extends z.ZodType>(union: Union, form: z.ZodType) {
  return z.preprocess((input, ctx) => {
    const issues = form.safeParse(input).error?.issues ?? [];
    // A cast, because the two types differ in `input`, which only error messages use, and these have theirs.
    ctx.issues.push(...(issues.flatMap(stopAtUnknownKeys) as z.core.$ZodRawIssue[]));
    return input;
  }, union);
}

/** Zod goes on after an unknown key, and would report that the union does not match either. Faults of a rule stop it. */
function stopAtUnknownKeys(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'unrecognized_keys') return [issue];
  const { path, keys } = issue;
  return keys.map((key) => ({ ...UNKNOWN_FIELD, path: [...path, key] }));
}
