import { tidyLine, tidyParagraphs } from '../text/tidy-text.ts';
import type { RisLine } from './split-records.ts';

/** Reads the lines of one record, each at most once. Tags that are never taken are reported as ignored. */
export class TagReader {
  readonly #lines: Map<string, string[][]>;

  constructor(lines: readonly RisLine[]) {
    this.#lines = new Map();
    for (const { tag, values } of lines) {
      const others = this.#lines.get(tag);
      if (others === undefined) this.#lines.set(tag, [values]);
      else others.push(values);
    }
  }

  /** Takes the first value of the first of these tags that has one. */
  take(...tags: string[]): string | null {
    for (const tag of tags) {
      const [first, ...rest] = this.#lines.get(tag) ?? [];
      if (first === undefined) continue;
      if (rest.length === 0) this.#lines.delete(tag);
      else this.#lines.set(tag, rest);
      const text = tidyLine(first.join(' '));
      if (text !== '') return text;
    }
    return null;
  }

  /** Reads the first value of a tag without taking it. */
  peek(tag: string): string | null {
    return tidyLine(this.#lines.get(tag)?.[0]?.join(' ') ?? '') || null;
  }

  takeAll(...tags: string[]): string[] {
    return this.#takeLines(tags, (values) => [tidyLine(values.join(' '))]);
  }

  /** Takes a list in which each untagged line is a further value. */
  takeList(tag: string): string[] {
    return this.#takeLines([tag], (values) => values.map(tidyLine));
  }

  takeParagraphs(...tags: string[]): string[] {
    return this.#takeLines(tags, (values) => [
      tidyParagraphs(
        values
          .map((value) => value.trim())
          .join('\u2028')
          .replace(/\u2028{2,}/g, '\u2029'),
      ),
    ]);
  }

  putBack(tag: string, value: string): void {
    this.#lines.set(tag, [[value], ...(this.#lines.get(tag) ?? [])]);
  }

  /** Drops a value that repeats another tag, so that it is not reported as ignored. */
  drop(tag: string, value: string | null): void {
    const others = (this.#lines.get(tag) ?? []).filter((values) => tidyLine(values.join(' ')) !== value);
    if (others.length === 0) this.#lines.delete(tag);
    else this.#lines.set(tag, others);
  }

  listUnread(): string[] {
    return [...this.#lines]
      .filter(([, lines]) => lines.some((values) => values.join('').trim() !== ''))
      .map(([tag]) => tag);
  }

  #takeLines(tags: string[], tidy: (values: string[]) => string[]): string[] {
    const found = tags.flatMap((tag) => (this.#lines.get(tag) ?? []).flatMap(tidy));
    for (const tag of tags) this.#lines.delete(tag);
    return found.filter(Boolean);
  }
}
