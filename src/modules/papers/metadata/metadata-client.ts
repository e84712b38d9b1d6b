import type { MetadataConfig } from '../../../config.ts';
import { type Context, isTransaction } from '../../../context.ts';
import { VERSION } from '../../../lib/version.ts';
import { keyOf } from '../identifiers/identifier.ts';
import { lookUpAtArxiv, MOST_IDS } from './arxiv/look-up-at-arxiv.ts';
import { lookUpAtCrossref } from './crossref/look-up-at-crossref.ts';
import { lookUpAtDatacite } from './datacite/look-up-at-datacite.ts';
import { type KeptAnswer, keepAnswers, readAnswers } from './registry/answers.ts';
import type { Visit } from './registry/ask-registry.ts';
import {
  LIMITS,
  type MetadataLimits,
  type Registry,
  type RegistryName,
  registriesOf,
} from './registry/registry.ts';
import { Unavailable } from './registry/unavailable.ts';
import { type Found, isIdentifier, type Wanted } from './registry/wanted.ts';

export type { Found, Wanted } from './registry/wanted.ts';

export type MetadataClient = {
  /** Switched off it answers that all is unavailable. */
  isEnabled: boolean;
  /**
   * An answer for each, by `${scheme}:${value}`. What goes wrong at a registry or on the way to it is an outcome,
   * never an error. Takes its time: 50 arXiv ids or one DOI for each request, a few requests a second. Not
   * for an open transaction, which would stay open as long.
   */
  lookUp(ctx: Context, wanted: readonly Wanted[], signal: AbortSignal): Promise<Map<string, Found>>;
};

export function makeMetadataClient(config: MetadataConfig, limits: MetadataLimits = LIMITS): MetadataClient {
  const registries = registriesOf(config, limits);
  const userAgent = describeUs(config);
  return {
    isEnabled: config.isEnabled,
    async lookUp(ctx, wanted, signal) {
      if (!config.isEnabled) return answerAll(wanted, { outcome: 'unavailable', reason: 'switched off' });
      if (isTransaction(ctx)) throw new TypeError('Nobody is asked while a transaction is open');
      const visit = { ctx, signal, limits, userAgent, failures: new Map() };
      return lookUp(visit, registries, config.contact, wanted);
    },
  };
}

/** As Crossref wants it: with the address of who can be asked to stop. */
function describeUs({ site, contact }: MetadataConfig): string {
  const known = [
    ...(site === null ? [] : [bareAddress(site)]),
    ...(contact === null ? [] : [`mailto:${contact}`]),
  ];
  return [`Masthead/${VERSION}`, ...(known.length > 0 ? [`(${known.join('; ')})`] : [])].join(' ');
}

/** In ASCII, and without a name and a password. */
function bareAddress(site: string): string {
  const { origin, pathname } = new URL(site);
  return origin + pathname.replace(/\/$/, '');
}

async function lookUp(
  visit: Visit,
  registries: Record<RegistryName, Registry>,
  contact: string | null,
  wanted: readonly Wanted[],
): Promise<Map<string, Found>> {
  const answers = answerAll(wanted, { outcome: 'unknown' });
  const askable = [...new Map(wanted.filter(isIdentifier).map((one) => [keyOf(one), one])).values()];
  const kept = await readAnswers(visit.ctx, askable);
  const open = askable.filter((one) => !kept.has(keyOf(one)));
  for (const [key, answer] of kept) answers.set(key, answer);
  for (const batch of inBatches(open)) {
    const found = await askFor(batch, visit, registries, contact);
    for (const [one, answer] of found) answers.set(keyOf(one), answer);
    await keepAnswers(visit.ctx, found.filter(isKept));
  }
  return answers;
}

function answerAll(wanted: readonly Wanted[], answer: Found): Map<string, Found> {
  return new Map(wanted.map((one) => [keyOf(one), answer]));
}

/** Of what one request can ask for. */
function* inBatches(wanted: readonly Wanted[]): Generator<Wanted[]> {
  const ids = wanted.filter(({ scheme }) => scheme === 'arxiv');
  for (let start = 0; start < ids.length; start += MOST_IDS) yield ids.slice(start, start + MOST_IDS);
  for (const one of wanted) if (one.scheme === 'doi') yield [one];
}

type Answered = [Wanted, Found];

async function askFor(
  batch: readonly Wanted[],
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

async function askArxiv(batch: readonly Wanted[], visit: Visit, arxiv: Registry): Promise<Answered[]> {
  const ids = batch.map(({ value }) => value);
  const found = await lookUpAtArxiv(visit, arxiv, ids);
  return batch.map((one) => [one, found(one.value)]);
}

function isKept(answered: Answered): answered is [Wanted, KeptAnswer] {
  return answered[1].outcome !== 'unavailable';
}
