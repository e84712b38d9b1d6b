/**
 * White space and accents as the library keeps them. Spaces that are meant (no-break, ideographic) stay.
 * U+2028 and U+2029 stand for a line and a paragraph that a format asked for.
 */

export function tidyLine(value: string): string {
  return compose(value)
    .replace(/[ \t\r\n\f\v\u2028\u2029]+/g, ' ')
    .trim();
}

/** Keeps paragraphs, and lines that are marked. */
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

/** More than the Stream-Safe Text Format has, and sorting them takes ever longer: https://unicode.org/reports/tr15/#Stream_Safe_Text_Format */
const TOO_MANY_MARKS = /(\p{M}{30})\p{M}+/gu;

/** TeX puts an accent above a dotless i or j; Unicode above the letter itself. */
function compose(value: string): string {
  // Most values are ASCII, and have neither.
  if (!/[\u0080-\uffff]/.test(value)) return value;
  return value
    .replace(/ı(?=\p{M})/gu, 'i')
    .replace(/ȷ(?=\p{M})/gu, 'j')
    .replace(TOO_MANY_MARKS, '$1')
    .normalize('NFC');
}
