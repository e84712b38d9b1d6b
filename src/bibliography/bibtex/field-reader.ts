import { tidyLine, tidyParagraphs } from '../text/tidy-text.ts';
import { decodeLatex, decodeVerbatim } from './latex/decode-latex.ts';
import { markGroups } from './protected-words.ts';

/** Reads the fields of one entry, each at most once. Fields that are never taken are reported as ignored. */
export class FieldReader {
  readonly #fields: Map<string, string>;
  readonly #unread: Set<string>;
  /** Why the entry cannot be read. Empty while it can. */
  fault = '';
  /** Sentences that say what is unusual about the entry. */
  readonly notices: string[] = [];

  constructor(fields: Map<string, string>) {
    this.#fields = fields;
    this.#unread = new Set([...fields.keys()]);
  }

  /** Takes the first of these fields that is not empty, as plain text on one line. Null if there is none. */
  take(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyLine(decodeLatex(latex)), names);
  }

  takeParagraphs(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyParagraphs(decodeLatex(latex)), names);
  }

  /** Takes a title in which `markGroups` has marked the words in braces. */
  takeMarked(name: string): string | null {
    return this.#takeAs((latex) => decodeLatex(markGroups(latex)), [name]);
  }

  takeVerbatim(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyLine(decodeVerbatim(latex)), names);
  }

  takeSource(name: string): string | null {
    return this.#takeAs((latex) => latex, [name]);
  }

  /** Reads a field without taking it. */
  peek(name: string): string | null {
    const latex = this.#unread.has(name) ? this.#fields.get(name) : undefined;
    return latex === undefined ? null : tidyLine(decodeLatex(latex));
  }

  putBack(name: string): void {
    this.#unread.add(name);
  }

  listUnread(): string[] {
    return [...this.#unread];
  }

  /** Empty fields count as taken, so that they are not reported as ignored. */
  #takeAs(decode: (latex: string) => string, names: string[]): string | null {
    for (const name of names) {
      const latex = this.#unread.has(name) ? this.#fields.get(name) : undefined;
      if (latex === undefined) continue;
      this.#unread.delete(name);
      const text = decode(latex);
      if (text !== '') return text;
    }
    return null;
  }
}
