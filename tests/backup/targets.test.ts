import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '../../src/database/migrate.ts';
import { makeFileName } from '../../src/modules/media/files/file-name.ts';
import { ownsStorage } from '../../src/modules/media/upkeep/owns-storage.ts';
import { verifyMedia } from '../../src/modules/media/upkeep/verify-media.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { execute, namesIn, readRows, restoreInto, silent, useBackups } from './backing-up.ts';

const masthead = useMasthead();
const backups = useBackups();

let folder = '';
let installationId = '';
beforeAll(async () => {
  await publish(masthead, (await makeReadyIssue(masthead)).id);
  for (let n = 0; n < 3; n += 1) await makeMedia(masthead);
  const source = { databaseUrl: masthead.databaseUrl, storage: masthead.media.storage };
  const made = await backups.backUp(source);
  folder = made.folder;
  installationId = made.manifest.installationId;
});

const idOf = async (url: string) => (await readRows(url, 'SELECT id FROM installation'))[0]?.id;
const markerOf = async (directory: string) =>
  (await readFile(path.join(directory, 'database.txt'), 'utf8')).trim();

describe('the database to restore into', () => {
  test('a database with content is refused, and the tables with rows are named', async () => {
    const restored = await backups.restore(folder);
    const again = restoreInto(folder, restored);
    await expect(again).rejects.toThrow(/has content, in api_keys, .*Restore never overwrites/);
  });

  test('a database with tables of another program is refused', async () => {
    const target = await backups.newTarget();
    await execute(target.databaseUrl, 'CREATE TABLE theirs (id int)');
    await expect(restoreInto(folder, target)).rejects.toThrow(/tables that do not belong to Masthead/);
    expect(await namesIn(target.mediaDirectory)).toEqual([]);
  });

  test('a database that is migrated and has no content is filled', async () => {
    const target = await backups.newTarget();
    await migrate(target.databaseUrl);
    await restoreInto(folder, target);
    expect(await readRows(target.databaseUrl, 'SELECT count(*)::int AS n FROM publications')).toEqual([
      { n: 1 },
    ]);
  });

  test('a restore that fails among the tables leaves them empty, and can be repeated', async () => {
    const target = await backups.newTarget();
    const progress = (what: string) => (done: number) => {
      if (what === 'tables restored' && done === 20) throw new Error('the power is gone');
    };
    await expect(restoreInto(folder, { ...target, progress })).rejects.toThrow('the power is gone');
    expect(await readRows(target.databaseUrl, 'SELECT count(*)::int AS n FROM newsletters')).toEqual([
      { n: 0 },
    ]);
    await restoreInto(folder, target);
    expect(await readRows(target.databaseUrl, 'SELECT count(*)::int AS n FROM newsletters')).toEqual([
      { n: 1 },
    ]);
  });

  test('a role that is not a superuser can restore', async () => {
    const target = await backups.newTarget();
    const role = `restorer_${Date.now()}`;
    const name = new URL(target.databaseUrl).pathname.slice(1);
    await execute(
      target.databaseUrl,
      `CREATE ROLE ${role} LOGIN PASSWORD 'x' NOSUPERUSER; ALTER DATABASE ${name} OWNER TO ${role};
       ALTER SCHEMA public OWNER TO ${role}`,
    );
    const url = new URL(target.databaseUrl);
    Object.assign(url, { username: role, password: 'x' });
    await restoreInto(folder, { ...target, databaseUrl: url.href });
    expect(await readRows(url.href, 'SELECT count(*)::int AS n FROM publications')).toEqual([{ n: 1 }]);
    await execute(target.databaseUrl, `REASSIGN OWNED BY ${role} TO CURRENT_USER; DROP OWNED BY ${role}`);
    await execute(target.databaseUrl, `DROP ROLE ${role}`);
  });
});

describe('the media storage to restore into', () => {
  test('the copy has an id and a storage of its own, so that it and the original sweep only their own files', async () => {
    const restored = await backups.restore(folder);
    const id = await idOf(restored.databaseUrl);
    expect(id).not.toBe(installationId);
    expect(await markerOf(restored.mediaDirectory)).toBe(id);
    const copy = await backups.startCopy(masthead, restored.databaseUrl, restored.storage);
    expect(await ownsStorage(copy.ctx, restored.storage)).toBe(true);
    expect(await ownsStorage(masthead.ctx, masthead.media.storage)).toBe(true);
    expect(await ownsStorage(copy.ctx, masthead.media.storage)).toBe(false);
    expect(await ownsStorage(masthead.ctx, restored.storage)).toBe(false);
  });

  test('the storage of the original is refused, unless the original is gone and the copy takes it over', async () => {
    expect(await ownsStorage(masthead.ctx, masthead.media.storage)).toBe(true);
    const before = await namesIn(masthead.mediaDirectory);
    const target = { ...(await backups.newTarget()), storage: masthead.media.storage };
    await expect(restoreInto(folder, target)).rejects.toThrow(/If it is gone, add --take-over-media/);
    await restoreInto(folder, { ...target, takesOver: true });
    expect(await idOf(target.databaseUrl)).toBe(installationId);
    expect(await namesIn(masthead.mediaDirectory)).toEqual(before);
  });

  test('the storage of another database is refused, also to be taken over', async () => {
    const other = await backups.restore(folder);
    for (const takesOver of [false, true]) {
      const target = { ...(await backups.newTarget()), storage: other.storage, takesOver };
      await expect(restoreInto(folder, target)).rejects.toThrow(/belongs to another database, whose id is/);
    }
  });

  test('a storage with files that are not in the backup is refused', async () => {
    const target = await backups.newTarget();
    await mkdir(target.mediaDirectory);
    const name = makeFileName('c'.repeat(64), 'png');
    await writeFile(path.join(target.mediaDirectory, name), 'somebody’s');
    await expect(restoreInto(folder, target)).rejects.toThrow(`holds ${name}, which is not in the backup`);
  });

  test('files that an interrupted restore has left are kept if they are whole, and replaced if not', async () => {
    const target = await backups.newTarget();
    const interrupt = (what: string) => (done: number) => {
      if (what === 'media files restored' && done === 2) throw new Error('interrupted');
    };
    await expect(restoreInto(folder, { ...target, progress: interrupt })).rejects.toThrow('interrupted');
    const [name = ''] = (await namesIn(target.mediaDirectory)).filter((each) => each.endsWith('.png'));
    await writeFile(path.join(target.mediaDirectory, name), 'damaged');
    await restoreInto(folder, { ...target, progress: silent });
    const copy = await backups.startCopy(masthead, target.databaseUrl, target.storage);
    expect(await verifyMedia(copy.ctx, target.storage, () => {})).toMatchObject({
      files: 3,
      faults: [],
      withoutRow: 0,
    });
  });
});
