import { VERSION } from '../lib/version.ts';
import type { NewestIssue } from '../modules/delivery/find-newest-issue.ts';

export type Announcement = {
  /** The base URL on which the server listens. */
  address: string;
  newest: NewestIssue | null;
  /** The secret of an admin key that was just created. It cannot be shown again. */
  firstKey: string | null;
};

/** The start message for the terminal. It is not logged, because a log must not contain the key. */
export function describeStart({ address, newest, firstKey }: Announcement): string {
  const lines = [
    '',
    `  Masthead ${VERSION} is running.`,
    '',
    `  Admin API     ${address}/admin/v1`,
    `  Content API   ${address}/content/v1`,
    `  Docs          ${address}/docs`,
  ];
  if (firstKey)
    lines.push('', `  Admin key     ${firstKey}`, '                Save it now. It is not shown again.');
  if (newest) lines.push('', '  Read the newest issue:', `  curl ${address}${pathOf(newest)}`);
  return `${lines.join('\n')}\n\n`;
}

function pathOf({ newsletterSlug }: NewestIssue): string {
  return `/content/v1/newsletters/${newsletterSlug}/issues/latest`;
}
