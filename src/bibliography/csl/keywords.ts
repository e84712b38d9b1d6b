import { splitAtSemicolons } from '../../lib/character-references.ts';

/** CSL separates keywords with commas. Without commas, semicolons are separators, except in references such as `&amp;`. */
export function joinKeywords(text: string): string {
  if (text.includes(',')) return text;
  return splitAtSemicolons(text)
    .map((word) => word.trim())
    .filter(Boolean)
    .join(', ');
}
