import { createHash } from 'node:crypto';

/**
 * The part of an edition's document that this module reads. The `publishing` module composes the document with further
 * members, which are stored but not read here.
 */
export type EditionContent = {
  /** Version of the edition, from 1. */
  edition: number;
  number: number;
  slug: string;
  title: string;
  subtitle: string | null;
  tags: string[];
  /** RFC 3339: when the issue was first published. Corrections keep it. */
  publishedAt: string;
  /** RFC 3339: when this edition went live. */
  updatedAt: string;
  newsletter: { language: string; timeZone: string };
  intro: ContentText | null;
  sections: { title: string; intro: ContentText | null; items: ContentItem[] }[];
  signOff: ContentText | null;
};

export type ContentText = { markdown: string };

export type ContentItem = {
  id: string;
  anchor: string;
  title: string;
  body: ContentText | null;
  links: { url: string }[];
  tags: string[];
  figures: { caption: string | null }[];
  paper: ContentPaper | null;
};

type ContentPaper = {
  id: string;
  title: string;
  venue: string | null;
  abstract: string | null;
  authors: { name: string }[];
};

/** A document with its stored form: the JSON text, and the SHA-256 of the text in hex. */
export type EditionText<T extends EditionContent = EditionContent> = {
  document: T;
  text: string;
  hash: string;
};

export function toEditionText<T extends EditionContent>(document: T): EditionText<T> {
  const text = JSON.stringify(document);
  return { document, text, hash: createHash('sha256').update(text).digest('hex') };
}

/** How readers address an issue within its newsletter. */
export type IssueAddress = { number: number; slug: string };
