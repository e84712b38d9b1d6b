import type { MetadataConfig } from '../../../config.ts';
import { type Context, isTransaction } from '../../../context.ts';
import { VERSION } from '../../../lib/version.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { lookUpAtArxiv, MAX_IDS_PER_REQUEST } from './arxiv/look-up-at-arxiv.ts';
import { lookUpAtCrossref } from './crossref/look-up-at-crossref.ts';
import { lookUpAtDatacite } from './datacite/look-up-at-datacite.ts';
import { readAnswers, type StoredAnswer, storeAnswers } from './registry/answers.ts';
import type { LookUpRun } from './registry/ask-registry.ts';
import {
  LIMITS,
  type MetadataLimits,
  type Registry,
  type RegistryName,
  registriesOf,
} from './registry/registry.ts';
import { isIdentifier, type LookUpAnswer, type RegistryIdentifier } from './registry/registry-identifier.ts';
import { Unavailable } from './registry/unavailable.ts';

export type { LookUpAnswer, RegistryIdentifier } from './registry/registry-identifier.ts';

export type MetadataClient = {
  /** If false, every look-up is answered as unavailable. */
  isEnabled: boolean;
  /**
   * Returns an answer for each identifier, by `keyOf`. Failures of registries and of the network are outcomes, not
   * errors. It is slow, because requests are rate-limited and each is for at most 50 arXiv ids or one DOI. So it must not
   * be called in a transaction.
   */
  lookUp(
    ctx: Context,
    wanted: readonly RegistryIdentifier[],
    signal: AbortSignal,
  ): Promise<Map<string, LookUpAnswer>>;
};

export function makeMetadataClient(config: MetadataConfig, limits: MetadataLimits = LIMITS): MetadataClient {
  const registries = registriesOf(config, limits);
  const userAgent = makeUserAgent(config);
  return {
    isEnabled: config.isEnabled,
    async lookUp(ctx, wanted, signal) {
      if (!config.isEnabled) return answerAll(wanted, { outcome: 'unavailable', reason: 'switched off' });
      if (isTransaction(ctx)) throw new TypeError('Registries must not be queried in a transaction');
      const run = { ctx, signal, limits, userAgent, failures: new Map() };
      return lookUp(run, registries, config.contact, wanted);
    },
  };
}

/** Crossref asks for a contact in the User-Agent header. */
function makeUserAgent({ site, contact }: MetadataConfig): string {
  const known = [
    ...(site === null ? [] : [publicUrlOf(site)]),
    ...(contact === null ? [] : [`mailto:${contact}`]),
  ];
  return [`Masthead/${VERSION}`, ...(known.length > 0 ? [`(${known.join('; ')})`] : [])].join(' ');
}

/** In ASCII, and without user name and password. */
function publicUrlOf(site: string): string {
  const { origin, pathname } = new URL(site);
  return origin + pathname.replace(/\/$/, '');
}

async function lookUp(
  run: LookUpRun,
  registries: Record<RegistryName, Registry>,
  contact: string | null,
  wanted: readonly RegistryIdentifier[],
): Promise<Map<string, LookUpAnswer>> {
  const answers = answerAll(wanted, { outcome: 'unknown' });
  const askable = [...new Map(wanted.filter(isIdentifier).map((one) => [keyOf(one), one])).values()];
  const kept = await readAnswers(run.ctx, askable);
  const open = askable.filter((one) => !kept.has(keyOf(one)));
  for (const [key, answer] of kept) answers.set(key, answer);
  for (const batch of inBatches(open)) {
    const found = await askFor(batch, run, registries, contact);
    for (const [one, answer] of found) answers.set(keyOf(one), answer);
    await storeAnswers(run.ctx, found.filter(isStorable));
  }
  return answers;
}

function answerAll(wanted: readonly RegistryIdentifier[], answer: LookUpAnswer): Map<string, LookUpAnswer> {
  return new Map(wanted.map((one) => [keyOf(one), answer]));
}

/** Splits the identifiers into batches for one request each. */
function* inBatches(wanted: readonly RegistryIdentifier[]): Generator<RegistryIdentifier[]> {
  const ids = wanted.filter(({ scheme }) => scheme === 'arxiv');
  for (let start = 0; start < ids.length; start += MAX_IDS_PER_REQUEST)
    yield ids.slice(start, start + MAX_IDS_PER_REQUEST);
  for (const one of wanted) if (one.scheme === 'doi') yield [one];
}

type Answered = [RegistryIdentifier, LookUpAnswer];

async function askFor(
  batch: readonly RegistryIdentifier[],
  run: LookUpRun,
  { arxiv, crossref, datacite }: Record<RegistryName, Registry>,
  contact: string | null,
): Promise<Answered[]> {
  try {
    const [first] = batch;
    if (first?.scheme !== 'doi') return await askArxiv(batch, run, arxiv);
    const item =
      (await lookUpAtCrossref(run, crossref, first.value, contact)) ??
      (await lookUpAtDatacite(run, datacite, first.value));
    return [[first, item === null ? { outcome: 'unknown' } : { outcome: 'found', item }]];
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return batch.map((one) => [one, { outcome: 'unavailable', reason: error.message }]);
  }
}

async function askArxiv(
  batch: readonly RegistryIdentifier[],
  run: LookUpRun,
  arxiv: Registry,
): Promise<Answered[]> {
  const ids = batch.map(({ value }) => value);
  const found = await lookUpAtArxiv(run, arxiv, ids);
  return batch.map((one) => [one, found(one.value)]);
}

function isStorable(answered: Answered): answered is [RegistryIdentifier, StoredAnswer] {
  return answered[1].outcome !== 'unavailable';
}
