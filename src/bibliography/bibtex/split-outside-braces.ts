/** The space after such a command ends the command, not the word: `S\o ren`, `\L ukasz`, `\c c`. */
const COMMAND = /\\(?:[LlOoij]|AE|ae|OE|oe|AA|aa|ss|SS|[cdbkruvHt]) (?!and )(?=\p{L})/uy;
/** One more than a record may have, so that validation refuses a longer list. */
export const MAX_NAMES = 5_001;
/** A name has up to two pieces. */
const MAX_PIECES = 2 * MAX_NAMES;

/** Returns a pattern for `splitOutsideBraces`: it finds separators, and all characters that decide whether one counts. */
export function makeSeparator({ source, flags }: RegExp): RegExp {
  return new RegExp(`[\\\\{}]|${source}`, `g${flags}`);
}

/** `separator` comes from `makeSeparator`. */
export function splitOutsideBraces(source: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  let depth = 0;
  separator.lastIndex = 0;
  for (let found = separator.exec(source); found !== null; found = separator.exec(source)) {
    const { 0: mark, index } = found;
    if (mark === '{') depth += 1;
    else if (mark === '}') depth -= 1;
    else if (mark === '\\') separator.lastIndex = endOfCommand(source, index);
    // Inside braces it separates nothing. No separator contains a brace or a backslash, so nothing is skipped.
    else if (depth === 0) {
      if (index > from) pieces.push(source.slice(from, index));
      from = separator.lastIndex;
      if (pieces.length === MAX_PIECES) break;
    }
  }
  return from < source.length ? [...pieces, source.slice(from)] : pieces;
}

function endOfCommand(source: string, at: number): number {
  COMMAND.lastIndex = at;
  return COMMAND.test(source) ? COMMAND.lastIndex : at + 2;
}
