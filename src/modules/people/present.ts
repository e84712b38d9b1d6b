import { z } from 'zod';
import type { Person } from '../../database/generated/client.ts';
import { profileLink } from '../../schemas.ts';

const links = z.array(profileLink);

export function presentPerson(row: Person) {
  return {
    ...row,
    links: links.parse(row.links),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
