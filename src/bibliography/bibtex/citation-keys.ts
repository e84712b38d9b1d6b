import type { CslItem } from '../csl/csl.ts';

/** Leaves room for a suffix: the parser accepts keys of at most 300 characters. */
const MAX_KEY_STEM_LENGTH = 290;

/** Assigns unique citation keys. BibTeX ignores case in keys, so two keys never differ only in case. */
export class CitationKeys {
  readonly #taken = new Set<string>();
  readonly #counts = new Map<string, number>();

  assignKey(item: CslItem): string {
    const key = clean(item['citation-key'] ?? item.id ?? '') || makeKey(item);
    const free = this.#findFree(key);
    this.#taken.add(free.toLowerCase());
    return free;
  }

  #findFree(key: string): string {
    const stem = key.slice(0, MAX_KEY_STEM_LENGTH);
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
  return key.replace(/[\s\p{Cc},{}()"#%'=~\\@]/gu, '');
}

/** For example `vaswani2017attention`. */
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
