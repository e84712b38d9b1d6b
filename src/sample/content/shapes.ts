/** Issues, in the Admin API's shapes, with names where the API has ids. */
import type { FigureName } from './figures.ts';
import type { ItemLink } from './library-shapes.ts';
import type { PaperName } from './papers.ts';
import type { PersonName } from './people.ts';

export type SampleItem = {
  title: string;
  /** Markdown, with a figure's name where the API has the id of its media, as has every text of an issue. */
  body: string;
  links: ItemLink[];
  /** With words of their own where they have any; those that the body does not place follow it. */
  figures?: { media: FigureName; caption?: string }[];
  tags?: string[];
} & ({ kind: 'paper'; paper: PaperName } | { kind: 'note' | 'link' | 'tool' | 'media' | 'promo' });

export type SampleSection = { title: string; emoji: string; intro?: string; items: SampleItem[] };

export type SampleIssue = {
  number: number;
  slug: string;
  title: string;
  subtitle: string;
  intro: string;
  signOff: string;
  coverage: { from: string; to: string };
  authors: PersonName[];
  cover: FigureName;
  tags: string[];
  sections: SampleSection[];
};
