import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { claimImport, deleteOldReports, releaseImport } from './claim-import.ts';
import { runImport } from './run-import.ts';

/** Delay after an error, before the import is continued */
const RETRY_DELAY_MS = 30_000;

/**
 * Returns the background task of a node that runs open imports, each from where its last worker stopped. Any number of
 * nodes may run it at the same time.
 */
export function makeImportPapers(ctx: Context, client: MetadataClient, log: FastifyBaseLogger) {
  return async function importPapers(stopping: AbortSignal): Promise<number | null> {
    while (!stopping.aborted) {
      const row = await claimImport(ctx);
      if (!row) break;
      try {
        await runImport(ctx, client, row, stopping);
        if (stopping.aborted) await releaseImport(ctx, row, 0);
      } catch (error) {
        log.error({ err: error, importId: row.id, tries: row.tries }, 'an import of papers failed');
        await releaseImport(ctx, row, RETRY_DELAY_MS);
      }
    }
    await deleteOldReports(ctx);
    return null;
  };
}
