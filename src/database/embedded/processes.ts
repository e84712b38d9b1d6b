import { readlink } from 'node:fs/promises';

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * A process id that outlived a crash may be another program's by now. PostgreSQL's working directory is
 * its data directory, which /proc shows; where there is no /proc the id is believed.
 */
export async function worksIn(pid: number, directory: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  try {
    return (await readlink(`/proc/${pid}/cwd`)) === directory;
  } catch {
    return false;
  }
}
