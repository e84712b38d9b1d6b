import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the processes of a run write their logs is gone when the run is over; so this is shown when it fails. */
export async function readLogEnds(directory: string): Promise<string> {
  const ends: string[] = [];
  for await (const file of glob(join(directory, '*.log'))) {
    ends.push(`${file}:`, (await readFile(file, 'utf8')).slice(-1_000));
  }
  return ends.join('\n');
}
