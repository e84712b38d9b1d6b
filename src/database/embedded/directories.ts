import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { signal } from './processes.ts';

const SHARED_DIRECTORY = '/var/lib/masthead';

/** Creates the directory for files that the server's account cannot read in root's directories. */
export async function openSharedDirectory(): Promise<string> {
  await mkdir(SHARED_DIRECTORY, { recursive: true });
  // The umask applies to mkdir, but not to chmod.
  await chmod(SHARED_DIRECTORY, 0o755);
  return SHARED_DIRECTORY;
}

/**
 * Creates an empty directory to be filled and then renamed, so that an interrupted start leaves no incomplete files under
 * the final name. Deletes the directories that interrupted starts have left.
 */
export async function createDraft(directory: string): Promise<string> {
  for (const name of await readdir(directory)) {
    const pid = Number(/^\.new-(\d+)$/.exec(name)?.[1]);
    if (pid === process.pid || (pid > 0 && !signal(pid, 0)))
      await rm(path.join(directory, name), { recursive: true });
  }
  const draft = path.join(directory, `.new-${process.pid}`);
  await mkdir(draft, { mode: 0o700 });
  return draft;
}
