import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './processes.ts';

/** Takes what the server's account cannot reach where root keeps Masthead. */
export const placeForRoot = '/var/lib/masthead';

/**
 * An empty directory, to be renamed once it is whole: an interrupted start leaves nothing half-made in
 * its place. Removes those that such a start left here.
 */
export async function draftIn(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  for (const name of await readdir(directory)) {
    const pid = Number(/^\.new-(\d+)$/.exec(name)?.[1]);
    if (pid === process.pid || (pid > 0 && !isAlive(pid)))
      await rm(path.join(directory, name), { recursive: true });
  }
  const draft = path.join(directory, `.new-${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  return draft;
}

/** Whatever root's umask is. */
export async function openToAll(tree: string): Promise<void> {
  await chmod(path.dirname(tree), 0o755);
  await promisify(execFile)('chmod', ['-R', 'a+rX', tree]);
}
