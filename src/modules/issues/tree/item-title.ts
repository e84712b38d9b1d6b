type Titled = {
  kind: string;
  title: string;
  body: string | null;
  links: readonly { label: string; url: string }[];
  paper: { title: string } | null;
};

/**
 * The title that readers see. An item that only names a paper or a link needs no title of its own. Beside a body, the
 * label of a link ("Code", "Read it") would not describe the item.
 */
export function titleForReaders({ kind, title, body, links, paper }: Titled): string {
  if (isFilled(title)) return title;
  if (kind === 'paper') return paper?.title ?? '';
  const [link] = isFilled(body) ? [] : links;
  if (!link) return title;
  return isFilled(link.label) ? link.label : link.url;
}

function isFilled(text: string | null): boolean {
  return text !== null && text.trim() !== '';
}
