import { VERSION } from '../lib/version.ts';
import type { NewestIssue } from '../modules/delivery/find-newest-issue.ts';

export type Announcement = {
  /** Where it listens. */
  address: string;
  newest: NewestIssue | null;
  /** An admin key that was just made; shown here and never again. */
  firstKey: string | null;
};

/** What somebody at the terminal wants to know first. Written past the log, which must not hold the key. */
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
    lines.push('', `  Admin key     ${firstKey}`, '                Keep it: it is shown this once.');
  if (newest) lines.push('', '  Read the newest issue:', `  curl ${address}${pathOf(newest)}`);
  return `${lines.join('\n')}\n\n`;
}

function pathOf({ newsletterSlug }: NewestIssue): string {
  return `/content/v1/newsletters/${newsletterSlug}/issues/latest`;
}
