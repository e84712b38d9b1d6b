import { type CslName, cslName, OTHERS } from '../csl/csl.ts';
import { meansOthers, moveOthersLast } from '../text/others.ts';
import { splitSuffix } from '../text/suffixes.ts';

/** Accepts strings in place of objects, and Crossref's `name` for organizations. Returns undefined if no name remains. */
export function normalizeNames(variable: string, value: unknown, ignored: string[]): CslName[] | undefined {
  if (!Array.isArray(value)) {
    ignored.push(variable);
    return undefined;
  }
  const names = value.map((name) => normalizeName(variable, name, ignored));
  const named = names.filter((name) => Object.keys(name).length > 0);
  if (named.length < names.length) ignored.push(variable);
  if (/^others$/i.test(named.at(-1)?.literal ?? '')) named[named.length - 1] = OTHERS;
  return named.length === 0 ? undefined : moveOthersLast(named);
}

function normalizeName(variable: string, name: unknown, ignored: string[]): CslName {
  if (typeof name === 'string') return readParts({ literal: name });
  if (typeof name !== 'object' || name === null || Array.isArray(name)) return {};
  const parts: Record<string, string> = {};
  for (const [part, value] of Object.entries(name)) {
    const known = part === 'name' && !('literal' in name) ? 'literal' : part;
    if (Object.hasOwn(cslName.shape, known) && typeof value === 'string') parts[known] = value;
    else if (value !== null) ignored.push(`${variable}.${part}`);
  }
  return readParts(parts);
}

/** Some programs write `et al.` as a name, and the suffix behind another part. */
function readParts(parts: Record<string, string>): CslName {
  const { family = '', given = '', literal = family, suffix } = parts;
  if (given === '' && literal !== OTHERS.literal && meansOthers(literal)) return OTHERS;
  if (suffix !== undefined) return parts;
  // Without a family name, the whole name is in `given`.
  if (family === '') return parts;
  const [last, first] = [splitSuffix(family), splitSuffix(given)];
  const found = first.suffix || last.suffix;
  return found === ''
    ? parts
    : { ...parts, family: last.rest, ...(given && { given: first.rest }), suffix: found };
}
