import type { CslType } from '../csl/csl.ts';
import type { NameVariable, TextVariable } from '../csl/variables.ts';

/** Maps CSL variables to RIS tags. All tags are read; only the first is written. */

export const TEXTS: readonly (readonly [TextVariable, readonly string[]])[] = [
  ['title', ['TI', 'T1', 'CT']],
  ['title-short', ['ST']],
  ['container-title-short', ['J2', 'JA']],
  ['collection-title', ['T3']],
  ['volume', ['VL']],
  ['issue', ['IS']],
  ['number', ['M1', 'C7']],
  ['number-of-volumes', ['NV']],
  ['section', ['SE']],
  ['publisher', ['PB']],
  ['publisher-place', ['CY', 'PP']],
  ['genre', ['M3']],
  ['language', ['LA']],
  ['source', ['DP']],
];

export const CONTAINERS = ['T2', 'JF', 'JO', 'BT', 'JA', 'J2'] as const;

export const NAMES: readonly (readonly [NameVariable, readonly string[]])[] = [
  ['author', ['AU', 'A1']],
  ['editor', ['A2', 'ED']],
  ['collection-editor', ['A3']],
  ['translator', ['A4']],
];

const OTHER_TAGS = [
  'AB',
  'AD',
  'AN',
  'AV',
  'BT',
  'C1',
  'C2',
  'C3',
  'C4',
  'C5',
  'C6',
  'C8',
  'CA',
  'CN',
  'DA',
  'DB',
  'DO',
  'EP',
  'ER',
  'ET',
  'FAU',
  'ID',
  'IP',
  'JF',
  'JO',
  'KW',
  'L1',
  'L2',
  'L3',
  'L4',
  'LB',
  'LK',
  'M2',
  'N1',
  'N2',
  'OP',
  'PY',
  'RI',
  'RN',
  'RP',
  'SN',
  'SP',
  'T2',
  'TA',
  'TT',
  'TY',
  'U1',
  'U2',
  'U3',
  'U4',
  'U5',
  'UR',
  'VO',
  'Y1',
  'Y2',
];
const KNOWN_TAGS = new Set([
  ...TEXTS.flatMap(([, tags]) => tags),
  ...NAMES.flatMap(([, tags]) => tags),
  ...OTHER_TAGS,
]);

export function isKnownTag(tag: string): boolean {
  return KNOWN_TAGS.has(tag);
}

const TO_CSL: Record<string, CslType> = {
  ABST: 'article-journal',
  AGGR: 'dataset',
  BLOG: 'post-weblog',
  BOOK: 'book',
  CHAP: 'chapter',
  COMP: 'software',
  CONF: 'paper-conference',
  CPAPER: 'paper-conference',
  DATA: 'dataset',
  DBASE: 'dataset',
  DICT: 'entry-encyclopedia',
  EBOOK: 'book',
  ECHAP: 'chapter',
  EDBOOK: 'book',
  EJOUR: 'article-journal',
  ELEC: 'webpage',
  ENCYC: 'entry-encyclopedia',
  GEN: 'document',
  INPR: 'article',
  JFULL: 'periodical',
  JOUR: 'article-journal',
  JOURN: 'article-journal',
  MANSCPT: 'article',
  MGZN: 'article-magazine',
  NEWS: 'article-newspaper',
  PAT: 'patent',
  RPRT: 'report',
  RVW: 'review',
  SER: 'periodical',
  SLIDE: 'speech',
  SOUND: 'speech',
  STAND: 'standard',
  THES: 'thesis',
  UNPB: 'article',
  UNPD: 'article',
  VIDEO: 'motion_picture',
};

const FROM_CSL: Record<CslType, string> = {
  article: 'UNPB',
  'article-journal': 'JOUR',
  'article-magazine': 'MGZN',
  'article-newspaper': 'NEWS',
  book: 'BOOK',
  chapter: 'CHAP',
  dataset: 'DATA',
  document: 'GEN',
  'entry-encyclopedia': 'ENCYC',
  motion_picture: 'VIDEO',
  'paper-conference': 'CPAPER',
  patent: 'PAT',
  periodical: 'JFULL',
  'post-weblog': 'BLOG',
  report: 'RPRT',
  review: 'RVW',
  software: 'COMP',
  speech: 'SLIDE',
  standard: 'STAND',
  thesis: 'THES',
  webpage: 'ELEC',
};

export function readType(type: string): CslType {
  return TO_CSL[type] ?? 'document';
}

export function writeType(type: CslType): string {
  return FROM_CSL[type];
}

/** For these types, `ET` holds a version instead of an edition. */
export function hasVersion(type: CslType): boolean {
  return type === 'software' || type === 'dataset';
}

/** For these types, a single number in `SP` is the number of pages. */
export function hasPageCount(type: CslType): boolean {
  return type === 'book' || type === 'thesis' || type === 'report';
}
