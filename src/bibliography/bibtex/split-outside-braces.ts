/** The space after such a command ends the command, not the word: `S\o ren`, `\L ukasz`, `\c c`. */
const COMMAND = /\\(?:[LlOoij]|AE|ae|OE|oe|AA|aa|ss|SS|[cdbkruvHt]) (?!and )(?=\p{L})/uy;

/** `separator` is sticky. */
export function splitOutsideBraces(source: string, separator: RegExp): string[] {
  const pieces: string[] = [];
  let from = 0;
  for (let at = 0, depth = 0; at < source.length; at += 1) {
    const character = source[at];
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    COMMAND.lastIndex = at;
    separator.lastIndex = at;
    if (COMMAND.test(source)) at = COMMAND.lastIndex - 1;
    else if (depth <= 0 && separator.test(source)) {
      pieces.push(source.slice(from, at));
      from = separator.lastIndex;
      at = from - 1;
    } else if (character === '\\') at += 1;
  }
  return [...pieces, source.slice(from)];
}
