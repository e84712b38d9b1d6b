import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from '../modules/media/files/write-durably.ts';
import { BackupError } from './backup-error.ts';
import { PRIVATE_FILE, SUMS, syncFolder } from './layout.ts';
import { readLines } from './read-lines.ts';

/** `path` is relative to the folder of the backup. */
export type Sum = Readonly<{ path: string; sha256: string }>;

const LINE = /^([0-9a-f]{64}) {2}(.+)$/;

/** Writes SHA256SUMS in the format of `sha256sum`, under its name only when it is complete. */
export async function writeSums(folder: string, sums: AsyncIterable<Sum>): Promise<void> {
  const unfinished = path.join(folder, `${SUMS}.part`);
  await writeDurably(unfinished, linesOf(sums), PRIVATE_FILE);
  await rename(unfinished, path.join(folder, SUMS));
  await syncFolder(folder);
}

async function* linesOf(sums: AsyncIterable<Sum>): AsyncGenerator<Uint8Array> {
  for await (const { path, sha256 } of sums) yield Buffer.from(`${sha256}  ${path}\n`);
}

export async function* readSums(folder: string): AsyncGenerator<Sum> {
  let number = 0;
  for await (const line of readLines(path.join(folder, SUMS))) {
    number += 1;
    const [, sha256, named] = LINE.exec(line) ?? [];
    if (sha256 === undefined || named === undefined)
      throw new BackupError(`${SUMS} is damaged: line ${number} is not a sum and a path.`);
    yield { path: named, sha256 };
  }
}

export async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}
