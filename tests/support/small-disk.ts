import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Call it at the start of a test file. Mounts a file system of a few bytes, if this process may. */
export function mountSmallDisk(bytes: number): { directory: string; isMounted: boolean } {
  const directory = join(tmpdir(), `masthead-full-${randomUUID()}`);
  mkdirSync(directory);
  const isMounted = mount(directory, bytes);
  afterAll(() => {
    if (isMounted) execFileSync('umount', [directory]);
    rmSync(directory, { recursive: true });
  });
  return { directory, isMounted };
}

function mount(directory: string, bytes: number): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
