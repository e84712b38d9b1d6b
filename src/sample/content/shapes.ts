/** The shapes of issues in the Admin API, with names in place of ids. */
import type { FigureName } from './figures.ts';
import type { ItemLink } from './library-shapes.ts';
import type { PaperName } from './papers.ts';
import type { PersonName } from './people.ts';

export type SampleItem = {
  title: string;
  /** Markdown in which `media:` is followed by the name of a figure, as in all texts of an issue. */
  body: string;
  links: ItemLink[];
  /** Figures that the body does not place follow it. A caption here replaces the figure's own. */
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
