import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { checkItem } from '../csl/check-item.ts';
import { type Identifier, keyOf, readIdentifier } from '../identifiers/identifier.ts';
import type { IdentifierInput } from '../identifiers/identifier-schemas.ts';
import { changeLockedPapers, lockPapersForChange } from '../library/change-paper.ts';
import { fillGapsFrom, type PaperSource } from '../library/fill-gaps.ts';
import { findByIdentifiers } from '../library/find-known.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { type Found, toWanted } from '../metadata/registry/wanted.ts';
import type { PaperRow } from '../record/present.ts';
import { claimDuePapers, millisecondsToNextPaper } from './due-papers.ts';

/** How late a node looks up a paper that another node imported. */
export const COMPLETION_INTERVAL_MS = 30_000;

/**
 * Makes the background work of one node: it fills the gaps of incomplete papers with what the registries say, and
 * returns the milliseconds until the next paper is due. What an editor typed meanwhile stays.
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

  /** A failure with one paper does not keep the others from completion. */
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
    if ('input' in checked) return { key: keyOf(identifier), input: checked.input, isIncomplete: false };
    log.warn({ paperId: id, faults: checked.faults }, 'the metadata of a paper cannot be used');
    return null;
  }
}

/** What a registry says of the work with an identifier. `key` is the identifier as `keyOf` writes it. */
type Source = PaperSource & { key: string };

/** Does nothing if the paper is gone or complete meanwhile, and ignores what was said of an identifier that it lost. */
function complete(ctx: Context, id: string, sources: readonly Source[]): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    const [paper] = await lockPapersForChange(ctx, [id]);
    if (!paper?.incomplete) return;
    const own = new Set(paper.identifiers.map(keyOf));
    const usable = await withFreeIdentifiers(
      ctx,
      id,
      sources.filter(({ key }) => own.has(key)),
    );
    if (usable.length === 0) return;
    const { changes } = fillGapsFrom(paper, usable);
    await changeLockedPapers(ctx, [{ before: paper, changes }]);
  });
}

/** An identifier that another paper has stays there: editors may merge the two. */
async function withFreeIdentifiers(ctx: Context, id: string, sources: readonly Source[]): Promise<Source[]> {
  const given = sources.flatMap(({ input }) => input.identifiers ?? []);
  const holders = await findByIdentifiers(
    ctx,
    given.flatMap((one) => readIdentifier(one) ?? []),
  );
  const isFree = (one: IdentifierInput) => {
    const identifier = readIdentifier(one);
    return identifier !== null && [undefined, id].includes(holders.get(keyOf(identifier)));
  };
  return sources.map((source) => {
    const identifiers = (source.input.identifiers ?? []).filter(isFree);
    return { ...source, input: { ...source.input, identifiers } };
  });
}
