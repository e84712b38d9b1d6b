import type { Answer, Client } from '../support/app.ts';

/** Every kind of write to the tree of an issue that was created with `sectionsOf(TREE)`. Each of them changes it. */

type Tree = { id: string; sections: { id: string; items: { id: string }[] }[] };
type Target = { path: string; body?: unknown; subject: { kind: string; id: string | null } };
type TreeWrite = {
  name: string;
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The `change` in the details of the event. */
  change: string;
  target(issue: Tree): Target;
};

export const TREE: [string, string[]][] = [
  ['First', ['a', 'b']],
  ['Second', ['c']],
];

export const TREE_WRITES: TreeWrite[] = [
  {
    name: 'changing an issue',
    method: 'PATCH',
    change: 'issue.updated',
    target: ({ id }) => ({ path: `/issues/${id}`, body: { title: 'New' }, subject: { kind: 'issue', id } }),
  },
  {
    name: 'replacing the content of an issue',
    method: 'PUT',
    change: 'content.replaced',
    target: ({ id }) => ({
      path: `/issues/${id}/content`,
      body: { sections: [{ title: 'New' }] },
      subject: { kind: 'issue', id },
    }),
  },
  {
    name: 'reordering the sections of an issue',
    method: 'PUT',
    change: 'sections.ordered',
    target: ({ id, sections }) => ({
      path: `/issues/${id}/section-order`,
      body: { sectionIds: sections.map((section) => section.id).reverse() },
      subject: { kind: 'issue', id },
    }),
  },
  {
    name: 'adding a section',
    method: 'POST',
    change: 'section.created',
    target: ({ id }) => ({
      path: `/issues/${id}/sections`,
      body: { title: 'New' },
      subject: { kind: 'section', id: null },
    }),
  },
  {
    name: 'changing a section',
    method: 'PATCH',
    change: 'section.updated',
    target: (issue) => ({
      path: `/sections/${sectionOf(issue)}`,
      body: { title: 'New' },
      subject: { kind: 'section', id: sectionOf(issue) },
    }),
  },
  {
    name: 'deleting a section',
    method: 'DELETE',
    change: 'section.deleted',
    target: (issue) => ({
      path: `/sections/${sectionOf(issue)}`,
      subject: { kind: 'section', id: sectionOf(issue) },
    }),
  },
  {
    name: 'adding an item',
    method: 'POST',
    change: 'item.created',
    target: (issue) => ({
      path: `/sections/${sectionOf(issue)}/items`,
      body: { kind: 'note' },
      subject: { kind: 'item', id: null },
    }),
  },
  {
    name: 'changing an item',
    method: 'PATCH',
    change: 'item.updated',
    target: (issue) => ({
      path: `/items/${itemOf(issue)}`,
      body: { title: 'New' },
      subject: { kind: 'item', id: itemOf(issue) },
    }),
  },
  {
    name: 'deleting an item',
    method: 'DELETE',
    change: 'item.deleted',
    target: (issue) => ({ path: `/items/${itemOf(issue)}`, subject: { kind: 'item', id: itemOf(issue) } }),
  },
  {
    name: 'moving an item',
    method: 'PUT',
    change: 'item.moved',
    target: (issue) => ({
      path: `/items/${itemOf(issue)}/position`,
      body: { sectionId: sectionOf(issue), index: 1 },
      subject: { kind: 'item', id: itemOf(issue) },
    }),
  },
];

export function sendWrite(
  client: Client,
  write: TreeWrite,
  issue: Tree,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const { path, body } = write.target(issue);
  const json = body === undefined ? {} : { payload: JSON.stringify(body) };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return client.send({
    method: write.method,
    url: `/admin/v1${path}`,
    headers: { ...type, ...headers },
    ...json,
  });
}

function sectionOf({ sections }: Tree): string {
  return sections[0]?.id ?? '';
}

function itemOf({ sections }: Tree): string {
  return sections[0]?.items[0]?.id ?? '';
}
