import type { Format } from '../../../bibliography/formats.ts';
import type { ImportFormat } from '../../../database/generated/client.ts';

/** The content type of each format */
export const CONTENT_TYPES = {
  'application/x-bibtex': 'bibtex',
  'application/x-research-info-systems': 'ris',
  'application/vnd.citationstyles.csl+json': 'csl-json',
} as const satisfies Record<string, Format>;

/** Other content types that programs send for these formats. */
export const CONTENT_TYPE_ALIASES = {
  'text/x-bibtex': 'bibtex',
  'application/x-bibtex-text-file': 'bibtex',
  'text/x-research-info-systems': 'ris',
  'application/citeproc+json': 'csl-json',
} as const satisfies Record<string, Format>;

/** Returns null for a list of identifiers, which is not a file. */
export function formatOf(format: ImportFormat): Format | null {
  if (format === 'identifiers') return null;
  return format === 'csl_json' ? 'csl-json' : format;
}

export function storedFormat(format: Format): ImportFormat {
  return format === 'csl-json' ? 'csl_json' : format;
}
