/**
 * Normalizes white space and accents. No-break and ideographic spaces stay. U+2028 and U+2029 mark line and paragraph breaks
 * that a format sets explicitly.
 */

export function tidyLine(value: string): string {
  return compose(value)
    .replace(/[ \t\r\n\f\v\u2028\u2029]+/g, ' ')
    .trim();
}

/** Keeps paragraphs, and line breaks marked with U+2028. */
export function tidyParagraphs(value: string): string {
  return compose(value)
    .replace(/[ \t\f\v\r]+/g, ' ')
    .split(/\n ?(?:\n ?)+|\u2029/)
    .map(tidyParagraph)
    .filter(Boolean)
    .join('\n\n');
}

function tidyParagraph(value: string): string {
  return value
    .split('\u2028')
    .map((line) => line.replace(/[ \n]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

/** More than the Stream-Safe Text Format allows. Normalizing long runs is slow: https://unicode.org/reports/tr15/#Stream_Safe_Text_Format */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** TeX accents a dotless i or j; Unicode accents the plain letter. */
function compose(value: string): string {
  // Most values are ASCII and need no normalization.
  if (!/[\u0080-\uffff]/.test(value)) return value;
  return value
    .replace(/ı(?=\p{M})/gu, 'i')
    .replace(/ȷ(?=\p{M})/gu, 'j')
    .replace(TOO_MANY_MARKS, '$1')
    .normalize('NFC');
}

/** Removes control characters other than line ends, which no program expects in a bibliography. */
export function withoutControls(value: string): string {
  return value.replace(/[\t\v\f]+/g, ' ').replace(/(?![\r\n])\p{Cc}/gu, '');
}
