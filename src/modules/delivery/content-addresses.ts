/** Absolute URLs of the Content API, for feeds and search engines. */

export function contentAddress(path: string, publicUrl: string): string {
  return `${publicUrl}/content/v1${path}`;
}

export function newsletterAddress(slug: string, publicUrl: string): string {
  return contentAddress(`/newsletters/${slug}`, publicUrl);
}

export function feedAddresses(slug: string, publicUrl: string) {
  const newsletter = newsletterAddress(slug, publicUrl);
  return { rss: `${newsletter}/feed.rss`, atom: `${newsletter}/feed.atom`, json: `${newsletter}/feed.json` };
}

export function sitemapAddress(slug: string, publicUrl: string): string {
  return `${newsletterAddress(slug, publicUrl)}/sitemap.xml`;
}
