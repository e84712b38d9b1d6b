/** The scripts of living languages that are written from right to left, as in ISO 15924. */
const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa', 'Yezi'];

/** `language` is a BCP 47 tag. */
export function isRightToLeft(language: string): boolean {
  return RIGHT_TO_LEFT.includes(new Intl.Locale(language).maximize().script ?? '');
}

/** Wraps HTML in an element with the direction of the language. HTML in languages written from left to right stays as it is. */
export function withDirection(html: string, language: string): string {
  return isRightToLeft(language) && html !== '' ? `<div dir="rtl">${html}</div>` : html;
}
