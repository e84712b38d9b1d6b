import { bibtexOf } from '../csl/bibtex-details.ts';
import type { CslItem, CslType } from '../csl/csl.ts';

/** Maps entry types of BibTeX and biblatex to CSL types. `entrysubtype` distinguishes CSL types that share an entry type. */

const TO_CSL: Record<string, CslType> = {
  article: 'article-journal',
  artwork: 'document',
  audio: 'speech',
  book: 'book',
  booklet: 'book',
  bookinbook: 'chapter',
  codefragment: 'software',
  collection: 'book',
  conference: 'paper-conference',
  dataset: 'dataset',
  data: 'dataset',
  electronic: 'webpage',
  inbook: 'chapter',
  incollection: 'chapter',
  inproceedings: 'paper-conference',
  inreference: 'entry-encyclopedia',
  manual: 'report',
  mastersthesis: 'thesis',
  movie: 'motion_picture',
  mvbook: 'book',
  mvcollection: 'book',
  mvproceedings: 'book',
  mvreference: 'book',
  online: 'webpage',
  patent: 'patent',
  periodical: 'periodical',
  phdthesis: 'thesis',
  preprint: 'article',
  presentation: 'speech',
  proceedings: 'book',
  reference: 'book',
  report: 'report',
  review: 'review',
  software: 'software',
  softwaremodule: 'software',
  softwareversion: 'software',
  standard: 'standard',
  suppbook: 'chapter',
  suppcollection: 'chapter',
  techreport: 'report',
  thesis: 'thesis',
  unpublished: 'article',
  video: 'motion_picture',
  www: 'webpage',
};

const SUBTYPES: Record<string, CslType> = {
  magazine: 'article-magazine',
  newspaper: 'article-newspaper',
  blog: 'post-weblog',
  speech: 'speech',
  preprint: 'article',
  document: 'document',
  journal: 'article-journal',
  webpage: 'webpage',
};

/** An entry of one of these types is a preprint if it has an eprint and no container. */
const POSSIBLE_PREPRINTS = new Set<CslType>(['document', 'article-journal', 'webpage']);

const FROM_CSL: Record<CslType, string> = {
  article: 'misc',
  'article-journal': 'article',
  'article-magazine': 'article',
  'article-newspaper': 'article',
  book: 'book',
  chapter: 'incollection',
  dataset: 'dataset',
  document: 'misc',
  'entry-encyclopedia': 'inreference',
  motion_picture: 'movie',
  'paper-conference': 'inproceedings',
  patent: 'patent',
  periodical: 'periodical',
  'post-weblog': 'online',
  report: 'techreport',
  review: 'review',
  software: 'software',
  speech: 'misc',
  standard: 'standard',
  thesis: 'thesis',
  webpage: 'online',
};

const THESES: Record<string, string> = { phdthesis: 'PhD thesis', mastersthesis: 'Master’s thesis' };

/** `isPreprint` means that the entry has an eprint and no journal or book title. */
export function readEntryType(type: string, subtype: string, isPreprint: boolean): CslType {
  const named = SUBTYPES[subtype.toLowerCase()];
  if (named !== undefined) return named;
  const found = TO_CSL[type] ?? 'document';
  return isPreprint && POSSIBLE_PREPRINTS.has(found) ? 'article' : found;
}

/** Localization keys that biblatex defines for the `type` field. */
const KINDS: Record<string, string> = {
  ...THESES,
  mathesis: 'Master’s thesis',
  bathesis: 'Bachelor’s thesis',
  candthesis: 'Candidate thesis',
  techreport: 'Technical report',
  resreport: 'Research report',
};

export function readKind(type: string): string {
  return Object.hasOwn(KINDS, type) ? (KINDS[type] ?? type) : type;
}

export function readThesis(type: string): string | null {
  return THESES[type] ?? null;
}

/** Entry types without a CSL type of their own. They are stored, so that an export repeats them. */
const KEPT_TYPES = new Set([
  'bookinbook',
  'booklet',
  'collection',
  'inbook',
  'manual',
  'mvbook',
  'mvcollection',
  'mvproceedings',
  'mvreference',
  'proceedings',
  'reference',
  'suppbook',
  'suppcollection',
  'unpublished',
]);

export function isKeptType(type: string): boolean {
  return KEPT_TYPES.has(type);
}

/** Includes a subtype only if the type alone would be read back as a different CSL type. */
export function writeEntryType(item: CslItem): { type: string; subtype: string | null } {
  if (item.type === 'thesis') return { type: writeThesis(item), subtype: null };
  const isPreprint = Boolean(item.archive && item.archive_location && !item['container-title']);
  const { entryType = '' } = bibtexOf(item);
  if (isKeptType(entryType) && readEntryType(entryType, '', isPreprint) === item.type)
    return { type: entryType, subtype: null };
  const type = FROM_CSL[item.type];
  if (readEntryType(type, '', isPreprint) === item.type) return { type, subtype: null };
  return { type, subtype: Object.entries(SUBTYPES).find(([, csl]) => csl === item.type)?.[0] ?? null };
}

function writeThesis({ genre }: CslItem): string {
  const usual = Object.entries(THESES).find(([, name]) => name === genre)?.[0];
  return usual ?? (genre === undefined ? 'thesis' : 'phdthesis');
}
