/** Milliseconds of work after which others have their turn: they would wait for all of it. */
const LONGEST_STRETCH = 10;

/** To be awaited between pieces of work: lets others in when ours has taken long enough. */
export function takeTurns(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_STRETCH) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}

export async function mapInTurns<T, R>(list: Iterable<T>, map: (one: T) => R): Promise<R[]> {
  const turn = takeTurns();
  const mapped: R[] = [];
  for (const one of list) {
    await turn();
    mapped.push(map(one));
  }
  return mapped;
}
