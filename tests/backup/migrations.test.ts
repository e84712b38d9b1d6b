import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBackup } from '../../src/backup/create-backup.ts';
import { migrate } from '../../src/database/migrate.ts';
import { migrationsDirectory, readMigrations } from '../../src/database/migration-history.ts';
import { migrateBefore } from '../database/migrate-before.ts';
import { execute, readRows, restoreInto, useBackups } from './backing-up.ts';

const backups = useBackups();
const LATER = '29990101000000_later';

/** A folder with the migrations of the code and one that is added later. */
async function addMigration(sql: string): Promise<string> {
  const directory = backups.newFolder();
  await cp(migrationsDirectory, directory, { recursive: true });
  await mkdir(path.join(directory, LATER));
  await writeFile(path.join(directory, LATER, 'migration.sql'), sql);
  return directory;
}

describe('a backup of an older release', () => {
  test('it is restored as it was, and then migrated to the state of the code', async () => {
    const old = await backups.newTarget();
    await migrateBefore('20261201014000_publication_feeds', old.databaseUrl);
    await execute(
      old.databaseUrl,
      `INSERT INTO newsletters (id, slug, title, language, time_zone)
         VALUES ('00000000-0000-0000-0000-000000000001', 'one', 'One', 'en', 'UTC');
       INSERT INTO publication_logs (newsletter_id, last_position)
         VALUES ('00000000-0000-0000-0000-000000000001', 7)`,
    );
    const { folder, manifest } = await backups.backUp(old);
    expect(manifest.migrations.map(({ name }) => name)).toEqual(['20261130000000_init']);
    expect(manifest.tables.map(({ name }) => name)).not.toContain('staged_editions');

    const restored = await backups.restore(folder);
    const names = (await readMigrations()).map(({ name }) => name);
    expect(restored.applied).toEqual(names.slice(1));
    const rows = await readRows(
      restored.databaseUrl,
      'SELECT slug, feeds_modified_at IS NOT NULL AS "isFilled" FROM newsletters JOIN publication_logs ON newsletter_id = id',
    );
    expect(rows).toEqual([{ slug: 'one', isFilled: true }]);
    expect((await migrate(restored.databaseUrl)).applied).toEqual([]);
  });

  test('a database that is migrated further is refused', async () => {
    const old = await backups.newTarget();
    await migrateBefore('20261201014000_publication_feeds', old.databaseUrl);
    const { folder } = await backups.backUp(old);
    const target = await backups.newTarget();
    await migrate(target.databaseUrl);
    await expect(restoreInto(folder, target)).rejects.toThrow(
      /was migrated further than the backup, by 2026/,
    );
  });
});

describe('tables of a later release', () => {
  test('identity columns, triggers, generated columns, rows that refer to each other and sequences are restored', async () => {
    const directory = await addMigration(`
      CREATE TABLE "Nodes of a tree" (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        "parent" bigint REFERENCES "Nodes of a tree",
        title text, shout text GENERATED ALWAYS AS (upper(title)) STORED, note text DEFAULT 'default'
      );
      CREATE TABLE aa_leaves (node bigint REFERENCES "Nodes of a tree", kind "char", price double precision, at interval);
      CREATE FUNCTION meddle() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.note := 'by a trigger'; RETURN NEW; END; $$;
      CREATE TRIGGER meddle BEFORE INSERT ON "Nodes of a tree" FOR EACH ROW EXECUTE FUNCTION meddle();`);
    const source = await backups.newTarget();
    await migrate(source.databaseUrl, { directory });
    await execute(
      source.databaseUrl,
      `INSERT INTO "Nodes of a tree" (parent, title) VALUES (NULL, 'root'), (1, E'tab\\t and\\nline \\\\N'), (NULL, NULL);
       UPDATE "Nodes of a tree" SET note = NULL, parent = 3 WHERE id = 1;
       INSERT INTO aa_leaves VALUES (2, 'x', 0.1 + 0.2::float8, '1 mon 3 days')`,
    );
    const { folder, manifest } = await backups.backUp(source);
    expect(manifest.sequences).toEqual([{ name: 'Nodes of a tree_id_seq', lastValue: '3' }]);

    const target = await backups.newTarget();
    await restoreInto(folder, { ...target, migrationsDirectory: directory });
    for (const table of ['"Nodes of a tree" ORDER BY id', 'aa_leaves'])
      expect(await readRows(target.databaseUrl, `TABLE ${table}`)).toEqual(
        await readRows(source.databaseUrl, `TABLE ${table}`),
      );
    await execute(target.databaseUrl, `INSERT INTO "Nodes of a tree" (title) VALUES ('next')`);
    const [next] = await readRows(
      target.databaseUrl,
      'SELECT id, note FROM "Nodes of a tree" WHERE title = \'next\'',
    );
    expect(next).toEqual({ id: '4', note: 'by a trigger' });
  });

  test('the same backup is refused by the release before', async () => {
    const directory = await addMigration('CREATE TABLE later (id int)');
    const source = await backups.newTarget();
    await migrate(source.databaseUrl, { directory });
    const { folder } = await backups.backUp(source);
    await expect(backups.restore(folder)).rejects.toThrow(`it has the migrations ${LATER}.`);
  });
});

test('a node that migrates the database during a backup waits until the tables are written', async () => {
  const directory = await addMigration(
    "UPDATE newsletters SET title = 'Later'; ALTER TABLE newsletters ADD later int",
  );
  const source = await backups.newTarget();
  await migrate(source.databaseUrl);
  let migrating: Promise<{ applied: string[] }> | undefined;
  const progress = () => () => {
    migrating ??= migrate(source.databaseUrl, { directory });
  };
  const folder = backups.newFolder();
  const { manifest } = await createBackup({ ...source, folder, progress });
  expect(manifest.migrations.map(({ name }) => name)).not.toContain(LATER);
  expect(manifest.tables.find(({ name }) => name === 'newsletters')?.columns).not.toContain('later');
  expect(await migrating).toEqual({ applied: [LATER] });
  expect((await backups.restore(folder)).leftOut).toEqual([]);
});

describe('tables that no migration creates', () => {
  test('they are in the backup, and a restore names those that it leaves out', async () => {
    const source = await backups.newTarget();
    await migrate(source.databaseUrl);
    await execute(
      source.databaseUrl,
      'CREATE TABLE of_the_operator (id int); CREATE TABLE "../odd\\n" (id int)',
    );
    const { folder } = await backups.backUp(source);
    expect(await readdir(path.join(folder, 'database'))).toContain('of_the_operator.copy.gz');
    expect(await readdir(path.join(folder, 'database'))).toContain('..%2Fodd%5Cn.copy.gz');
    expect((await backups.restore(folder)).leftOut.toSorted()).toEqual(['../odd\\n', 'of_the_operator']);
  });

  test('a database without tables of Masthead is not backed up', async () => {
    const folder = backups.newFolder();
    const error = backups.backUp(await backups.newTarget(), folder);
    await expect(error).rejects.toThrow(/no tables of Masthead/);
  });
});
