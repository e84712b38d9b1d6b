/** The space after such a command ends the command, not the word: `S\o ren`, `\L ukasz`, `\c c`. */
const COMMAND = /\\(?:[LlOoij]|AE|ae|OE|oe|AA|aa|ss|SS|[cdbkruvHt]) (?!and )(?=\p{L})/uy;
const BREAKS = new Set([...' ,;~；、']);
/** One more than a record may have, so that it is refused. */
export const MAX_NAMES = 5_001;
/** A name has up to two pieces. */
const MAX_PIECES = 2 * MAX_NAMES;

/** `separator` is sticky, and starts with a character for which `isBreak` is true. */
export function splitOutsideBraces(source: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0, depth = 0; at < source.length && pieces.length < MAX_PIECES; at += 1) {
    const character = source.charAt(at);
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '\\') at = endOfCommand(source, at);
    else if (depth <= 0 && isBreak(character)) {
      separator.lastIndex = at;
      if (!separator.test(source)) continue;
      if (at > from) pieces.push(source.slice(from, at));
      from = separator.lastIndex;
      at = from - 1;
    }
  }
  return from < source.length ? [...pieces, source.slice(from)] : pieces;
}

/** Returns the position of the last character that belongs to the command. */
function endOfCommand(source: string, at: number): number {
  COMMAND.lastIndex = at;
  return COMMAND.test(source) ? COMMAND.lastIndex - 1 : at + 1;
}

function isBreak(character: string): boolean {
  return BREAKS.has(character);
}
