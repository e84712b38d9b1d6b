import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type Value = string | number | Date | readonly string[] | null | undefined;
export type Row = Value[];

export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: string,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const lines = rows.map((row) => `${row.map(encode).join('\t')}\n`);
  await pipeline(
    Readable.from([lines.join('')]),
    client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`)),
  );
}

/** Encodes a value in the text format of COPY: https://www.postgresql.org/docs/current/sql-copy.html */
function encode(value: Value): string {
  if (value === null || value === undefined) return '\\N';
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object')
    return escapeText(`{${value.map((each) => JSON.stringify(each)).join(',')}}`);
  return escapeText(String(value));
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escapeText(text: string): string {
  return text.replace(/[\\\t\n\r]/g, (character) => ESCAPES[character] ?? character);
}
