import { z } from 'zod';
import type { PaperImport, PaperImportRecord } from '../../../database/generated/client.ts';
import { formatOf } from './import-formats.ts';
import { importFault, type importRecord, type paperImport } from './import-schemas.ts';

export function presentImport(row: PaperImport): z.infer<typeof paperImport> {
  const { id, isDryRun, status, total, done, created, matched, refused } = row;
  return {
    id,
    format: formatOf(row.format) ?? 'identifiers',
    ...{ isDryRun, status, total, done },
    counts: { created, matched, refused },
    createdAt: row.createdAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

export function presentImportRecord(row: PaperImportRecord): z.infer<typeof importRecord> {
  const { importId: _importId, faults: stored, ...fields } = row;
  const faults = z.array(importFault).parse(stored);
  return row.outcome === 'refused'
    ? { ...fields, faults, notices: [] }
    : { ...fields, faults: [], notices: faults.map(({ message }) => message) };
}
