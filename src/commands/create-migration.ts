import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startScratchPostgres } from '../database/embedded/scratch.ts';
import { migrationsDirectory, readMigrations } from '../database/migration-history.ts';
import { diffMigrations, readSchemaFiles } from '../database/schema-engine.ts';

const name = process.argv[2];
if (name === undefined || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write('Usage: npm run db:migration -- <name>, of small letters, digits and underscores\n');
  process.exitCode = 1;
} else {
  process.stdout.write(`${await createMigration(name)}\n`);
}

async function createMigration(name: string): Promise<string> {
  const sql = await diffOnScratchServer();
  if (sql === null) return 'The migrations and prisma/schema agree: there is nothing to create.';
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const directory = path.join(migrationsDirectory, `${timestamp}_${name}`);
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'migration.sql'), sql);
  return `Wrote ${path.relative('.', directory)}/migration.sql. Read it before you commit it.`;
}

/** Never on the database that the environment names. */
async function diffOnScratchServer(): Promise<string | null> {
  const server = await startScratchPostgres();
  try {
    return await diffMigrations(
      server.url,
      migrationsDirectory,
      await readMigrations(),
      await readSchemaFiles(),
    );
  } finally {
    await server.stop();
  }
}
