/** Runs Prisma Migrate's engine in WebAssembly on the pg driver, to write migrations. It needs no binary. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { MigrationList, SchemaContainer, SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { MigrationAdapterFactory } from './migration-adapter.ts';
import type { Migration } from './migration-history.ts';

/**
 * Returns the SQL that changes the schema of the migrations to that of the schema files, or null if they are the same.
 * It creates a shadow database on the same server, so the user must be allowed to create databases.
 */
export function diffMigrations(
  databaseUrl: string,
  directory: string,
  migrations: Migration[],
  schemaFiles: SchemaContainer[],
): Promise<string | null> {
  return withEngine(databaseUrl, async (engine) => {
    const { exitCode, stdout } = await engine.diff({
      from: { tag: 'migrations', ...listMigrations(directory, migrations) },
      to: { tag: 'schemaDatamodel', files: schemaFiles },
      script: true,
      exitCode: true,
      filters,
    });
    return exitCode === 0 ? null : stdout;
  });
}

export async function readSchemaFiles(): Promise<SchemaContainer[]> {
  const names = (await readdir(schemaDirectory)).filter((name) => name.endsWith('.prisma'));
  return Promise.all(
    names.sort().map(async (name) => ({
      path: path.join(schemaDirectory, name),
      content: await readFile(path.join(schemaDirectory, name), 'utf8'),
    })),
  );
}

const schemaDirectory = path.resolve(import.meta.dirname, '../../prisma/schema');

/** Prisma ignores no tables and no enums. */
const filters = { externalTables: [], externalEnums: [] };

function listMigrations(baseDir: string, migrations: Migration[]): MigrationList {
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/** Closes every connection that the engine leaves open. */
async function withEngine<T>(databaseUrl: string, use: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  await loadEngine();
  const adapters = new MigrationAdapterFactory(databaseUrl);
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(adapters);
    const engine = await bindings.SchemaEngine.new({ datamodels: [datasource] }, () => {}, bound);
    try {
      return await use(engine);
    } finally {
      engine.free();
    }
  } finally {
    await adapters.close();
  }
}

const datasource: [path: string, content: string] = [
  'main.prisma',
  'datasource db { provider = "postgresql" }',
];

let loading: Promise<void> | null = null;

/** Loads the WebAssembly without `import`, for which Node prints a warning that it is experimental. */
function loadEngine(): Promise<void> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<void> {
  const glue = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasm = await readFile(path.join(path.dirname(glue), 'schema_engine_bg.wasm'));
  const imports = Object.fromEntries(Object.entries(bindings).map(letExit));
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': imports });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/** The engine leaves a timer of 10 seconds, which must not keep the process alive. */
function letExit([name, binding]: [string, unknown]): [string, unknown] {
  if (!name.startsWith('__wbg_setTimeout_') || typeof binding !== 'function') return [name, binding];
  return [name, (...args: unknown[]) => binding(...args).unref()];
}

/** TypeScript declares it only in its library for browsers. */
declare const WebAssembly: {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: EngineExports } }>;
};

type EngineExports = { __wbindgen_start(): void };
