/** What the sample is written in: the Admin API's shapes, with names where the API has ids. */
import type { FigureName } from './figures.ts';
import type { PaperName } from './papers.ts';
import type { PersonName } from './people.ts';

type WebAddress = `https://${string}`;

type ProfileLink = { label: string; url: WebAddress };

export type ItemLink = ProfileLink & {
  rel: 'source' | 'paper' | 'code' | 'dataset' | 'demo' | 'blog' | 'video' | 'audio' | 'other';
};

export type SampleNewsletter = {
  slug: string;
  title: string;
  tagline: string;
  description: string;
  language: string;
  timeZone: string;
  links: ProfileLink[];
  /** In words */
  lengthTarget: number;
  lengthTolerance: number;
  sectionTemplate: { title: string; emoji: string; intro?: string }[];
};

export type SamplePerson = {
  slug: string;
  name: string;
  bio: string;
  links: ProfileLink[];
  avatar?: FigureName;
};

export type SamplePaper = {
  title: string;
  authors: { name: string }[];
  /** Of the venue */
  year: number;
  venue?: string;
  arxivId: string;
  doi: string;
  links: ItemLink[];
};

export type SampleFigure = {
  /** In src/sample/figures */
  file: string;
  mimeType: 'image/png' | 'image/webp';
  alt: string;
  caption: string;
  credit: { text: string; url: string; licence: string };
};

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
