import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import { withRowLocked } from '../../../lib/revision.ts';
import { checkItem } from '../csl/check-item.ts';
import { type Identifier, keyOf, readIdentifier } from '../identifiers/identifier.ts';
import type { IdentifierInput } from '../identifiers/identifier-schemas.ts';
import { fillGaps } from '../library/fill-gaps.ts';
import { findByIdentifiers } from '../library/find-known.ts';
import { updatePaper } from '../library/paper.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { type Found, toWanted } from '../metadata/registry/wanted.ts';
import { type PaperRow, withIdentifiers } from '../record/present.ts';
import type { PaperInput } from '../record/schemas.ts';
import { claimDuePapers, millisecondsToNextPaper } from './due-papers.ts';

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

  /** What goes wrong with one leaves the others be. */
  async function completeOne(paper: PaperRow, found: ReadonlyMap<string, Found>): Promise<void> {
    const sources = paper.identifiers.flatMap((identifier) => readSource(paper, identifier, found) ?? []);
    if (sources.length === 0) return;
    try {
      await complete(ctx, paper.id, sources);
    } catch (error) {
      log.error({ err: error, paperId: paper.id }, 'a paper could not be completed');
    }
  }

  function readSource(
    { id }: PaperRow,
    identifier: Identifier,
    found: ReadonlyMap<string, Found>,
  ): Source | null {
    const answer = found.get(keyOf(identifier));
    if (answer?.outcome !== 'found') return null;
    const checked = checkItem(answer.item);
    if ('input' in checked) return { key: keyOf(identifier), input: checked.input };
    log.warn({ paperId: id, faults: checked.faults }, 'the metadata of a paper are not usable');
    return null;
  }
}

/** What a registry says of the work that has an identifier. */
type Source = { key: string; input: PaperInput };

/** Unless it is gone or complete meanwhile; what is said of an identifier that it lost is not taken either. */
function complete(ctx: Context, id: string, sources: readonly Source[]): Promise<void> {
  return withRowLocked(ctx, 'papers', id, async (ctx) => {
    let paper = await ctx.db.paper.findUnique({ where: { id }, include: withIdentifiers });
    if (!paper?.incomplete) return;
    const own = new Set(paper.identifiers.map(keyOf));
    for (const { key, input } of sources) {
      if (!own.has(key)) continue;
      const identifiers = await freeOnes(ctx, id, input.identifiers);
      paper = await updatePaper(ctx, id, fillGaps(paper, { ...input, identifiers }), '*');
    }
  });
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
