import type { MetadataConfig } from '../../../config.ts';
import { type Context, isTransaction } from '../../../context.ts';
import { VERSION } from '../../../lib/version.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { lookUpAtArxiv, MAX_IDS_PER_REQUEST } from './arxiv/look-up-at-arxiv.ts';
import { lookUpAtCrossref } from './crossref/look-up-at-crossref.ts';
import { lookUpAtDatacite } from './datacite/look-up-at-datacite.ts';
import { readAnswers, type StoredAnswer, storeAnswers } from './registry/answers.ts';
import type { Visit } from './registry/ask-registry.ts';
import {
  LIMITS,
  type MetadataLimits,
  type Registry,
  type RegistryName,
  registriesOf,
} from './registry/registry.ts';
import { type Found, isIdentifier, type RegistryIdentifier } from './registry/registry-identifier.ts';
import { Unavailable } from './registry/unavailable.ts';

export type { Found, RegistryIdentifier } from './registry/registry-identifier.ts';

export type MetadataClient = {
  /** If false, every look-up is answered as unavailable. */
  isEnabled: boolean;
  /**
   * Returns an answer for each identifier, by `${scheme}:${value}`. Failures of registries and of the network are
   * outcomes, not errors. It is slow: a request is for 50 arXiv ids or one DOI, and there are a few requests per second.
   * So it must not be called in a transaction.
   */
  lookUp(
    ctx: Context,
    wanted: readonly RegistryIdentifier[],
    signal: AbortSignal,
  ): Promise<Map<string, Found>>;
};

export function makeMetadataClient(config: MetadataConfig, limits: MetadataLimits = LIMITS): MetadataClient {
  const registries = registriesOf(config, limits);
  const userAgent = makeUserAgent(config);
  return {
    isEnabled: config.isEnabled,
    async lookUp(ctx, wanted, signal) {
      if (!config.isEnabled) return answerAll(wanted, { outcome: 'unavailable', reason: 'switched off' });
      if (isTransaction(ctx)) throw new TypeError('Registries must not be queried in a transaction');
      const visit = { ctx, signal, limits, userAgent, failures: new Map() };
      return lookUp(visit, registries, config.contact, wanted);
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
  visit: Visit,
  registries: Record<RegistryName, Registry>,
  contact: string | null,
  wanted: readonly RegistryIdentifier[],
): Promise<Map<string, Found>> {
  const answers = answerAll(wanted, { outcome: 'unknown' });
  const askable = [...new Map(wanted.filter(isIdentifier).map((one) => [keyOf(one), one])).values()];
  const kept = await readAnswers(visit.ctx, askable);
  const open = askable.filter((one) => !kept.has(keyOf(one)));
  for (const [key, answer] of kept) answers.set(key, answer);
  for (const batch of inBatches(open)) {
    const found = await askFor(batch, visit, registries, contact);
    for (const [one, answer] of found) answers.set(keyOf(one), answer);
    await storeAnswers(visit.ctx, found.filter(isStorable));
  }
  return answers;
}

function answerAll(wanted: readonly RegistryIdentifier[], answer: Found): Map<string, Found> {
  return new Map(wanted.map((one) => [keyOf(one), answer]));
}

/** Splits the identifiers into batches for one request each. */
function* inBatches(wanted: readonly RegistryIdentifier[]): Generator<RegistryIdentifier[]> {
  const ids = wanted.filter(({ scheme }) => scheme === 'arxiv');
  for (let start = 0; start < ids.length; start += MAX_IDS_PER_REQUEST)
    yield ids.slice(start, start + MAX_IDS_PER_REQUEST);
  for (const one of wanted) if (one.scheme === 'doi') yield [one];
}

type Answered = [RegistryIdentifier, Found];

async function askFor(
  batch: readonly RegistryIdentifier[],
  visit: Visit,
  { arxiv, crossref, datacite }: Record<RegistryName, Registry>,
  contact: string | null,
): Promise<Answered[]> {
  try {
    const [first] = batch;
    if (first?.scheme !== 'doi') return await askArxiv(batch, visit, arxiv);
    const item =
      (await lookUpAtCrossref(visit, crossref, first.value, contact)) ??
      (await lookUpAtDatacite(visit, datacite, first.value));
    return [[first, item === null ? { outcome: 'unknown' } : { outcome: 'found', item }]];
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    return batch.map((one) => [one, { outcome: 'unavailable', reason: error.message }]);
  }
}

async function askArxiv(
  batch: readonly RegistryIdentifier[],
  visit: Visit,
  arxiv: Registry,
): Promise<Answered[]> {
  const ids = batch.map(({ value }) => value);
  const found = await lookUpAtArxiv(visit, arxiv, ids);
  return batch.map((one) => [one, found(one.value)]);
}

function isStorable(answered: Answered): answered is [RegistryIdentifier, StoredAnswer] {
  return answered[1].outcome !== 'unavailable';
}
