/** Work that takes longer than this yields to the event loop, so that other requests are not blocked. */
const MAX_BLOCKING_MS = 10;

/** Returns a function to await between pieces of work. It yields to the event loop if it has not for 10 ms. */
export function makeYielder(): () => Promise<void> | undefined {
  let since = performance.now();
  return () => {
    if (performance.now() - since < MAX_BLOCKING_MS) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        since = performance.now();
        resolve();
      }),
    );
  };
}

/** Maps the list, and yields to the event loop at least every 10 ms. */
export async function mapYielding<T, R>(list: Iterable<T>, map: (one: T) => R): Promise<R[]> {
  const yieldIfDue = makeYielder();
  const mapped: R[] = [];
  for (const one of list) {
    await yieldIfDue();
    mapped.push(map(one));
  }
  return mapped;
}
