/** Reads process information from /proc on Linux. Other systems have none. */

import { readdir, readFile } from 'node:fs/promises';

/** The unit of times in /proc is the same on every architecture that Node runs on. */
const TICKS_PER_SECOND = 100;

/** The process and its descendants, or only the process where the system does not report them. */
export async function findTree(pid: number): Promise<number[]> {
  const children = await findChildren(pid);
  const trees = await Promise.all(children.map(findTree));
  return [pid, ...trees.flat()];
}

/** CPU seconds of a process and its descendants, including ended ones, or null where they are not reported. */
export async function readCpuOfTree(pid: number): Promise<number | null> {
  const times = await Promise.all((await findTree(pid)).map(readCpu));
  const known = times.filter((time) => time !== null);
  return known.length === 0 ? null : known.reduce((sum, time) => sum + time, 0);
}

/** Collects the children of all threads. */
async function findChildren(pid: number): Promise<number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(threads.map((id) => readOf(pid, `task/${id}/children`)));
  return lists.flatMap((list) => list?.match(/\d+/g) ?? []).map(Number);
}

/** The sum of utime, stime, cutime and cstime: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function readCpu(pid: number): Promise<number | null> {
  const stat = await readOf(pid, 'stat');
  // The second field is the program name in parentheses, which may contain spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields
    ? fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS_PER_SECOND
    : null;
}

/** Returns null when the process has ended or there is no /proc. */
export function readOf(pid: number, name: string): Promise<string | null> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => null);
}
