/** Returns the line number, from 1, of a position. Positions must not decrease between calls: the text is scanned once. */
export function countLines(text: string): (position: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (position) => {
    while (next !== -1 && next < position) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
