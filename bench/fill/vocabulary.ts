/** Words that mean nothing, so that a stemmer leaves them as they are, used as unevenly as those of a language. */

const SYLLABLES = 'ba co du fi ga hu jo ki lu ma no pu ra so ti vo'.split(' ');
const SIZE = 2_000;
/** Each issue has as many in turn: from 1,000 issues on no word of the list is missing. */
const IN_TURN = 2;

const VOCABULARY = Array.from({ length: SIZE }, (_, index) => spell(index));

/** The first words of the list come most often, and each after it a little less. */
export function drawWords(random: () => number, count: number): string[] {
  return Array.from({ length: count }, () => wordAt(Math.floor(SIZE ** random()) - 1));
}

export function wordsInTurn(index: number): string[] {
  return Array.from({ length: IN_TURN }, (_, offset) => wordAt((index * IN_TURN + offset) % SIZE));
}

export function sentence(words: readonly string[]): string {
  return `${capital(words)}.`;
}

export function capital(words: readonly string[]): string {
  const text = words.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function wordAt(index: number): string {
  return VOCABULARY[index] ?? 'word';
}

/** Three syllables; neighbours in the list share none. */
function spell(index: number): string {
  const mixed = (index * 1_597) % SYLLABLES.length ** 3;
  const digits = [mixed % 16, Math.floor(mixed / 16) % 16, Math.floor(mixed / 256)];
  return `${digits.map((digit) => SYLLABLES[digit]).join('')}m`;
}
