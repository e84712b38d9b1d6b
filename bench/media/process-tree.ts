/** What Linux tells of processes in /proc. Elsewhere there is nothing to find. */

import { readdir, readFile } from 'node:fs/promises';

/** Clock ticks of /proc in a second, on every architecture that Node runs on. */
const TICKS = 100;

/** The process and all that descend from it; only itself where nothing is told. */
export async function findTree(pid: number): Promise<number[]> {
  const children = await findChildren(pid);
  const trees = await Promise.all(children.map(findTree));
  return [pid, ...trees.flat()];
}

/** Seconds that a process and its descendants have computed, the ended ones too. Null: it is not told. */
export async function readCpuOfTree(pid: number): Promise<number | null> {
  const times = await Promise.all((await findTree(pid)).map(readCpu));
  const told = times.filter((time) => time !== null);
  return told.length === 0 ? null : told.reduce((sum, time) => sum + time, 0);
}

/** Any of its threads may have started some. */
async function findChildren(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((id) => readOf(pid, `task/${id}/children`)));
  return lists.flatMap((list) => list?.match(/\d+/g) ?? []).map(Number);
}

/** https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html: utime, stime, cutime and cstime. */
async function readCpu(pid: number): Promise<number | null> {
  const stat = await readOf(pid, 'stat');
  // The name of the program comes second, in brackets, and may have spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields ? fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS : null;
}

/** Null: it has ended, or there is no /proc. */
export function readOf(pid: number, name: string): Promise<string | null> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => null);
}
