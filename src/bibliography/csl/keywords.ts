/** CSL has commas between keywords; where there are none, the semicolons of others are meant, but not those of `&amp;`. */
export function joinKeywords(text: string): string {
  if (text.includes(',')) return text;
  return text
    .split(/(?<!&#?[a-z\d]{1,8});/i)
    .map((word) => word.trim())
    .filter(Boolean)
    .join(', ');
}
