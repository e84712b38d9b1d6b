/** Joins a title and its subtitle with a colon, unless the title ends with a punctuation mark or already contains the subtitle. */
export function joinTitle(title: string | null, subtitle: string | null): string | null {
  if (!title || !subtitle) return title || subtitle;
  const [whole, part] = [title.toLowerCase(), subtitle.toLowerCase()];
  if (whole.endsWith(part) || whole.includes(`: ${part}`)) return title;
  return `${title}${/[.:?!。：？！]$/.test(title) ? '' : ':'} ${subtitle}`;
}
