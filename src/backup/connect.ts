import type pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { makeClient } from '../database/connections.ts';
import { BackupError } from './backup-error.ts';

const CONNECT_TIMEOUT_MS = 15_000;
/** Longer than a migration of an empty database, and than most statements of a node. */
const LOCK_TIMEOUT_MS = 60_000;

/** As pg_dump sets them, so that the text of a value does not depend on the configuration of the server. */
const SETTINGS = `
  SET client_encoding = 'UTF8'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres'; SET timezone = 'UTC';
  SET extra_float_digits = 1; SET bytea_output = 'hex';
  SET lock_timeout = ${LOCK_TIMEOUT_MS}; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0`;

/** PostgreSQL 17 added it. */
const NO_TRANSACTION_TIMEOUT =
  "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'";

/** Opens a session without time limits, except for locks, and closes it when `use` has ended. */
export async function withConnection<T>(
  databaseUrl: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = makeClient({
    ...parseIntoClientConfig(databaseUrl),
    application_name: 'masthead backup',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  await client.connect().catch((error: NodeJS.ErrnoException) => {
    // If the host has several IP addresses and all fail, the error has a code but no message.
    const reason = error.message || error.code;
    throw new BackupError(`Cannot connect to the database ${client.database} on ${client.host}: ${reason}`, {
      cause: error,
    });
  });
  try {
    await client.query(SETTINGS);
    await client.query(NO_TRANSACTION_TIMEOUT);
    return await use(client);
  } finally {
    await client.end();
  }
}
