import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATION_LOCK_KEY, MigrationError, migrate } from '../../src/database/migrate.ts';
import { EXPAND, migrationsDirectory, readMigrations } from '../../src/database/migration-history.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { startStatementTap } from '../support/statement-tap.ts';

let database: TestDatabase;
let client: pg.Client;

beforeEach(async () => {
  database = await createTestDatabase(null);
  client = await connect(database.url);
});

afterEach(async () => {
  await client.end();
  await database.drop();
});

describe('an empty database', () => {
  test('an empty database is migrated once when five nodes start at the same time', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url)));
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(outcomes.flatMap((outcome) => outcome.applied)).toEqual(names);
    const { rows } = await client.query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY 1');
    expect(rows.map((row) => row.name)).toEqual(names);
  });

  test('no connection is left after the migration', async () => {
    await migrate(database.url);
    const others =
      'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    await expect.poll(async () => (await client.query(others)).rowCount).toBe(0);
  });

  test('the migration fails with a message when another node holds the lock for too long', async () => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
    await expect(migrate(database.url, { lockTimeoutMs: 50 })).rejects.toThrow(
      /Another node has been migrating/,
    );
  });

  test.each([
    [
      'the locale C',
      "LOCALE_PROVIDER libc LOCALE 'C'",
      [expect.stringMatching(/LC_CTYPE of the database is C\./)],
    ],
    ['the locale of the test server', '', []],
  ])(
    'a database in %s is migrated, with a warning if letters lack their small ones',
    async (_, options, warnings) => {
      const { url, drop } = await createTestDatabase(null, options);
      const given: string[] = [];
      try {
        await migrate(url, { onWarning: (message) => given.push(message) });
        expect(given).toEqual(warnings);
      } finally {
        await drop();
      }
    },
  );

  test('the password may need percent-encoding', async () => {
    const role = path.basename(new URL(database.url).pathname);
    await client.query(`CREATE ROLE ${role} SUPERUSER LOGIN PASSWORD 'p@ss/w:rd %'`);
    const url = new URL(database.url);
    url.username = role;
    url.password = encodeURIComponent('p@ss/w:rd %');
    try {
      expect((await migrate(url.href)).applied).not.toEqual([]);
    } finally {
      await client.query(`REASSIGN OWNED BY ${role} TO CURRENT_USER`);
      await client.query(`DROP ROLE ${role}`);
    }
  });
});

describe('a migrated database', () => {
  beforeEach(async () => {
    await migrate(database.url);
  });

  test('the next start applies nothing and does not wait for the lock', async () => {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });

  test('older code starts beside a migration that only adds what newer code needs', async () => {
    const directory = await copyOfMigrations();
    await mkdir(path.join(directory, '29990101000000_adds'));
    const file = path.join(directory, '29990101000000_adds/migration.sql');
    await writeFile(file, `${EXPAND}\nCREATE TABLE added ();`);
    expect(await migrate(database.url, { directory })).toEqual({ applied: ['29990101000000_adds'] });
    expect(await migrate(database.url)).toEqual({ applied: [] });
    expect(await migrate(database.url, { directory })).toEqual({ applied: [] });
    await rm(directory, { recursive: true });
  });

  test('older code rejects the database and names the unknown migration', async () => {
    await record('29990101000000_from_the_future');
    await expectRefusal(/newer than this code.*29990101000000_from_the_future/);
  });

  test('the database is rejected after an interrupted migration until it is marked as rolled back', async () => {
    await record('29990101000000_half_way', { finished: false });
    await expectRefusal(/started the migration 29990101000000_half_way and has not recorded its end/);
    await client.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL');
    expect(await migrate(database.url)).toEqual({ applied: [] });
  });

  test('the database is rejected if an applied migration was edited', async () => {
    await client.query("UPDATE _prisma_migrations SET checksum = repeat('0', 64)");
    await expectRefusal(/_init was edited/);
  });

  test('other line endings in a migration are accepted', async () => {
    const directory = await copyOfMigrations();
    for (const { name, sql } of await readMigrations(directory)) {
      await writeFile(path.join(directory, name, 'migration.sql'), sql.replaceAll('\n', '\r\n'));
    }
    expect(await migrate(database.url, { directory })).toEqual({ applied: [] });
    await rm(directory, { recursive: true });
  });
});

describe('a migration that fails', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await copyOfMigrations();
    await mkdir(path.join(directory, '29990101000000_bad'));
    await writeFile(
      path.join(directory, '29990101000000_bad/migration.sql'),
      'CREATE TABLE first (); CREATE TABLE newsletters ();',
    );
  });

  afterEach(() => rm(directory, { recursive: true }));

  test('the error names the failed migration at this and every later start, and the migration leaves nothing behind', async () => {
    const refusal = /29990101000000_bad failed: .*"newsletters" already exists/;
    await expect(migrate(database.url, { directory })).rejects.toThrow(refusal);
    await expect(migrate(database.url, { directory })).rejects.toThrow(refusal);
    expect((await client.query("SELECT to_regclass('first') AS found")).rows).toEqual([{ found: null }]);
  });

  test('the migration runs again once it is fixed as the message says', async () => {
    await expect(migrate(database.url, { directory })).rejects.toThrow(/Fix the cause, then start again/);
    await writeFile(path.join(directory, '29990101000000_bad/migration.sql'), 'CREATE TABLE second ();');
    expect(await migrate(database.url, { directory })).toEqual({ applied: ['29990101000000_bad'] });
  });
});

describe('a node that dies while it migrates', () => {
  /** Migrates by way of a proxy that cuts all connections before or after the statement `point`. Returns false if it has fewer. */
  async function migrateUntil(point: number, when: 'before' | 'after'): Promise<boolean> {
    let count = 0;
    let isCut = false;
    const tap = await startStatementTap(database.url, () => {
      isCut ||= count === point;
      count += 1;
      return !isCut || (when === 'after' && count === point + 1);
    });
    const migrated = await migrate(tap.url).then(
      () => true,
      () => false,
    );
    await tap.close();
    return !migrated || isCut;
  }

  test('the next start goes on, at whatever statement it died, and nothing has to be done by hand', async () => {
    const names = (await readMigrations()).map(({ name }) => name);
    let points = 0;
    for (const when of ['before', 'after'] as const) {
      for (let point = 0; await migrateUntil(point, when); point += 1) {
        points += 1;
        // The connection of the dead node may still hold the lock for a moment, for which the next one waits.
        await migrate(database.url);
        const { rows } = await client.query(
          'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY 1',
        );
        expect(rows.map(({ name }) => name)).toEqual(names);
        await empty();
      }
    }
    expect(points).toBeGreaterThan(3 * names.length);
  });

  async function empty(): Promise<void> {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  }
});

/** Statements that end the transaction of a migration, or cannot run in one. */
const OUTSIDE_TRANSACTIONS = /^\s*(?:BEGIN|START TRANSACTION|COMMIT|ROLLBACK|VACUUM)\b|\bCONCURRENTLY\b/im;

test('no migration has a statement that cannot run in its transaction', async () => {
  for (const { name, sql } of await readMigrations()) {
    const statements = sql.replaceAll(/^\s*--.*$/gm, '').replaceAll(/\$\$.*?\$\$|\bBEGIN ATOMIC\b/gs, '');
    expect(statements, name).not.toMatch(OUTSIDE_TRANSACTIONS);
  }
  for (const planted of ['A;\nCOMMIT;', 'CREATE INDEX CONCURRENTLY x;', 'begin;']) {
    expect(planted).toMatch(OUTSIDE_TRANSACTIONS);
  }
});

test('a database with tables of another application is rejected', async () => {
  await client.query('CREATE TABLE customers ()');
  await expectRefusal(/tables that do not belong to Masthead/);
});

test('a database from before the first release is refused with what to do', async () => {
  await migrate(database.url);
  await client.query('DELETE FROM _prisma_migrations');
  await record('20261123000000_init');
  await record('20261124080000_media_library');
  await expectRefusal(
    /not created by a release.*20261123000000_init, 20261124080000_media_library.*cannot be upgraded.*DATABASE_URL to an empty database/,
  );
});

test('the error for an unreachable server names it without the password', async () => {
  const error = await migrate('postgresql://u:secret@127.0.0.1:1/d').catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toMatch(/Cannot connect to the database d on 127\.0\.0\.1/);
  expect(String(error)).not.toContain('secret');
});

async function connect(url: string): Promise<pg.Client> {
  const connected = new pg.Client(url);
  await connected.connect();
  return connected;
}

async function expectRefusal(message: RegExp): Promise<void> {
  const error = await migrate(database.url).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(MigrationError);
  expect(String(error)).toMatch(message);
}

async function record(name: string, { finished } = { finished: true }): Promise<void> {
  await client.query(
    `INSERT INTO _prisma_migrations (id, migration_name, checksum, finished_at)
     VALUES (gen_random_uuid(), $1, repeat('0', 64), CASE WHEN $2 THEN now() END)`,
    [name, finished],
  );
}

async function copyOfMigrations(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'migrations-'));
  await cp(migrationsDirectory, directory, { recursive: true });
  return directory;
}
