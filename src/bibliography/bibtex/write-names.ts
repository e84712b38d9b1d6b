import { type CslName, OTHERS } from '../csl/csl.ts';
import { isSuffix } from '../text/suffixes.ts';
import { escapeLatex } from './latex/encode-latex.ts';
import { isLowerCase, isWideSuffix } from './name-words.ts';

export function writeNames(names: readonly CslName[]): string {
  return names.map((name, index) => writeName(name, index === names.length - 1)).join(' and ');
}

function writeName(name: CslName, isLast: boolean): string {
  if (isLast && name.literal === OTHERS.literal) return 'others';
  const body = name.literal ?? (name.family ? '' : Object.values(withoutOrcid(name)).join(' '));
  return body === '' ? writePerson(name) : `{${escapeLatex(body)}}`;
}

function withoutOrcid({ ORCID: _, ...name }: CslName): CslName {
  return name;
}

/** Writes `von Last, Jr, First dropping`. Parts that BibTeX would split are in braces. */
function writePerson({ family = '', suffix = '', ...name }: CslName): string {
  const von = name['non-dropping-particle'] ?? '';
  const given = [name.given, name['dropping-particle']].filter(Boolean).join(' ');
  const within = von === '' ? (/^((?:\p{Ll}[\p{L}.]* )+)(?=\p{Lu})/u.exec(family)?.[1] ?? '') : '';
  const last = writeLast(von || within.trim(), family.slice(within.length));
  if (suffix !== '') return `${last}, ${writeSuffix(suffix)}, ${given === '' ? '{}' : writePart(given)}`;
  if (given !== '') return `${last}, ${writePart(given)}`;
  return isOneWord(last) ? last : `${last}, {}`;
}

function writeLast(von: string, family: string): string {
  const isPlain = family.split(' ').every((word) => !isLowerCase(word)) && !needsBraces(family);
  const last = isPlain ? escapeLatex(family) : `{${escapeLatex(family)}}`;
  if (von === '') return last;
  const isParticle = von.split(' ').every(isLowerCase) && !needsBraces(von);
  return isParticle && !/['’-]$/.test(von) ? `${escapeLatex(von)} ${last}` : mergeParticle(von, family);
}

/** BibTeX does not recognize a capitalized particle, or one that is joined to the name (d’), as a particle. */
function mergeParticle(von: string, family: string): string {
  return `{${escapeLatex(/['’-]$/.test(von) ? von + family : `${von} ${family}`)}}`;
}

/** Without braces, an unusual suffix reads as the name of another person. */
function writeSuffix(suffix: string): string {
  return isWideSuffix(suffix) ? escapeLatex(suffix) : `{${escapeLatex(suffix)}}`;
}

function writePart(part: string): string {
  return needsBraces(part) || isSuffix(part) ? `{${escapeLatex(part)}}` : escapeLatex(part);
}

function needsBraces(part: string): boolean {
  return /[,;；、=]|(?:^|\s)(?:and|&)(?:\s|$)/i.test(part);
}

function isOneWord(last: string): boolean {
  return /^[^\s{},]+$/.test(last) && !/^(?:others|and)$/i.test(last);
}
