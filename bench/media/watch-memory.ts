import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTree, readOf } from './process-tree.ts';

/** Bytes of resident memory. `children` is the sum over all descendants of the server. */
export type Sizes = { server: number; children: number };

/** The system records the peaks. Frequent polls find processes that live only briefly. */
const POLL_INTERVAL_MS = 50;

/** Measures the peak memory of a server while `work` runs. `peak` is null where the system does not report it. */
export async function watchMemory<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ result: T; peak: Sizes | null }> {
  const field = (await resetPeaks(pid)) ? 'VmHWM' : 'VmRSS';
  let peak = await readMemory(pid);
  const done = work();
  for (let isOver = false; !isOver; ) {
    isOver = await Promise.race([done.then(() => true), sleep(POLL_INTERVAL_MS, false)]);
    peak = highest(peak, await readMemory(pid, field));
  }
  return { result: await done, peak };
}

/** The current memory, or null where the system does not report it. */
export async function readMemory(pid: number, field = 'VmRSS'): Promise<Sizes | null> {
  const [server, ...children] = await Promise.all(
    (await findTree(pid)).map(async (each) => sizeIn(await readOf(each, 'status'), field)),
  );
  return server ? { server, children: children.reduce((sum, size) => sum + size, 0) } : null;
}

function highest(a: Sizes | null, b: Sizes | null): Sizes | null {
  if (!a || !b) return a ?? b;
  return { server: Math.max(a.server, b.server), children: Math.max(a.children, b.children) };
}

/** Resets VmHWM, the recorded peak: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html */
async function resetPeaks(pid: number): Promise<boolean> {
  try {
    for (const each of await findTree(pid)) await writeFile(`/proc/${each}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

/** Returns 0 when the process has ended. */
function sizeIn(status: string | null, field: string): number {
  const [, kibibytes = 0] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status ?? '') ?? [];
  return Number(kibibytes) * 1024;
}
