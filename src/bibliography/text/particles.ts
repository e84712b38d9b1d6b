/**
 * Particles of names: https://docs.citationstyles.org/en/stable/specification.html#name-parts. A dropping particle stands
 * behind the given name when the name is inverted: `Staël, Germaine de`.
 */

/** Other lower-case words at the end of a given name are syllables of it, as in `Seung hyun`. */
const PARTICLES = new Set(
  (
    "'s 't af al al- ap av ben bin bint d' da dal dal' dall' dalla das de degli dei del dela dell' della delle dello den der des di do dos du el el- " +
    "ibn l' la las le les lo los ould ten ter tot van vande vanden vander vd ver vom von y ze zu zum zur"
  ).split(' '),
);
/** These are particles only before another one, as in `op den`. */
const BEFORE_PARTICLE = new Set([
  'aan',
  'auf',
  'aus',
  'in',
  'onder',
  'op',
  'over',
  'uit',
  'und',
  'unter',
  'voor',
]);

/** Splits `Germaine de` into the given name and its particle. A given name of lower-case words alone has no particle. */
export function splitGiven(name: string): { given: string; particle: string } {
  const words = name.split(' ');
  let at = words.length;
  while (at > 0 && (isParticle(words[at - 1]) || (at < words.length && isBefore(words[at - 1])))) at -= 1;
  if (words.slice(0, at).every(isLowerCase)) return { given: name, particle: '' };
  return { given: words.slice(0, at).join(' '), particle: words.slice(at).join(' ') };
}

/** No space follows an apostrophe or a hyphen: `d’Alembert`, `al-Khwarizmi`. */
export function joinParticle(particle: string, family: string): string {
  if (particle === '' || family === '') return particle || family;
  return /['’ʼ‘‐‑-]$/.test(particle) ? `${particle}${family}` : `${particle} ${family}`;
}

/** Joins a name in the order in which it is spoken: `Germaine de Staël`, `Jean d’Alembert`. */
export function joinSpoken(name: string, family: string): string {
  const { given, particle } = splitGiven(name);
  return [given, joinParticle(particle, family)].filter(Boolean).join(' ');
}

function isParticle(word = ''): boolean {
  return PARTICLES.has(word.replace(/[’ʼ‘]/g, "'").replace(/[‐‑]/g, '-'));
}

function isBefore(word = ''): boolean {
  return BEFORE_PARTICLE.has(word);
}

function isLowerCase(word: string): boolean {
  return !/[^\p{Ll}\p{M}'’ʼ‘.‐‑-]/u.test(word);
}
