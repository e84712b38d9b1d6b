import { tidyLine, tidyParagraphs } from '../text/tidy-text.ts';
import { decodeLatex, decodeVerbatim } from './latex/decode-latex.ts';

/** The fields of one entry, each taken at most once: those that are left at the end are those that are ignored. */
export class FieldReader {
  readonly #fields: Map<string, string>;
  readonly #unread: Set<string>;

  constructor(fields: Map<string, string>) {
    this.#fields = fields;
    this.#unread = new Set([...fields.keys()]);
  }

  /** As plain text on one line; null where it is missing or empty. */
  take(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyLine(decodeLatex(latex)), names);
  }

  takeParagraphs(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyParagraphs(decodeLatex(latex)), names);
  }

  takeVerbatim(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyLine(decodeVerbatim(latex)), names);
  }

  takeSource(name: string): string | null {
    return this.#takeAs((latex) => latex, [name]);
  }

  /** Without taking it. */
  peek(name: string): string | null {
    const latex = this.#unread.has(name) ? this.#fields.get(name) : undefined;
    return latex === undefined ? null : tidyLine(decodeLatex(latex));
  }

  giveBack(name: string): void {
    this.#unread.add(name);
  }

  listUnread(): string[] {
    return [...this.#unread];
  }

  /** An empty field is read, whatever stands in the others. */
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
