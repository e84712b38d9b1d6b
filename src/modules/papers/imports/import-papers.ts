import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { claimImport, forgetOldImports, leaveImport } from './claim-import.ts';
import { runImport } from './run-import.ts';

/** Milliseconds until an import that failed is tried again. */
const PAUSE = 30_000;

/**
 * Makes the work of one node: one import after the other, from where its last worker left it. Any number of nodes
 * may do it at once.
 */
export function makeImportPapers(ctx: Context, client: MetadataClient, log: FastifyBaseLogger) {
  return async function importPapers(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const row = await claimImport(ctx);
      if (!row) break;
      try {
        await runImport(ctx, client, row, stopping);
        if (stopping.aborted) await leaveImport(ctx, row, 0);
      } catch (error) {
        log.error({ err: error, importId: row.id, tries: row.tries }, 'an import of papers failed');
        await leaveImport(ctx, row, PAUSE);
      }
    }
    await forgetOldImports(ctx);
    return null;
  };
}
