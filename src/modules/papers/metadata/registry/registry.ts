import type { MetadataConfig } from '../../../../config.ts';

export type RegistryName = 'arxiv' | 'crossref' | 'datacite';

export type Registry = Readonly<{
  name: RegistryName;
  /** Without a trailing slash */
  base: string;
  /** The Accept header */
  accept: string;
  /** Between two requests of all nodes together */
  intervalMs: number;
}>;

/** Only tests use other values than `LIMITS`. */
export type MetadataLimits = Readonly<{
  /** For one request, including redirects and the whole body */
  requestTimeoutMs: number;
  maxWaitMs: number;
  /** Size of one response after decompression */
  maxBytes: number;
  intervalsMs: Readonly<Record<RegistryName, number>>;
}>;

export const LIMITS: MetadataLimits = {
  requestTimeoutMs: 10_000,
  maxWaitMs: 5_000,
  maxBytes: 8 * 1024 * 1024,
  intervalsMs: {
    // One request in three seconds: https://info.arxiv.org/help/api/tou.html
    arxiv: 3_000,
    // Five requests per second without a contact address:
    // https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/
    crossref: 250,
    // 500 requests in five minutes: https://support.datacite.org/docs/is-there-a-rate-limit-for-making-requests-against-the-datacite-apis
    datacite: 650,
  },
};

export function registriesOf(
  config: MetadataConfig,
  { intervalsMs }: MetadataLimits,
): Record<RegistryName, Registry> {
  return {
    arxiv: {
      name: 'arxiv',
      base: config.arxivUrl,
      accept: 'application/atom+xml',
      intervalMs: intervalsMs.arxiv,
    },
    crossref: {
      name: 'crossref',
      base: config.crossrefUrl,
      accept: 'application/json',
      intervalMs: intervalsMs.crossref,
    },
    datacite: {
      name: 'datacite',
      base: config.dataciteUrl,
      accept: 'application/vnd.api+json',
      intervalMs: intervalsMs.datacite,
    },
  };
}
