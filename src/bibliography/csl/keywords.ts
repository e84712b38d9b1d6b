/** CSL separates keywords with commas. Without commas, semicolons are separators, except in references such as `&amp;`. */
export function joinKeywords(text: string): string {
  if (text.includes(',')) return text;
  return text
    .split(/(?<!&#?[a-z\d]{1,8});/i)
    .map((word) => word.trim())
    .filter(Boolean)
    .join(', ');
}
