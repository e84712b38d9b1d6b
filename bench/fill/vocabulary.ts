/** Meaningless words, which a stemmer does not change, with a frequency distribution like that of a language. */

const SYLLABLES = 'ba co du fi ga hu jo ki lu ma no pu ra so ti vo'.split(' ');
const SIZE = 2_000;
/** Each issue also has the next two words of the list, so that 1,000 issues contain every word. */
const IN_TURN = 2;

const VOCABULARY = Array.from({ length: SIZE }, (_, index) => spell(index));

/** The first word of the list is the most frequent, and each following word is less frequent. */
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

/** Three syllables. Neighbours in the list share none of them. */
function spell(index: number): string {
  const mixed = (index * 1_597) % SYLLABLES.length ** 3;
  const digits = [mixed % 16, Math.floor(mixed / 16) % 16, Math.floor(mixed / 256)];
  return `${digits.map((digit) => SYLLABLES[digit]).join('')}m`;
}
