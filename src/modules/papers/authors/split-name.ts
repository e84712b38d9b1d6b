/** The parts of a person's name, as reference lists order them. */
export type NameParts = { family: string; given?: string | undefined; suffix?: string | undefined };

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** A small word within a name begins the family's: `van der Maaten`, `de la Vallée Poussin`. */
const PARTICLE = /^\p{Ll}[\p{Ll}'’.]*$/u;
/** With a capital only these do: others are also first names (Di, Le, Du). */
const CAPITAL_PARTICLES = new Set(['Van', 'Von', 'De', 'Del', 'Della', 'Der', 'Den', 'Vander']);

/**
 * The last word is the family name, with the particles before it; `Family, Given` is taken as it says. A name of one
 * word, as most are in Chinese script, has no other part. Stored authors leave out what this finds: a change of its rule
 * needs a migration.
 */
export function splitName(name: string): NameParts {
  const [whole = '', ...after] = name.split(',').map((part) => part.trim());
  const [second = ''] = after;
  const words = whole.split(/\s+/).filter(Boolean);
  if (after.length === 0) return splitWords(words, name);
  if (after.length > 1 || words.length === 0 || second === '') return { family: name };
  if (SUFFIX.test(second) && words.length > 1) return { ...splitWords(words, whole), suffix: second };
  return { family: whole, given: second };
}

function splitWords(words: readonly string[], name: string): NameParts {
  const suffix = words.at(-1) ?? '';
  if (words.length > 2 && SUFFIX.test(suffix)) return { ...splitWords(words.slice(0, -1), name), suffix };
  if (words.length < 2) return { family: name.trim() };
  const at = startOfFamily(words);
  return { family: words.slice(at).join(' '), given: words.slice(0, at).join(' ') };
}

/** The first word is never the family's. */
function startOfFamily(words: readonly string[]): number {
  const small = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word));
  let start = small === -1 ? words.length - 1 : small;
  while (start > 1 && CAPITAL_PARTICLES.has(words[start - 1] ?? '')) start -= 1;
  return start;
}
