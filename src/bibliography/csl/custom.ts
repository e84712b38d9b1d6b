import { z } from 'zod';
import { linkRel, webAddress } from '../../schemas.ts';
import type { BibtexDetails } from './bibtex-details.ts';
import type { CslItem } from './csl.ts';

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

/** The first link of each kind. */
export function linksOf(item: CslItem): [LinkKind, string][] {
  const known = allLinksOf(item);
  return LINK_KINDS.flatMap((kind): [LinkKind, string][] => {
    const first = known.find(({ rel }) => rel === kind);
    return first === undefined ? [] : [[kind, first.url]];
  });
}

/** The links of no kind. */
export function otherLinksOf(item: CslItem): string[] {
  return allLinksOf(item).flatMap(({ rel, url }) => (rel === 'other' && url !== item.URL ? [url] : []));
}

function allLinksOf(item: CslItem): Link[] {
  const links = z.array(z.unknown()).catch([]).parse(item.custom?.links);
  return links.map((each) => link.safeParse(each).data).filter((each) => each !== undefined);
}

/** Splits off the first OpenReview and the first Semantic Scholar identifier. Identifiers with spaces are left out. */
export function identifiersOf(item: CslItem) {
  const all = z.array(z.string()).catch([]).parse(item.custom?.identifiers);
  const words = all.filter((each) => /^\S+$/.test(each));
  const openReview = words.find((each) => /openreview/i.test(each)) ?? null;
  const semanticScholar = words.find((each) => /semantic-?scholar|^s2:|^corpusid:/i.test(each)) ?? null;
  const others = words.filter((each) => each !== openReview && each !== semanticScholar);
  return { openReview, semanticScholar, others };
}

/** Collects what a format reader finds into `custom`. */
export class CustomDraft {
  readonly #links: Link[] = [];
  readonly #identifiers: string[] = [];
  licence: string | null = null;
  readonly bibtex: BibtexDetails = {};

  addLink(kind: LinkKind, url: string): void {
    this.#links.push({ label: LINK_LABELS[kind], url, rel: kind });
  }

  addIdentifier(identifier: string): void {
    if (!this.#identifiers.includes(identifier)) this.#identifiers.push(identifier);
  }

  toVariables(): { custom?: Record<string, unknown> } {
    const custom = {
      ...(this.licence && { licence: this.licence }),
      ...(this.#identifiers.length > 0 && { identifiers: this.#identifiers }),
      ...(this.#links.length > 0 && { links: this.#links }),
      ...(Object.keys(this.bibtex).length > 0 && { bibtex: this.bibtex }),
    };
    return Object.keys(custom).length === 0 ? {} : { custom };
  }
}
