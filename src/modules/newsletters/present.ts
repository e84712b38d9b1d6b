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
    sectionTemplate: sections.parse(row.sectionTemplate),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
