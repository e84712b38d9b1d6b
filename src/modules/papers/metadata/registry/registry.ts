import type { MetadataConfig } from '../../../../config.ts';

export type RegistryName = 'arxiv' | 'crossref' | 'datacite';

export type Registry = Readonly<{
  name: RegistryName;
  /** Without a trailing slash. */
  base: string;
  /** The type of its answers. */
  accept: string;
  /** Milliseconds between two requests of all nodes together. */
  interval: number;
}>;

/** Tests have limits of their own; the process has no others than LIMITS. */
export type MetadataLimits = Readonly<{
  /** Milliseconds for one request, redirects and the last byte of its answer included. */
  request: number;
  /** Milliseconds that a request waits for its slot. */
  wait: number;
  /** Of one answer, unpacked. */
  bytes: number;
  intervals: Readonly<Record<RegistryName, number>>;
}>;

export const LIMITS: MetadataLimits = {
  request: 10_000,
  wait: 5_000,
  bytes: 8 * 1024 * 1024,
  intervals: {
    // https://info.arxiv.org/help/api/tou.html: one in three seconds.
    arxiv: 3_000,
    // Who gives no e-mail address may ask five times a second:
    // https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
    crossref: 250,
    // And 500 times in five minutes: https://support.datacite.org/docs/is-there-a-rate-limit-for-making-requests-against-the-datacite-apis
    datacite: 650,
  },
};

export function registriesOf(
  config: MetadataConfig,
  { intervals }: MetadataLimits,
): Record<RegistryName, Registry> {
  return {
    arxiv: {
      name: 'arxiv',
      base: config.arxivUrl,
      accept: 'application/atom+xml',
      interval: intervals.arxiv,
    },
    crossref: {
      name: 'crossref',
      base: config.crossrefUrl,
      accept: 'application/json',
      interval: intervals.crossref,
    },
    datacite: {
      name: 'datacite',
      base: config.dataciteUrl,
      accept: 'application/vnd.api+json',
      interval: intervals.datacite,
    },
  };
}
