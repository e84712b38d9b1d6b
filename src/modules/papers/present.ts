import { z } from 'zod';
import type { Paper } from '../../database/generated/client.ts';
import { paperAuthor, paperLink } from './schemas.ts';

const authors = z.array(paperAuthor);
const links = z.array(paperLink);

export function presentPaper(row: Paper) {
  return {
    ...row,
    authors: authors.parse(row.authors),
    links: links.parse(row.links),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
