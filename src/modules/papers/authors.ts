import type { z } from 'zod';
import type { authorInput, paperAuthor } from './author-schemas.ts';
import { parseOrcid } from './orcid.ts';

export type Author = z.infer<typeof paperAuthor>;

/** The parts of a person's name, as reference lists order them. */
export type NameParts = { family: string; given?: string | undefined; suffix?: string | undefined };

type GivenParts = { [Part in keyof NameParts]?: string | undefined };

/**
 * The one way in which an author is stored: with `name` always, and with parts of the name only where they are
 * others than `splitName` finds by itself.
 */
export function toAuthor(input: z.infer<typeof authorInput>): Author {
  if (typeof input === 'string') return { name: input.trim() };
  const { isOrganization, orcid } = input;
  const name = (input.name ?? joinName(input)).trim();
  return {
    name,
    ...(isOrganization ? {} : unusualParts(name, input)),
    ...(orcid ? { orcid: parseOrcid(orcid) ?? orcid } : {}),
    ...(isOrganization ? { isOrganization } : {}),
  };
}

/** Of a person; `family` alone is a name that has no parts. */
export function partsOf({ name, family, given, suffix }: Author): NameParts {
  return family === undefined ? splitName(name) : { family, given, suffix };
}

/** As print has it. */
function joinName({ family, given, suffix }: GivenParts): string {
  const name = [given, family].filter(Boolean).join(' ');
  return suffix ? `${name}, ${suffix}` : name;
}

const SUFFIX = /^(?:jr\.?|sr\.?|i{2,3}|iv)$/i;
/** A word that begins the family name: small, as in `van der Maaten` or `de la Cruz`. */
const PARTICLE = /^\p{Ll}[\p{Ll}'’.]*$/u;

/**
 * The last word is the family name, with the small words before it. A name of one word, as most are in Chinese
 * script, is not split.
 */
function splitName(name: string): NameParts {
  const [whole = '', ...after] = name.split(',').map((part) => part.trim());
  const last = after.at(-1) ?? '';
  const words = whole.split(/\s+/).filter(Boolean);
  if (after.length === 1 && SUFFIX.test(last) && words.length > 1)
    return { ...splitWords(words), suffix: last };
  if (after.length === 1 && whole && last) return { family: whole, given: last };
  return after.length === 0 && words.length > 1 ? splitWords(words) : { family: name };
}

function splitWords(words: readonly string[]): NameParts {
  const particle = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word));
  const at = particle === -1 ? words.length - 1 : particle;
  return { family: words.slice(at).join(' '), given: words.slice(0, at).join(' ') };
}

function unusualParts(name: string, parts: GivenParts): Partial<Author> {
  const { family, given, suffix } = parts;
  if (!family) return {};
  const found = splitName(name);
  const isUsual =
    found.family === family &&
    (found.given ?? '') === (given ?? '') &&
    (found.suffix ?? '') === (suffix ?? '');
  if (isUsual) return {};
  return { family, ...(given ? { given } : {}), ...(suffix ? { suffix } : {}) };
}
