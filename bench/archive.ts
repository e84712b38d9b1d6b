import type pg from 'pg';
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { type Library, makeIssue, makeNewsletter } from './content.ts';

/** What readers ask for. */
export type Archive = { issuePath: string; archivePath: string; editionId: string };

/** The issue that is read has neighbours on both sides, and the page that is read has a next one. */
const ISSUES = 25;
const READ_ISSUE = 12;

const editions = z.tuple([z.object({ id: z.string() })]);

export async function makeArchive(admin: AdminClient, pool: pg.Pool, library: Library): Promise<Archive> {
  const slug = 'archive';
  const newsletterId = await makeNewsletter(admin, slug);
  for (let number = 1; number <= ISSUES; number += 1) {
    const id = await makeIssue(admin, newsletterId, number, library);
    await admin.put(`/issues/${id}/publication`, {});
  }
  const archivePath = `/content/v1/newsletters/${slug}/issues`;
  const { rows } = await pool.query(
    'SELECT edition_id AS id FROM publications WHERE newsletter_id = $1 AND number = $2',
    [newsletterId, READ_ISSUE],
  );
  const [{ id: editionId }] = editions.parse(rows);
  return { issuePath: `${archivePath}/${READ_ISSUE}`, archivePath, editionId };
}
