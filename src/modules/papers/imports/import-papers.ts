import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { claimImport, deleteOldReports, leaveImport } from './claim-import.ts';
import { runImport } from './run-import.ts';

/** Until an import that failed is tried again. */
const RETRY_PAUSE_MS = 30_000;

/**
 * Makes the background work of one node: it runs open imports, each from where its last worker left it. Any number of
 * nodes may do this at once.
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
        await leaveImport(ctx, row, RETRY_PAUSE_MS);
      }
    }
    await deleteOldReports(ctx);
    return null;
  };
}
