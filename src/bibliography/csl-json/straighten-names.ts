import { type CslName, cslName, OTHERS } from '../csl/csl.ts';

/** Texts where objects belong, and what Crossref has: `name` for bodies, affiliations. Undefined: nobody is named. */
export function straightenNames(variable: string, value: unknown, ignored: string[]): CslName[] | undefined {
  if (!Array.isArray(value)) {
    ignored.push(variable);
    return undefined;
  }
  const names = value.map((name) => straightenName(variable, name, ignored));
  const named = names.filter((name) => Object.keys(name).length > 0);
  if (named.length < names.length) ignored.push(variable);
  const last = named.at(-1)?.literal;
  if (last !== undefined && /^(?:and\s+)?(?:et\.?\s+al\.?|others)$/i.test(last))
    named[named.length - 1] = OTHERS;
  return named.length === 0 ? undefined : named;
}

function straightenName(variable: string, name: unknown, ignored: string[]): CslName {
  if (typeof name === 'string') return { literal: name };
  if (typeof name !== 'object' || name === null || Array.isArray(name)) return {};
  const parts: Record<string, string> = {};
  for (const [part, value] of Object.entries(name)) {
    const known = part === 'name' && !('literal' in name) ? 'literal' : part;
    if (Object.hasOwn(cslName.shape, known) && typeof value === 'string') parts[known] = value;
    else if (value !== null) ignored.push(`${variable}.${part}`);
  }
  return parts;
}
