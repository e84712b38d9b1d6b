import type { CslItem } from '../csl/csl.ts';
import { CustomDraft, identifiersOf, LINK_KINDS, LINK_LABELS, licenceOf, linksOf } from '../csl/custom.ts';
import type { TextVariable } from '../csl/variables.ts';
import { readAddress } from '../text/read-address.ts';
import { hasPageCount } from './tags.ts';

/** Data that RIS has no tag for is written as notes of one line, such as `Code: https://…`, which people can read too. */

const TEXTS: readonly (readonly [string, TextVariable])[] = [
  ['PMID', 'PMID'],
  ['PMCID', 'PMCID'],
  ['Event', 'event-title'],
  ['Event place', 'event-place'],
  ['Chapter', 'chapter-number'],
  ['Series number', 'collection-number'],
  ['Medium', 'medium'],
];
const PAGE_COUNT = 'Number of pages';
const LINE = /^([A-Z][A-Za-z ]{1,20}): (\S.*)$/;
const WORD = /^\S+$/;

/** Separates labelled notes, which become variables, from ordinary notes. */
export function takeLabelledNotes(notes: string[]): { notes: string[]; variables: Record<string, unknown> } {
  const variables: Record<string, unknown> = {};
  const custom = new CustomDraft();
  const left = notes.filter((note) => {
    const [, label = '', value = ''] = LINE.exec(note) ?? [];
    return !takeText(variables, label, value) && !takeCustom(custom, label, value);
  });
  return { notes: left, variables: { ...variables, ...custom.toVariables() } };
}

function takeText(variables: Record<string, unknown>, label: string, value: string): boolean {
  const variable = label === PAGE_COUNT ? 'number-of-pages' : TEXTS.find(([each]) => each === label)?.[1];
  if (variable === undefined || variables[variable] !== undefined) return false;
  variables[variable] = value;
  return true;
}

function takeCustom(custom: CustomDraft, label: string, value: string): boolean {
  if (label === 'Licence' && custom.licence === null) custom.licence = value;
  else if (label === 'Identifier' && WORD.test(value)) custom.addIdentifier(value);
  else {
    const kind = LINK_KINDS.find((each) => LINK_LABELS[each] === label);
    const url = kind === undefined ? null : readAddress(value);
    if (kind === undefined || url === null) return false;
    custom.addLink(kind, url);
  }
  return true;
}

/** `SP` holds the number of pages of a book. Others are written as a note. */
export function hasCountInPages({ type, page, 'number-of-pages': count }: CslItem): boolean {
  return !page && hasPageCount(type) && /^\d+$/.test(count ?? '');
}

export function writeLabelledNotes(item: CslItem): string[] {
  const { openReview, semanticScholar, others } = identifiersOf(item);
  const identifiers = [openReview, semanticScholar, ...others].filter((each) => each !== null);
  const rows: (readonly [string, string | null | undefined])[] = [
    ...TEXTS.map(([label, variable]) => [label, item[variable]] as const),
    [PAGE_COUNT, hasCountInPages(item) ? null : item['number-of-pages']],
    ['Licence', licenceOf(item)],
    ...linksOf(item)
      .filter(([kind]) => kind !== 'paper')
      .map(([kind, url]) => [LINK_LABELS[kind], url] as const),
    ...identifiers.map((identifier) => ['Identifier', identifier] as const),
  ];
  return rows.filter(([, value]) => Boolean(value)).map(([label, value]) => `${label}: ${value}`);
}
