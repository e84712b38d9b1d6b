/** The sample content has the shapes of the Admin API, with names in place of ids. */

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
  /** In words. */
  lengthTarget: number;
  lengthTolerance: number;
  sectionTemplate: { title: string; emoji: string; intro?: string }[];
};

export type SamplePerson = {
  slug: string;
  name: string;
  bio: string;
  links: ProfileLink[];
  /** The name of a figure. */
  avatar?: string;
};

export type SamplePaper = {
  title: string;
  authors: { name: string }[];
  /** The year of the venue. */
  year: number;
  venue?: string;
  arxivId: string;
  /** The DOI of the published version. */
  doi?: string;
  identifiers?: string[];
  statuses: { status: 'preprint' | 'published'; date: string; url?: WebAddress }[];
  results?: { benchmark: string; metric: string; value: number; unit?: string }[];
  csl?: { type: 'paper-conference'; publisher?: string; volume?: string; page?: string };
  links: ItemLink[];
};

export type SampleFigure = {
  /** The name of a file in src/sample/figures. */
  file: string;
  mimeType: 'image/png' | 'image/webp';
  alt: string;
  caption: string;
  credit: { text: string; url: string; licence: string };
};
