import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { makePool } from './connections.ts';

/**
 * @prisma/adapter-pg as the schema engine needs it. Its own factory connects shadow databases to the
 * real one when it was given an address, drops them before it leaves them, cannot read PostgreSQL's
 * "char" and cuts scripts at every semicolon; and nobody closes what the engine opened.
 */
export class MigrationAdapterFactory implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  readonly #config: pg.PoolConfig;
  readonly #open = new Set<() => Promise<void>>();

  constructor(databaseUrl: string) {
    this.#config = { ...parseIntoClientConfig(databaseUrl), max: 1 };
  }

  connect(): Promise<SqlDriverAdapter> {
    const pool = makePool(this.#config);
    return this.#adapt(pool, () => pool.end());
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    const admin = makePool(this.#config);
    const database = `prisma_migrate_shadow_db_${randomUUID()}`;
    await admin.query(`CREATE DATABASE "${database}"`);
    const shadow = makePool({ ...this.#config, database });
    return this.#adapt(shadow, async () => {
      await shadow.end();
      await admin.query(`DROP DATABASE "${database}"`);
      await admin.end();
    });
  }

  /** Closes what the engine left open. */
  async close(): Promise<void> {
    for (const dispose of [...this.#open].reverse()) await dispose();
  }

  async #adapt(pool: pg.Pool, release: () => Promise<void>): Promise<SqlDriverAdapter> {
    readCharacters(pool);
    const adapter = await new PrismaPg(pool).connect();
    const dispose = async () => {
      if (this.#open.delete(dispose)) await release();
    };
    this.#open.add(dispose);
    return {
      provider: adapter.provider,
      adapterName: adapter.adapterName,
      queryRaw: async (query: SqlQuery) => restoreCharacters(await adapter.queryRaw(query)),
      executeRaw: (query: SqlQuery) => adapter.executeRaw(query),
      executeScript: (script: string) => executeScript(pool, script),
      startTransaction: (isolationLevel) => adapter.startTransaction(isolationLevel),
      getConnectionInfo: () => adapter.getConnectionInfo(),
      dispose,
    };
  }
}

const oid = { char: 18, charArray: 1002 } as const;

/** The adapter has no name for "char", so it passes as the array of it, which the engine never asks for. */
function readCharacters(pool: pg.Pool): void {
  const query = pool.query.bind(pool);
  Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      for (const field of result.fields) if (field.dataTypeID === oid.char) field.dataTypeID = oid.charArray;
      return result;
    },
  });
}

/** The engine wants one character, and PostgreSQL writes the zero byte as none. */
function restoreCharacters(result: SqlResultSet): SqlResultSet {
  const isCharacter = result.columnTypes.map((type) => type === ColumnTypeEnum.CharacterArray);
  return {
    ...result,
    columnTypes: result.columnTypes.map((type, column) =>
      isCharacter[column] ? ColumnTypeEnum.Character : type,
    ),
    rows: result.rows.map((row) =>
      row.map((value, column) => (isCharacter[column] && value === '' ? ' ' : value)),
    ),
  };
}

/** Whole, so that PostgreSQL finds the ends of the statements itself and runs them in one transaction. */
async function executeScript(pool: pg.Pool, script: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(script);
  } catch (error) {
    throw error instanceof pg.DatabaseError ? new DriverAdapterError(describe(error)) : error;
  } finally {
    client.release();
  }
}

function describe(error: pg.DatabaseError): ConstructorParameters<typeof DriverAdapterError>[0] {
  const { code = '', severity = '', message, detail, column, hint } = error;
  return { kind: 'postgres', code, severity, message, detail, column, hint };
}
