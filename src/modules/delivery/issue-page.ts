import { fillIssueUrl } from '../newsletters/issue-url.ts';
import { contentAddress, newsletterAddress } from './content-addresses.ts';

/** A newsletter, as those know it who read it elsewhere. */
export type Periodical = Newsletter & { id: string; title: string; tagline: string | null; language: string };

type Newsletter = { slug: string; siteUrl: string | null; issueUrl: string | null };
type Issue = { slug: string; number: number };

/** Where people read the newsletter; without a site, where programs do. */
export function homePage({ slug, siteUrl }: Newsletter, publicUrl: string): string {
  return siteUrl === null ? newsletterAddress(slug, publicUrl) : new URL(siteUrl).href;
}

export function issuePage(
  { slug, issueUrl }: Omit<Newsletter, 'siteUrl'>,
  issue: Issue,
  publicUrl: string,
): string {
  return issueUrl === null
    ? contentAddress(`/newsletters/${slug}/issues/${issue.number}`, publicUrl)
    : fillIssueUrl(issueUrl, issue);
}

export function itemPage(page: string, { anchor }: { anchor: string }): string {
  return `${page}#${encodeURIComponent(anchor)}`;
}
