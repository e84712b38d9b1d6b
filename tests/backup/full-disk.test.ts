import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia } from '../support/factories.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { useBackups } from './backing-up.ts';

const DISK_BYTES = 512 * 1024;
/** Each file takes a page of 4 KiB, and a backup has more than 30. */
const ROOM_BYTES = 10 * 4096;

const disk = mountSmallDisk(DISK_BYTES);
const masthead = useMasthead();
const backups = useBackups();

describe.skipIf(!disk.isMounted)('a backup on a full disk (needs permission to mount a tmpfs)', () => {
  test('it fails and says so, leaves nothing, and succeeds once there is room', async () => {
    await makeMedia(masthead);
    const filler = path.join(disk.directory, 'filler');
    await writeFile(filler, Buffer.alloc(DISK_BYTES - ROOM_BYTES));
    const folder = path.join(disk.directory, 'backup');
    const source = { databaseUrl: masthead.databaseUrl, storage: masthead.media.storage };
    await expect(backups.backUp(source, folder)).rejects.toThrow(
      /The disk of .* is full\. Nothing of the backup/,
    );
    expect(await readdir(folder)).toEqual([]);
    await rm(filler);
    expect((await backups.backUp(source, folder)).faults).toEqual([]);
  });
});
