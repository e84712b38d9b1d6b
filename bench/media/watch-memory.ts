import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { findTree, readOf } from './process-tree.ts';

/** Bytes of resident memory. `children`: all processes that the server has started, together. */
export type Sizes = { server: number; children: number };

/** The system keeps the peaks; looking often finds processes that come and go. */
const PAUSE = 50;

/** The most that a server had while `work` went on. `peak` is null where the system does not tell. */
export async function watchMemory<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ result: T; peak: Sizes | null }> {
  const field = (await resetPeaks(pid)) ? 'VmHWM' : 'VmRSS';
  let peak = await readMemory(pid);
  const done = work();
  for (let isOver = false; !isOver; ) {
    isOver = await Promise.race([done.then(() => true), sleep(PAUSE, false)]);
    peak = highest(peak, await readMemory(pid, field));
  }
  return { result: await done, peak };
}

/** As it is now; null where the system does not tell. */
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

/** From now on VmHWM is the peak since now: https://man7.org/linux/man-pages/man5/proc_pid_clear_refs.5.html. */
async function resetPeaks(pid: number): Promise<boolean> {
  try {
    for (const each of await findTree(pid)) await writeFile(`/proc/${each}/clear_refs`, '5');
    return true;
  } catch {
    return false;
  }
}

/** 0: the process has ended. */
function sizeIn(status: string | null, field: string): number {
  const [, kibibytes = 0] = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status ?? '') ?? [];
  return Number(kibibytes) * 1024;
}
