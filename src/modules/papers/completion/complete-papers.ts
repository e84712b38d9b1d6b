import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../../context.ts';
import { checkItem } from '../csl/check-item.ts';
import { type Identifier, keyOf, readIdentifier } from '../identifiers/identifier.ts';
import type { IdentifierInput } from '../identifiers/identifier-schemas.ts';
import { changeLockedPapers } from '../library/change-paper.ts';
import { fillGapsFrom, type PaperSource } from '../library/fill-gaps.ts';
import { findByIdentifiers } from '../library/find-known.ts';
import { lockPapersForChange } from '../library/lock-papers.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { type LookUpAnswer, toRegistryIdentifier } from '../metadata/registry/registry-identifier.ts';
import type { PaperRow } from '../record/present.ts';
import { claimDuePapers, msUntilNextPaper } from './due-papers.ts';

/** The longest delay before a node looks up a paper that another node has imported. */
export const COMPLETION_INTERVAL_MS = 30_000;

/**
 * Returns the background task of a node that fills the gaps of incomplete papers with the metadata of registries, and
 * resolves to the milliseconds until the next paper is due. Values that an editor has entered are kept.
 */
export function makeCompletePapers(ctx: Context, client: MetadataClient, log: FastifyBaseLogger) {
  return async function completePapers(stopping: AbortSignal): Promise<number | null> {
    while (client.isEnabled && !stopping.aborted) {
      const papers = await claimDuePapers(ctx);
      if (papers.length === 0) break;
      const wanted = papers.flatMap(({ identifiers }) =>
        identifiers.flatMap((one) => toRegistryIdentifier(one) ?? []),
      );
      const found = await client.lookUp(ctx, wanted, stopping);
      for (const paper of papers) await completeOne(paper, found);
    }
    return client.isEnabled ? msUntilNextPaper(ctx) : null;
  };

  /** An error in one paper must not prevent the completion of the others. */
  async function completeOne(paper: PaperRow, found: ReadonlyMap<string, LookUpAnswer>): Promise<void> {
    const sources = paper.identifiers.flatMap((identifier) => readSource(paper, identifier, found) ?? []);
    if (sources.length === 0) return;
    try {
      await complete(ctx, paper.id, sources);
    } catch (error) {
      log.error({ err: error, paperId: paper.id }, 'completing a paper failed');
    }
  }

  function readSource(
    { id }: PaperRow,
    identifier: Identifier,
    found: ReadonlyMap<string, LookUpAnswer>,
  ): Source | null {
    const answer = found.get(keyOf(identifier));
    if (answer?.outcome !== 'found') return null;
    const checked = checkItem(answer.item);
    if ('input' in checked) return { key: keyOf(identifier), input: checked.input, isIncomplete: false };
    log.warn(
      { paperId: id, faults: checked.faults },
      'the metadata from a registry is not valid for a paper',
    );
    return null;
  }
}

/** The metadata of a registry. `key` is `keyOf` of the identifier that was looked up. */
type Source = PaperSource & { key: string };

/** Does nothing if the paper was deleted or completed in the meantime. Ignores identifiers that it no longer has. */
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

/** Drops identifiers that another paper has. An editor can merge the two papers. */
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
