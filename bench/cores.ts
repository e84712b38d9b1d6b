import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Core lists for taskset. The measured server has its own core. PostgreSQL and the load generator share the others. */
export type Cores = { server: string; others: string };

const run = promisify(execFile);

/** Returns null when there is no taskset or only one core. Then nothing is pinned. */
export async function chooseCores(): Promise<Cores | null> {
  const allowed = await readAllowedCores();
  const server = allowed.pop();
  return server === undefined || allowed.length === 0 ? null : { server, others: allowed.join(',') };
}

/** Pins running processes with all their threads. */
export async function pin(pids: readonly number[], cores: string): Promise<void> {
  for (const pid of pids) await run('taskset', ['-acp', cores, String(pid)]);
}

/** The command that runs Node on these cores. */
export function nodeOn(cores: string | null): [string, ...string[]] {
  return cores === null ? [process.execPath] : ['taskset', '-c', cores, process.execPath];
}

async function readAllowedCores(): Promise<string[]> {
  try {
    const { stdout } = await run('taskset', ['-cp', String(process.pid)]);
    return expandList(stdout.slice(stdout.lastIndexOf(':') + 1).trim());
  } catch {
    return [];
  }
}

/** `0-2,5` means 0, 1, 2 and 5. */
function expandList(list: string): string[] {
  return list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
  });
}
