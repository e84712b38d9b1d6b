import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { withRowLocked } from '../../../revision.ts';
import { fillGaps } from '../fill-gaps.ts';
import { type IdentifierInput, readIdentifier } from '../identifier-schemas.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { checkItem } from '../imports/candidate.ts';
import { findByIdentifiers } from '../imports/find-known.ts';
import { toWanted } from '../imports/read-identifiers.ts';
import { getPaper, updatePaper } from '../paper.ts';
import type { PaperRow } from '../present.ts';
import type { PaperInput } from '../schemas.ts';
import { claimDuePapers, millisecondsToNextPaper } from './due-papers.ts';
import type { MetadataClient } from './metadata-client.ts';
import type { Found } from './wanted.ts';

/** Milliseconds; how late a paper that was imported elsewhere may be looked up. */
export const COMPLETE_PAUSE = 30_000;

/**
 * Makes the work of one node: fill what incomplete papers lack with what the registries say of them, and answer in
 * how many milliseconds to come again. What an editor typed meanwhile stays.
 */
export function makeCompletePapers(ctx: Context, client: MetadataClient, log: FastifyBaseLogger) {
  return async function completePapers(stopping: AbortSignal): Promise<number | null> {
    while (client.isEnabled && !stopping.aborted) {
      const papers = await claimDuePapers(ctx);
      if (papers.length === 0) break;
      const wanted = papers.flatMap(({ identifiers }) => identifiers.flatMap((one) => toWanted(one) ?? []));
      const found = await client.lookUp(ctx, wanted, stopping);
      for (const paper of papers) await completeOne(paper, found);
    }
    return client.isEnabled ? millisecondsToNextPaper(ctx) : null;
  };

  async function completeOne(paper: PaperRow, found: ReadonlyMap<string, Found>): Promise<void> {
    for (const identifier of paper.identifiers) {
      const answer = found.get(keyOf(identifier));
      if (answer?.outcome !== 'found') continue;
      const checked = checkItem(answer.item);
      if ('input' in checked) await complete(ctx, paper.id, checked.input);
      else log.warn({ paperId: paper.id, faults: checked.faults }, 'the metadata of a paper are not usable');
    }
  }
}

/** Null: it is gone, or complete meanwhile. */
function complete(ctx: Context, id: string, source: PaperInput): Promise<PaperRow | null> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    const paper = await getPaper(ctx, id).catch(nullIfGone);
    if (!paper) return null;
    const patch = fillGaps(paper, { ...source, identifiers: await freeOnes(ctx, id, source.identifiers) });
    return Object.keys(patch).length === 0 ? paper : updatePaper(ctx, id, patch, '*');
  });
}

function nullIfGone(error: unknown): null {
  if (error instanceof DomainError && error.kind === 'not_found') return null;
  throw error;
}

/** What another paper has is left to it: editors may merge the two. */
async function freeOnes(
  ctx: Context,
  id: string,
  inputs: readonly IdentifierInput[] = [],
): Promise<IdentifierInput[]> {
  const holders = await findByIdentifiers(
    ctx,
    inputs.flatMap((input) => readIdentifier(input) ?? []),
  );
  return inputs.filter((input) => {
    const one = readIdentifier(input);
    return one !== null && [undefined, id].includes(holders.get(keyOf(one)));
  });
}
