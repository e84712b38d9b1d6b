import { z } from 'zod';
import type { Draft, Fault } from '../reading/drafts.ts';
import { cutObjects } from './cut-objects.ts';
import { straighten } from './straighten.ts';

const object = z.record(z.string(), z.unknown());
const identity = z
  .union([z.string(), z.number().transform(String)])
  .nullable()
  .catch(null);

export function* readCslJson(text: string): Generator<Draft | Fault> {
  for (const piece of cutObjects(text)) yield 'fault' in piece ? piece : readObject(piece.line, piece.source);
}

function readObject(line: number, source: string): Draft | Fault {
  if (!source.startsWith('{')) return { line, key: null, fault: 'The record is no object.' };
  const parsed = parseJson(source);
  if (parsed === undefined) return { line, key: null, fault: 'The record is no valid JSON.' };
  const record = object.safeParse(parsed);
  if (!record.success) return { line, key: null, fault: 'The record is no object.' };
  const key = identity.parse(record.data.id ?? record.data['citation-key'] ?? null);
  return { line, key, ...straighten(record.data) };
}

function parseJson(source: string): unknown {
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}
