import type { AdminClient } from './admin-client.ts';
import { type Library, makeIssue, makeNewsletter } from './content.ts';
import type { Pages } from './pages.ts';

/** Enough issues for the issue that is read to have neighbours, and for the page that is read to have a next page. */
const ISSUES = 25;
const READ_ISSUE = 12;

export async function makeArchive(admin: AdminClient, library: Library): Promise<Pages> {
  const slug = 'archive';
  const newsletterId = await makeNewsletter(admin, slug);
  for (let number = 1; number <= ISSUES; number += 1) {
    const id = await makeIssue(admin, newsletterId, number, library);
    await admin.put(`/issues/${id}/publication`, {});
  }
  const archive = `/content/v1/newsletters/${slug}/issues`;
  return {
    issue: `${archive}/${READ_ISSUE}`,
    archive,
    paper: `/content/v1/papers/${library.paperId}`,
    unknown: `${archive}/no-such-issue`,
  };
}
