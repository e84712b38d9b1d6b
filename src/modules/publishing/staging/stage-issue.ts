import type { Context } from '../../../context.ts';
import { DomainError, type Fault } from '../../../errors.ts';
import { readStagedFingerprint, stageEdition } from '../../publications/staging/stage-edition.ts';
import { composeNext, stampEdition } from './compose-next.ts';
import { readFingerprints } from './fingerprint.ts';

/** The faults of an issue that is not ready to be published, and its fingerprint when they were found. */
export type Staging = { fingerprint: string | undefined; faults: readonly Fault[] | null };

/**
 * Composes the edition of a scheduled issue for the time when it is due. Does nothing if the edition that is staged is up to
 * date, or if the issue is not scheduled any more.
 */
export async function stageIssue(ctx: Context, id: string): Promise<Staging> {
  const fingerprint = (await readFingerprints(ctx, [id])).get(id);
  if (fingerprint === (await readStagedFingerprint(ctx, id))) return { fingerprint, faults: null };
  try {
    const composed = await composeNext(ctx, id);
    const { scheduledAt } = composed.issue;
    if (scheduledAt) await stageEdition(ctx, stampEdition(composed, scheduledAt));
    return { fingerprint, faults: null };
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not_ready')) throw error;
    return { fingerprint, faults: error.details.faults ?? [] };
  }
}
