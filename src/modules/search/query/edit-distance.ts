/**
 * The smallest number of insertions, deletions, substitutions and swaps of adjacent letters between two words:
 * https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance (optimal string alignment)
 */
export function editDistance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let previous: number[] = [];
  let row = [...b.keys(), b.length];
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) {
      const replaced = at(row, j) + (letter === other ? 0 : 1);
      const isSwapped = i > 0 && j > 0 && letter === b[j - 1] && other === a[i - 1];
      const swapped = isSwapped ? at(previous, j - 1) + 1 : Number.POSITIVE_INFINITY;
      next.push(Math.min(at(row, j + 1) + 1, at(next, j) + 1, replaced, swapped));
    }
    [previous, row] = [row, next];
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
