import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { BackupError } from './backup-error.ts';
import { MANIFEST, MEDIA_LIST, mediaPath, SUMS, tablePath } from './layout.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { readMediaList } from './media-list.ts';
import type { Progress } from './progress.ts';
import { readSums, type Sum, sumOf } from './sums.ts';

export type Backup = Readonly<{ folder: string; manifest: Manifest }>;

/** Reads the manifest and compares it with its sum. */
export async function openBackup(folder: string): Promise<Backup> {
  if (!(await exists(folder))) throw new BackupError(`There is no folder ${folder}.`);
  if (!(await exists(path.join(folder, SUMS))))
    throw new BackupError(
      `The folder ${folder} has no ${SUMS}, so it is not a whole backup: the file is written last.`,
    );
  const sums = readSums(folder);
  await verifyNext(folder, sums, { path: MANIFEST });
  await sums.return(undefined);
  return { folder, manifest: parseManifest(await readFile(path.join(folder, MANIFEST), 'utf8')) };
}

/** Reads every file of the backup and compares it with its sum. Throws a BackupError that names the first damaged one. */
export async function verifyBackup({ folder, manifest }: Backup, progress: Progress): Promise<void> {
  const total = 2 + manifest.tables.length + manifest.media.files;
  const show = progress('files of the backup verified');
  const sums = readSums(folder);
  let done = 0;
  for await (const expected of listExpected({ folder, manifest })) {
    await verifyNext(folder, sums, expected);
    done += 1;
    show(Math.min(done, total), total);
  }
  const { done: isEnd } = await sums.next();
  if (!isEnd || done !== total)
    throw new BackupError(`${SUMS} is damaged: it does not list the files of ${MANIFEST}.`);
}

type Expected = { path: string; sha256?: string };

/** In the order of SHA256SUMS. The list of media is verified before it is read here. */
async function* listExpected({ folder, manifest }: Backup): AsyncGenerator<Expected> {
  yield { path: MANIFEST };
  yield { path: MEDIA_LIST };
  for (const { name } of manifest.tables) yield { path: tablePath(name) };
  for await (const { fileName, sha256 } of listHeldMedia({ folder, manifest }))
    yield { path: mediaPath(fileName), sha256 };
}

/** The media that the backup holds. */
export async function* listHeldMedia({ folder, manifest }: Backup) {
  const missing = new Set(manifest.media.missing);
  for await (const media of readMediaList(folder)) if (!missing.has(media.fileName)) yield media;
}

async function verifyNext(folder: string, sums: AsyncGenerator<Sum>, expected: Expected): Promise<void> {
  const { value: sum, done } = await sums.next();
  const isListed = !done && sum.path === expected.path && (expected.sha256 ?? sum.sha256) === sum.sha256;
  if (!isListed) throw new BackupError(`${SUMS} is damaged: it does not have the sum of ${expected.path}.`);
  const found = await sumOf(path.join(folder, sum.path)).catch((error: NodeJS.ErrnoException) => {
    const fault = error.code === 'ENOENT' ? 'is missing' : `cannot be read (${error.message})`;
    throw new BackupError(`${sum.path} ${fault}. Restore another backup.`, { cause: error });
  });
  if (found !== sum.sha256)
    throw new BackupError(
      `${sum.path} is damaged: its SHA-256 is not that in ${SUMS}. Restore another backup.`,
    );
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
