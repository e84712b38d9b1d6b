import type { CslItem } from '../csl/csl.ts';

/** So that with its letters a key is one that can be read again. */
const MOST_CHARACTERS = 290;

/** Keys of which no two are equal, whatever the case of their letters: BibTeX does not tell them apart. */
export class CitationKeys {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  nameItem(item: CslItem): string {
    const key = clean(item['citation-key'] ?? item.id ?? '') || makeKey(item);
    const free = this.#findFree(key);
    this.#taken.add(free.toLowerCase());
    return free;
  }

  #findFree(key: string): string {
    const stem = key.slice(0, MOST_CHARACTERS);
    let free = key;
    while (this.#taken.has(free.toLowerCase())) {
      const count = this.#counts.get(stem.toLowerCase()) ?? 0;
      this.#counts.set(stem.toLowerCase(), count + 1);
      free = `${stem}${toLetters(count)}`;
    }
    return free;
  }
}

function clean(key: string): string {
  return key.replace(/[\s,{}()"#%'=~\\@]/g, '');
}

/** `vaswani2017attention`. */
function makeKey(item: CslItem): string {
  const [first] = item.author ?? item.editor ?? [];
  const family = toAscii(first?.family ?? first?.literal ?? '');
  const year = item.issued?.['date-parts']?.[0]?.[0] ?? '';
  const words = (item.title ?? '').split(/\s+/).map(toAscii);
  const word = words.find((each) => each.length > 3) ?? words.find(Boolean) ?? '';
  return `${family}${year}${word}`.slice(0, 100) || 'work';
}

function toAscii(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}

/** a, b, … z, aa, ab, … */
function toLetters(count: number): string {
  const letter = String.fromCharCode(97 + (count % 26));
  return count < 26 ? letter : `${toLetters(Math.floor(count / 26) - 1)}${letter}`;
}
