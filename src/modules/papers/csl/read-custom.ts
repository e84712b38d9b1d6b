import { z } from 'zod';
import { type BibtexDetails, bibtexDetails } from '../../../bibliography/csl/bibtex-details.ts';
import type { CslItem } from '../../../bibliography/csl/csl.ts';
import { parseIdentifier } from '../identifiers/identifier.ts';
import { MAX_LINKS, MAX_RESULTS, paperLink, reportedResult } from '../record/schemas.ts';
import { MAX_STATUSES, statusInput } from '../record/status-schemas.ts';

const LISTS = {
  identifiers: {
    entry: z
      .string()
      .max(2_100)
      .refine((text) => parseIdentifier(text) !== null),
    most: 100,
  },
  links: { entry: paperLink, most: MAX_LINKS },
  results: { entry: reportedResult, most: MAX_RESULTS },
  statuses: { entry: statusInput, most: MAX_STATUSES },
} as const;

export type Custom = {
  licence?: string;
  bibtex?: BibtexDetails;
  identifiers?: string[];
  links?: z.infer<typeof paperLink>[];
  results?: z.infer<typeof reportedResult>[];
  statuses?: z.infer<typeof statusInput>[];
};

const licence = z.string().trim().min(1).max(300);

/** Reads the entries of `custom` that Masthead writes. Other tools may write anything, so invalid entries are skipped. */
export function readCustom(custom: CslItem['custom'] = {}): { own: Custom; ignored: string[] } {
  const own: Custom = {};
  const ignored: string[] = [];
  for (const [name, value] of Object.entries(custom)) {
    if (!takeEntry(own, name, value)) ignored.push(`custom.${name}`);
  }
  return { own, ignored };
}

/** Returns false if some part of the entry was skipped. */
function takeEntry(own: Custom, name: string, value: unknown): boolean {
  if (name === 'licence') return takeLicence(own, value);
  return name === 'bibtex' ? takeBibtex(own, value) : takeList(own, name, value);
}

function takeBibtex(own: Custom, value: unknown): boolean {
  const { data } = bibtexDetails.safeParse(value);
  if (data !== undefined) own.bibtex = data;
  return data !== undefined;
}

function takeLicence(own: Custom, value: unknown): boolean {
  const { data } = licence.safeParse(value);
  if (data !== undefined) own.licence = data;
  return data !== undefined;
}

function takeList(own: Custom, name: string, value: unknown): boolean {
  if (!isList(name) || !Array.isArray(value)) return false;
  const { entry, most } = LISTS[name];
  // A hostile list may be long. What is not parsed counts as skipped.
  const entries = value
    .slice(0, 2 * most)
    .flatMap((one) => entry.safeParse(one).data ?? [])
    .slice(0, most);
  if (entries.length > 0) Object.assign(own, { [name]: entries });
  return entries.length === value.length;
}

function isList(name: string): name is keyof typeof LISTS {
  return Object.hasOwn(LISTS, name);
}
