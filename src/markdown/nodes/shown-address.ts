/** URLs that rendering keeps: web, mail, media, and relative URLs. */
const keptAddress = /^(https?:|mailto:|media:|[^:]*$|[^:]*[/?#])/i;

/** Whether readers get a link with this URL. */
export function isKeptAddress(url: string): boolean {
  return keptAddress.test(url) && url.trim() !== '';
}

/** Whether readers get an image with this URL from another site. */
export function isForeignImageAddress(url: string): boolean {
  return /^https:\/\/[^/?#]/i.test(url);
}
