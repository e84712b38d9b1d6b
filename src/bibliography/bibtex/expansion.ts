import { nameMonth } from '../csl/dates.ts';

/**
 * The macros of a file (`@string`), and what entries take over from others. Both repeat text that stands in the file once, so that
 * a short file could ask for gigabytes: what may be repeated is in proportion to the file.
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

  /** A number, and a name that nobody defined, stand for themselves. Null: too much. */
  expand(word: string): string | null {
    const value = this.#macros.get(word.toLowerCase());
    if (value === undefined) return word;
    return this.spend(value.length) ? value : null;
  }

  spend(characters: number): boolean {
    this.#left -= characters;
    return this.#left >= 0;
  }
}

function listMonths(): [string, string][] {
  return Array.from({ length: 12 }, (_, index) => nameMonth(index + 1) ?? '').map((name) => [name, name]);
}
