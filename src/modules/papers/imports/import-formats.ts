import type { Format } from '../../../bibliography/formats.ts';
import type { ImportFormat } from '../../../database/generated/client.ts';

/** How each kind of source is sent. */
export const CONTENT_TYPES = {
  'application/x-bibtex': 'bibtex',
  'application/x-research-info-systems': 'ris',
  'application/vnd.citationstyles.csl+json': 'csl-json',
} as const satisfies Record<string, Format>;

/** What other programs call them. */
export const OTHER_NAMES = {
  'text/x-bibtex': 'bibtex',
  'application/x-bibtex-text-file': 'bibtex',
  'text/x-research-info-systems': 'ris',
  'application/citeproc+json': 'csl-json',
} as const satisfies Record<string, Format>;

/** Null: not a file but a list of identifiers. */
export function formatOf(format: ImportFormat): Format | null {
  if (format === 'identifiers') return null;
  return format === 'csl_json' ? 'csl-json' : format;
}

export function storedFormat(format: Format): ImportFormat {
  return format === 'csl-json' ? 'csl_json' : format;
}
