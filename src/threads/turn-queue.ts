/** A queue in which owners take turns, so that one with many entries does not delay the others. */
export type TurnQueue<Entry> = {
  add(owner: string, entry: Entry): void;
  /** Removes and returns the next entry of the owner whose last turn is longest ago, among those that `mayRun` accepts. */
  take(mayRun: (owner: string) => boolean): Entry | undefined;
  remove(owner: string, entry: Entry): void;
  /** Number of entries of one owner. */
  count(owner: string): number;
};

export function makeTurnQueue<Entry>(): TurnQueue<Entry> {
  /** In the order of their turns. A set keeps the order of its entries and removes any of them at once. */
  const entriesByOwner = new Map<string, Set<Entry>>();

  function remove(owner: string, entry: Entry): void {
    const entries = entriesByOwner.get(owner);
    entries?.delete(entry);
    if (entries?.size === 0) entriesByOwner.delete(owner);
  }

  return {
    add(owner, entry) {
      const entries = entriesByOwner.get(owner);
      if (entries) entries.add(entry);
      else entriesByOwner.set(owner, new Set([entry]));
    },
    take(mayRun) {
      for (const [owner, entries] of entriesByOwner) {
        if (!mayRun(owner)) continue;
        const [entry] = entries;
        entriesByOwner.delete(owner);
        entriesByOwner.set(owner, entries);
        if (entry !== undefined) remove(owner, entry);
        return entry;
      }
      return undefined;
    },
    remove,
    count: (owner) => entriesByOwner.get(owner)?.size ?? 0,
  };
}
