import { appendFile, cp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBackup } from '../../src/backup/create-backup.ts';
import { sumOf } from '../../src/backup/sums.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { namesIn, readRows, restoreInto, tablesIn, useBackups } from './backing-up.ts';

const masthead = useMasthead();
const backups = useBackups();
const source = () => ({ databaseUrl: masthead.databaseUrl, storage: masthead.media.storage });

let whole = '';
let mediaFile = '';
beforeAll(async () => {
  await publish(masthead, (await makeReadyIssue(masthead)).id);
  await makeMedia(masthead);
  mediaFile = `media/${(await makeMedia(masthead)).url.split('/').at(-1)}`;
  whole = (await backups.backUp(source())).folder;
});

/** A copy of the backup with a damage. */
async function damaged(damage: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = backups.newFolder();
  await cp(whole, folder, { recursive: true });
  await damage(folder);
  return folder;
}

/** Resolves to the message with which the restore is refused, after it has checked that nothing was written. */
async function refusal(folder: string): Promise<string> {
  const target = await backups.newTarget();
  const error: unknown = await restoreInto(folder, target).catch((reason: unknown) => reason);
  expect(await tablesIn(target.databaseUrl)).toEqual([]);
  expect(await namesIn(target.mediaDirectory)).toEqual([]);
  expect(error).toMatchObject({ name: 'BackupError' });
  return error instanceof Error ? error.message : '';
}

async function flipByte(file: string): Promise<void> {
  const bytes = await readFile(file);
  const middle = Math.floor(bytes.length / 2);
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(file, bytes);
}

const DAMAGES = {
  'with a flipped byte': flipByte,
  'that is cut': async (file: string) => truncate(file, (await stat(file)).size - 3),
  'that has grown': (file: string) => appendFile(file, 'x\n'),
  'that is empty': (file: string) => truncate(file, 0),
  'that is missing': (file: string) => rm(file),
};

const FILES = {
  'the manifest': () => 'manifest.json',
  'the sums': () => 'SHA256SUMS',
  'the list of media': () => 'media.jsonl',
  'a table': () => 'database/issues.copy.gz',
  'a media file': () => mediaFile,
};

describe.each(Object.entries(FILES))('%s', (_, fileOf) => {
  test.each(Object.entries(DAMAGES))(
    '%s is refused by name before anything is written',
    async (_, damage) => {
      const message = await refusal(await damaged((folder) => damage(path.join(folder, fileOf()))));
      // A damaged sum looks like damage of the file whose sum it is.
      if (fileOf() === 'SHA256SUMS') expect(message).toMatch(/SHA256SUMS/);
      else expect(message).toContain(fileOf());
    },
  );
});

/** Changes the manifest and its sum. */
function withManifest(change: (text: string) => string) {
  return damaged(async (folder) => {
    const file = path.join(folder, 'manifest.json');
    const before = await sumOf(file);
    await writeFile(file, change(await readFile(file, 'utf8')));
    const sums = path.join(folder, 'SHA256SUMS');
    await writeFile(sums, (await readFile(sums, 'utf8')).replace(before, await sumOf(file)));
  });
}

describe('a backup that this release cannot restore', () => {
  test('one with a migration that the code does not know is refused, and the migration is named', async () => {
    const message = await refusal(
      await withManifest((text) =>
        text.replace('"migrations": [', '"migrations": [{"name":"29990101_x","checksum":"0"},'),
      ),
    );
    expect(message).toMatch(/newer than this release.* 29990101_x\. Restore it with that release/);
  });

  test('one whose migration differs from that of the code is refused', async () => {
    const message = await refusal(
      await withManifest((text) => text.replace(/"checksum": "\w{64}"/, `"checksum": "${'0'.repeat(64)}"`)),
    );
    expect(message).toMatch(/The migration 20261130000000_init of the backup is not the one of this release/);
  });

  test('one in a later format is refused', async () => {
    const message = await refusal(await withManifest((text) => text.replace('"format": 1', '"format": 2')));
    expect(message).toMatch(/manifest\.json has the format 2/);
  });

  test('a folder that does not exist, and one that is not a backup, are refused', async () => {
    expect(await refusal(backups.newFolder())).toMatch(/There is no folder/);
    expect(await refusal(path.join(whole, 'media'))).toMatch(
      /has no SHA256SUMS, so it is not a whole backup/,
    );
  });
});

describe('a table whose content does not fit, although its sum is right', () => {
  const table = 'database/newsletters.copy.gz';

  test.each([
    ['one that is not compressed', () => Buffer.from('no gzip')],
    ['one with a row too few', () => gzipSync('')],
    ['one with a row of other columns', () => gzipSync('one\ttwo\n')],
  ])('%s is named, and the database has no content', async (_, content) => {
    const folder = await damaged(async (folder) => {
      const before = await sumOf(path.join(folder, table));
      await writeFile(path.join(folder, table), content());
      const sums = path.join(folder, 'SHA256SUMS');
      const after = await sumOf(path.join(folder, table));
      await writeFile(sums, (await readFile(sums, 'utf8')).replace(before, after));
    });
    const target = await backups.newTarget();
    await expect(restoreInto(folder, target)).rejects.toThrow(table);
    expect(await readRows(target.databaseUrl, 'SELECT slug FROM newsletters')).toEqual([]);
    expect(await readRows(target.databaseUrl, 'SELECT name FROM people')).toEqual([]);
  });
});

describe('the folder of a backup', () => {
  test('it can be read only by its owner', async () => {
    const modes = new Set<string>();
    for (const entry of await readdir(whole, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(path.join(entry.parentPath, entry.name));
      modes.add(`${entry.isDirectory() ? 'folder' : 'file'} ${(mode & 0o777).toString(8)}`);
    }
    expect(modes).toEqual(new Set(['folder 700', 'file 600']));
    expect((await stat(whole)).mode & 0o777).toBe(0o700);
    expect((await readdir(whole)).toSorted()).toEqual(
      ['SHA256SUMS', 'database', 'manifest.json', 'media', 'media.jsonl'].toSorted(),
    );
  });

  test('one that holds a backup or anything else is refused and left as it is', async () => {
    await expect(backups.backUp(source(), whole)).rejects.toThrow(/holds a backup already/);
    const other = await damaged((folder) => rm(path.join(folder, 'database'), { recursive: true }));
    await rm(path.join(other, 'SHA256SUMS'));
    await expect(backups.backUp(source(), other)).rejects.toThrow(/is not empty/);
    expect(await readdir(other)).toContain('manifest.json');
    await expect(backups.backUp(source(), path.join(whole, 'manifest.json'))).rejects.toThrow(
      /Cannot use the folder/,
    );
  });

  test('a backup that fails leaves it empty, and the next one can use it', async () => {
    const folder = backups.newFolder();
    const progress = (what: string) => (done: number) => {
      if (what === 'tables copied' && done === 10) throw new Error('the disk is full');
    };
    const failing = createBackup({ ...source(), folder, progress });
    await expect(failing).rejects.toThrow('the disk is full');
    expect(await readdir(folder)).toEqual([]);
    expect((await backups.backUp(source(), folder)).faults).toEqual([]);
  });
});
