/** `npm run db:migration -- <name>` writes a migration for the changes in prisma/schema. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startScratchPostgres } from '../database/embedded/scratch.ts';
import { migrationsDirectory, readMigrations } from '../database/migration-history.ts';
import { diffMigrations, readSchemaFiles } from '../database/schema-engine.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const name = process.argv[2] ?? '';
  if (!/^[a-z0-9_]+$/.test(name)) {
    process.exitCode = 1;
    return 'Usage: npm run db:migration -- <name>\nThe name may have lower-case letters, digits and underscores.';
  }
  const sql = await diffOnScratchServer();
  return sql === null ? 'Nothing to create: the migrations match prisma/schema.' : writeMigration(name, sql);
});

/** Uses a temporary server, never the database of DATABASE_URL. */
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

async function writeMigration(name: string, sql: string): Promise<string> {
  const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const file = path.join(migrationsDirectory, `${timestamp}_${name}`, 'migration.sql');
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, sql);
  return `Wrote ${path.relative('.', file)}. Review it before you commit it.`;
}
