/** What the sample is written in: the Admin API's shapes, with names where the API has ids. */

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
  /** Name of a figure */
  avatar?: string;
};

export type SamplePaper = {
  title: string;
  authors: { name: string }[];
  /** Of the venue */
  year: number;
  venue?: string;
  arxivId: string;
  /** Of what was published */
  doi?: string;
  identifiers?: string[];
  statuses: { status: 'preprint' | 'published'; date: string; url?: WebAddress }[];
  results?: { benchmark: string; metric: string; value: number; unit?: string }[];
  csl?: { type: 'paper-conference'; publisher?: string; volume?: string; page?: string };
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
