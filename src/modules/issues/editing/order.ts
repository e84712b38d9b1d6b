/** Orders as lists of ids; the database stores each id's index. */

/** `id` taken out of the list, if it is there, and put in at `index` of what remains. */
export function withIdAt(ids: readonly string[], id: string, index: number): string[] {
  const others = without(ids, id);
  return [...others.slice(0, index), id, ...others.slice(index)];
}

export function without(ids: readonly string[], id: string): string[] {
  return ids.filter((other) => other !== id);
}

/** Whether `proposed` holds exactly the ids of `present`, each once. */
export function isPermutation(proposed: readonly string[], present: readonly string[]): boolean {
  const set = new Set(proposed);
  return set.size === proposed.length && set.size === present.length && present.every((id) => set.has(id));
}
