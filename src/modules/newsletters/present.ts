import { z } from 'zod';
import type { Newsletter } from '../../database/generated/client.ts';
import { profileLink } from '../../schemas.ts';
import { sectionTemplate } from './schemas.ts';

const links = z.array(profileLink);
const sections = z.array(sectionTemplate);

export function presentNewsletter(row: Newsletter) {
  return {
    ...row,
    links: links.parse(row.links),
    sectionTemplate: newsletterTemplate(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The sections of a new issue whose input has none. */
export function newsletterTemplate(row: Newsletter) {
  return sections.parse(row.sectionTemplate);
}
