import { z } from 'zod';
import type { Draft, Fault } from '../reading/drafts.ts';
import { normalizeRecord } from './normalize-record.ts';
import { splitObjects } from './split-objects.ts';

const object = z.record(z.string(), z.unknown());
const identity = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);

export function* readCslJson(text: string): Generator<Draft | Fault> {
  for (const piece of splitObjects(text))
    yield 'fault' in piece ? piece : readObject(piece.line, piece.source);
}

function readObject(line: number, source: string): Draft | Fault {
  if (!source.startsWith('{')) return { line, key: null, fault: 'The record is not an object.' };
  const parsed = parseJson(source);
  if (parsed === undefined) return { line, key: null, fault: 'The record is not valid JSON.' };
  const record = object.safeParse(parsed);
  if (!record.success) return { line, key: null, fault: 'The record is not an object.' };
  const key = identity.parse(record.data.id ?? record.data['citation-key'] ?? null);
  return { line, key, ...normalizeRecord(record.data) };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
