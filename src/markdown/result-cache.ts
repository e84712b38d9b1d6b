/** Drops the least recently used results once the total size exceeds a limit. */
export type ResultCache<Result> = {
  /** Undefined if there is none. */
  get(key: string): Result | undefined;
  set(key: string, result: Result, size: number): void;
};

/** Of an entry without its result. */
const ENTRY_SIZE = 200;

export function makeResultCache<Result>(maxSize: number): ResultCache<Result> {
  const entries = new Map<string, { result: Result; size: number }>();
  let total = 0;

  function remove(key: string): void {
    total -= entries.get(key)?.size ?? 0;
    entries.delete(key);
  }

  return {
    get(key) {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.result;
    },
    set(key, result, size) {
      remove(key);
      entries.set(key, { result, size: size + ENTRY_SIZE });
      total += size + ENTRY_SIZE;
      for (const oldest of entries.keys()) {
        if (total <= maxSize) return;
        remove(oldest);
      }
    },
  };
}
