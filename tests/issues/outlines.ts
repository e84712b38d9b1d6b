import type { Masthead } from '../support/app.ts';

/** The titles in a tree: each section with the titles of its items, in order. */
export type Outline = [title: string, items: string[]][];

/** Input for sections of notes. */
export function sectionsOf(outline: Outline) {
  return outline.map(([title, items]) => ({
    title,
    items: items.map((item) => ({ kind: 'note', title: item, body: `About ${item}.` })),
  }));
}

type Titled = { title: string };

export function outlineOf(issue: { sections: (Titled & { items: Titled[] })[] }): Outline {
  return issue.sections.map(({ title, items }) => [title, items.map((item) => item.title)]);
}

export async function readIssue(masthead: Masthead, id: string) {
  return (await masthead.as('viewer').get(`/admin/v1/issues/${id}`)).body;
}

/** The stored positions of the sections, each with those of its items. */
export async function readPositions(masthead: Masthead, issueId: string) {
  const sections = await masthead.database.prisma.section.findMany({
    where: { issueId },
    orderBy: { position: 'asc' },
    include: { items: { orderBy: { position: 'asc' } } },
  });
  return sections.map(({ position, items }) => ({ position, items: items.map((item) => item.position) }));
}

/** What `readPositions` returns for this outline if there are no gaps. */
export function gapless(outline: Outline) {
  return outline.map(([, items], position) => ({ position, items: items.map((_, index) => index) }));
}
