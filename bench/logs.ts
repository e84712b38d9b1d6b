import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The ends of all logs, to print when a run fails. The logs themselves are deleted after the run. */
export async function readLogEnds(directory: string): Promise<string> {
  const ends: string[] = [];
  for await (const file of glob(join(directory, '*.log'))) {
    ends.push(`${file}:`, (await readFile(file, 'utf8')).slice(-1_000));
  }
  return ends.join('\n');
}
