import { tidyLine, tidyParagraphs } from '../text/tidy-text.ts';
import { findUnknownCommands } from './latex/command-kinds.ts';
import { decodeLatex } from './latex/decode-latex.ts';
import { decodeVerbatim } from './latex/decode-verbatim.ts';
import { expandJournalMacros } from './latex/journal-macros.ts';
import { markGroups } from './protected-words.ts';

/** Fields that may contain journal macros. */
const JOURNAL_FIELDS = new Set([
  'journal',
  'journaltitle',
  'shortjournal',
  'booktitle',
  'maintitle',
  'series',
]);

const PROSE_FIELDS = new Set(['abstract', 'note']);

/**
 * Reads the fields of one entry, each at most once. Fields that are never taken are reported as ignored, and so are the LaTeX
 * commands that have no meaning here.
 */
export class FieldReader {
  readonly #fields: Map<string, string>;
  readonly #unread: Set<string>;
  readonly #unknownCommands = new Set<string>();
  /** A field may be peeked at several times before it is taken. */
  readonly #decoded = new Map<string, string>();
  /** Why the entry cannot be read. Empty if it can. */
  fault = '';
  /** Sentences that say what is unusual about the entry. */
  readonly notices: string[] = [];

  constructor(fields: Map<string, string>) {
    this.#fields = fields;
    this.#unread = new Set([...fields.keys()]);
  }

  /** Takes the first of these fields that is not empty, as plain text on one line. Null if there is none. */
  take(...names: string[]): string | null {
    return this.#takeAs((latex, name) => tidyLine(this.#decode(name, latex)), names);
  }

  takeParagraphs(...names: string[]): string | null {
    return this.#takeAs((latex, name) => tidyParagraphs(this.#decode(name, latex)), names);
  }

  /** Takes a title in which `markGroups` has marked the words in braces. */
  takeMarked(name: string): string | null {
    return this.#takeAs(
      (latex) => decodeLatex(markGroups(latex), { unknown: this.#unknownCommands }),
      [name],
    );
  }

  takeVerbatim(...names: string[]): string | null {
    return this.#takeAs((latex) => tidyLine(decodeVerbatim(latex)), names);
  }

  takeSource(name: string): string | null {
    return this.#takeAs((latex) => latex, [name]);
  }

  /** Takes the LaTeX of names, which are decoded one by one. */
  takeNames(name: string): string | null {
    const latex = this.takeSource(name);
    if (latex !== null) findUnknownCommands(latex, this.#unknownCommands);
    return latex;
  }

  /** Reads a field without taking it. */
  peek(name: string): string | null {
    const latex = this.#unread.has(name) ? this.#fields.get(name) : undefined;
    return latex === undefined ? null : tidyLine(this.#decode(name, latex));
  }

  putBack(name: string): void {
    this.#unread.add(name);
  }

  listIgnored(): string[] {
    return [...this.#unread, ...this.#unknownCommands];
  }

  #decode(name: string, latex: string): string {
    const known = this.#decoded.get(name);
    if (known !== undefined) return known;
    const source = JOURNAL_FIELDS.has(name) ? expandJournalMacros(latex) : latex;
    const decoded = decodeLatex(source, { unknown: this.#unknownCommands, isProse: PROSE_FIELDS.has(name) });
    this.#decoded.set(name, decoded);
    return decoded;
  }

  /** Empty fields count as taken, so that they are not reported as ignored. */
  #takeAs(decode: (latex: string, name: string) => string, names: string[]): string | null {
    for (const name of names) {
      const latex = this.#unread.has(name) ? this.#fields.get(name) : undefined;
      if (latex === undefined) continue;
      this.#unread.delete(name);
      const text = decode(latex, name);
      if (text !== '') return text;
    }
    return null;
  }
}
