/** The order of sections or items as a list of ids. The database stores the index of each id. */

/** Moves `id` to `index`, or inserts it there. The index counts the other ids only. */
export function withIdAt(ids: readonly string[], id: string, index: number): string[] {
  const others = without(ids, id);
  return [...others.slice(0, index), id, ...others.slice(index)];
}

export function without(ids: readonly string[], id: string): string[] {
  return ids.filter((other) => other !== id);
}

/** Whether `proposed` contains each id of `present` exactly once and no other id. */
export function isPermutation(proposed: readonly string[], present: readonly string[]): boolean {
  const set = new Set(proposed);
  return set.size === proposed.length && set.size === present.length && present.every((id) => set.has(id));
}
