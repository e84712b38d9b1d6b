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
 * Adapts @prisma/adapter-pg to the schema engine. Its own factory, when given a URL, connects a shadow database to the
 * real one; it drops a shadow database before it disconnects, cannot read PostgreSQL's "char" type, and splits scripts
 * at every semicolon. Also, the engine does not close its connections.
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

  /** Closes the connections that the engine left open. */
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

/** The adapter does not know "char", so this reads it as "char"[], which the engine never selects. */
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

/** The engine expects exactly one character, but PostgreSQL writes a zero byte as an empty string. */
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

/** Sends the whole script, so that PostgreSQL itself splits it into statements and runs them in one transaction. */
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
