import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { signal } from './processes.ts';

const placeForRoot = '/var/lib/masthead';

/** Takes what the server's account cannot reach where root keeps Masthead. */
export async function openPlaceForRoot(): Promise<string> {
  await mkdir(placeForRoot, { recursive: true });
  // Whatever root's umask is.
  await chmod(placeForRoot, 0o755);
  return placeForRoot;
}

/**
 * An empty directory, to be renamed once it is whole: an interrupted start leaves nothing half-made in
 * its place. Removes those that such a start left here.
 */
export async function draftIn(directory: string): Promise<string> {
  for (const name of await readdir(directory)) {
    const pid = Number(/^\.new-(\d+)$/.exec(name)?.[1]);
    if (pid === process.pid || (pid > 0 && !signal(pid, 0)))
      await rm(path.join(directory, name), { recursive: true });
  }
  const draft = path.join(directory, `.new-${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  return draft;
}
