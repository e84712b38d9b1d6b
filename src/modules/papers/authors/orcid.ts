const SITE = /^(?:https?:\/\/(?:www\.)?orcid\.org\/|orcid:\s*)/i;
const ORCID = /^\d{4}-\d{4}-\d{4}-\d{3}[\dX]$/;

/** Returns the ORCID without a URL, or null if it is invalid; the last digit is a check digit. */
export function parseOrcid(text: string): string | null {
  const bare = text.trim().replace(SITE, '').replace(/\/$/, '').toUpperCase();
  return ORCID.test(bare) && bare.endsWith(checkDigit(bare)) ? bare : null;
}

/** ISO 7064 11,2: https://support.orcid.org/hc/en-us/articles/360006897674 */
function checkDigit(orcid: string): string {
  const digits = orcid.replaceAll('-', '').slice(0, -1);
  const total = [...digits].reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const rest = (12 - (total % 11)) % 11;
  return rest === 10 ? 'X' : String(rest);
}
