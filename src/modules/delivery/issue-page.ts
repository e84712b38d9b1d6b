import { fillIssueUrl } from '../newsletters/issue-url.ts';
import { contentAddress, newsletterAddress } from './content-addresses.ts';

/** The newsletter fields that feeds and JSON-LD contain. */
export type Periodical = Newsletter & { id: string; title: string; tagline: string | null; language: string };

type Newsletter = { slug: string; siteUrl: string | null; issueUrl: string | null };
type Issue = { slug: string; number: number };

/** URL of the newsletter's website, or of the newsletter in the Content API if it has no website. */
export function homePage({ slug, siteUrl }: Newsletter, publicUrl: string): string {
  return siteUrl === null ? newsletterAddress(slug, publicUrl) : new URL(siteUrl).href;
}

/** URL of the issue on the website, or in the Content API if the newsletter has no `issueUrl`. */
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
