/**
 * Calls `use` for each item, for at most `limit` items at a time. After an error it takes no further item, and rejects when
 * the calls that were running have ended.
 */
export async function forEachConcurrently<T>(
  items: AsyncIterable<T>,
  limit: number,
  use: (item: T) => Promise<void>,
): Promise<void> {
  const iterator = items[Symbol.asyncIterator]();
  let hasFailed = false;
  const work = async () => {
    try {
      while (!hasFailed) {
        const next = await iterator.next();
        if (next.done) return;
        await use(next.value);
      }
    } catch (error) {
      hasFailed = true;
      throw error;
    }
  };
  const results = await Promise.allSettled(Array.from({ length: limit }, work));
  await iterator.return?.();
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
