/**
 * Measures the longest time that the event loop of this process is held, in CPU time of its thread: what else the machine
 * does is not counted, nor is what other threads of the process do. Callbacks within the same millisecond count as one.
 */
export async function measureLongestHold(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let last = process.threadCpuUsage();
  let isDone = false;
  const turn = () => {
    const { user, system } = process.threadCpuUsage(last);
    longestMs = Math.max(longestMs, (user + system) / 1_000);
    last = process.threadCpuUsage();
    if (!isDone) setTimeout(turn, 1);
  };
  setTimeout(turn, 1);
  try {
    await work();
  } finally {
    isDone = true;
  }
  turn();
  return longestMs;
}
