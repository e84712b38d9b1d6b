import { z } from 'zod';
import { linkRel, webAddress } from '../../schemas.ts';
import type { BibtexDetails } from './bibtex-details.ts';
import type { CslItem } from './csl.ts';
import { isPdfAddress, isSamePage } from './page-address.ts';

/** The parts of `custom` that can be written to BibTeX and RIS and read back. */

const link = z.object({ label: z.string(), url: webAddress, rel: linkRel });
type Link = z.infer<typeof link>;

/** The kinds of links that have their own field in BibTeX, and the label that each gets when it is read. */
export const LINK_LABELS = {
  code: 'Code',
  dataset: 'Dataset',
  demo: 'Demo',
  blog: 'Blog',
  video: 'Video',
  audio: 'Audio',
  paper: 'PDF',
} as const;
export type LinkKind = keyof typeof LINK_LABELS;
export const LINK_KINDS = ['code', 'dataset', 'demo', 'blog', 'video', 'audio', 'paper'] as const;

export function licenceOf(item: CslItem): string | null {
  return z
    .string()
    .min(1)
    .nullable()
    .catch(null)
    .parse(item.custom?.licence ?? null);
}

/** Whether a link to a paper leads to its PDF and not to a page about it. */
export function isPdf({ label, url }: Pick<Link, 'label' | 'url'>): boolean {
  return /\bpdf\b/i.test(label) || isPdfAddress(url);
}

/** The first link of each kind. Pages about the paper are left out, because `URL` is one. */
export function linksOf(item: CslItem): [LinkKind, string][] {
  const known = allLinksOf(item);
  return LINK_KINDS.flatMap((kind): [LinkKind, string][] => {
    const first = known.find((each) => each.rel === kind && (kind !== 'paper' || isPdf(each)));
    return first === undefined ? [] : [[kind, first.url]];
  });
}

/** The page of the work. Null if it is unknown, or only the address of the PDF is. */
export function pageOf(item: CslItem): string | null {
  const isOfPdf = linksOf(item).some(([kind, url]) => kind === 'paper' && url === item.URL);
  return isOfPdf ? null : (item.URL ?? null);
}

/** Links without a kind, except the address that `URL` has. */
export function otherLinksOf(item: CslItem): string[] {
  return allLinksOf(item).flatMap(({ rel, url }) => (rel === 'other' && url !== item.URL ? [url] : []));
}

function allLinksOf(item: CslItem): Link[] {
  const links = z.array(z.unknown()).catch([]).parse(item.custom?.links);
  return links.map((each) => link.safeParse(each).data).filter((each) => each !== undefined);
}

/**
 * Splits off the first OpenReview and the first Semantic Scholar identifier. Identifiers with spaces are left out, and so is
 * the only identifier of a work if `URL` says the same.
 */
export function identifiersOf(item: CslItem) {
  const all = z.array(z.string()).catch([]).parse(item.custom?.identifiers);
  const words = isOwnPage(item, all) ? [] : all.filter((each) => /^\S+$/.test(each));
  const openReview = words.find((each) => /openreview/i.test(each)) ?? null;
  const semanticScholar = words.find((each) => /semantic-?scholar|^s2:|^corpusid:/i.test(each)) ?? null;
  const others = words.filter((each) => each !== openReview && each !== semanticScholar);
  return { openReview, semanticScholar, others };
}

function isOwnPage({ URL: page, DOI, archive }: CslItem, [only, ...others]: readonly string[]): boolean {
  const isAlone = DOI === undefined && archive === undefined && others.length === 0;
  return isAlone && only !== undefined && page !== undefined && isSamePage(only, page);
}

/** Collects what a format reader finds into `custom`. */
export class CustomDraft {
  readonly #links: Link[] = [];
  readonly #identifiers = new Set<string>();
  licence: string | null = null;
  readonly bibtex: BibtexDetails = {};

  addLink(kind: LinkKind, url: string): void {
    this.#links.push({ label: LINK_LABELS[kind], url, rel: kind });
  }

  addIdentifier(identifier: string): void {
    this.#identifiers.add(identifier);
  }

  toVariables(): { custom?: Record<string, unknown> } {
    const custom = {
      ...(this.licence && { licence: this.licence }),
      ...(this.#identifiers.size > 0 && { identifiers: [...this.#identifiers] }),
      ...(this.#links.length > 0 && { links: this.#links }),
      ...(Object.keys(this.bibtex).length > 0 && { bibtex: this.bibtex }),
    };
    return Object.keys(custom).length === 0 ? {} : { custom };
  }
}
