import { nameMonth } from '../csl/dates.ts';

/**
 * Expands the macros (`@string`) of a file and limits how much text its macros and cross-references may repeat. Without
 * the limit, which is proportional to the file size, a short file could expand to gigabytes.
 */
export class Expansion {
  readonly #macros = new Map(listMonths());
  #left: number;

  constructor(text: string) {
    this.#left = 65_536 + 8 * text.length;
  }

  define(name: string, value: string): void {
    this.#macros.set(name.toLowerCase(), value);
  }

  /** Returns numbers and undefined names unchanged, and null once the limit is exceeded. */
  expand(word: string): string | null {
    const value = this.#macros.get(word.toLowerCase());
    if (value === undefined) return word;
    return this.spend(value.length) ? value : null;
  }

  /** Returns false once the limit is exceeded. */
  spend(characters: number): boolean {
    this.#left -= characters;
    return this.#left >= 0;
  }
}

function listMonths(): [string, string][] {
  return Array.from({ length: 12 }, (_, index) => nameMonth(index + 1) ?? '').map((name) => [name, name]);
}
