/** The parts of a personal name. Reference lists are ordered by them. */
export type NameParts = { family: string; given?: string | undefined; suffix?: string | undefined };

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** A lower-case word inside a name starts the family name: `van der Maaten`, `de la Vallée Poussin`. */
const PARTICLE = /^\p{Ll}[\p{Ll}'’.]*$/u;
/** The particles that may be capitalized. Others, such as Di, Le and Du, are also given names. */
const CAPITAL_PARTICLES = new Set(['Van', 'Von', 'De', 'Del', 'Della', 'Der', 'Den', 'Vander']);

/**
 * Takes the last word and the particles before it as the family name, or splits `Family, Given` at the comma. A name of a
 * single word, such as most names in Chinese script, has only a family name. Stored authors omit the parts that this
 * function finds, so a change of the rule needs a migration.
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

/** The first word never belongs to the family name. */
function startOfFamily(words: readonly string[]): number {
  const small = words.findIndex((word, at) => at > 0 && at < words.length - 1 && PARTICLE.test(word));
  let start = small === -1 ? words.length - 1 : small;
  while (start > 1 && CAPITAL_PARTICLES.has(words[start - 1] ?? '')) start -= 1;
  return start;
}
