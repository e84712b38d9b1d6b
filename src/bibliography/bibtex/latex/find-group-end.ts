/** Returns the index of the brace that closes the group opened at `start`. */
export function findGroupEnd(source: string, start: number, within = source.length): number | null {
  const stop = Math.min(source.length, start + within);
  for (let at = start, depth = 0; at < stop; at += 1) {
    if (source[at] === '\\') at += 1;
    else if (source[at] === '{') depth += 1;
    else if (source[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return null;
}
