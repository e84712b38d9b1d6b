import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Format } from '../../src/bibliography/formats.ts';
import { type ReadRecord, readRecords } from '../../src/bibliography/read-records.ts';

export function readText(name: string): string {
  return readFileSync(path.resolve(import.meta.dirname, 'files', name), 'utf8');
}

export function read(text: string, format: Format): ReadRecord[] {
  return [...readRecords(text, format)];
}

/** The items of all records. Throws if a record is faulty. */
export function readItems(text: string, format: Format) {
  return read(text, format).map((record) => {
    if ('fault' in record) throw new Error(`Line ${record.line}: ${record.fault}`);
    return record.item;
  });
}
