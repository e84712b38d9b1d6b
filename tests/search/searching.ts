import type { Answer, Masthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';

export type Item = { title?: string; body?: string | null; tags?: string[]; [field: string]: unknown };

/** Makes a newsletter, with functions to publish in it and to search it. */
export async function makeLetter(masthead: Masthead, fields: object = {}) {
  const { id, slug } = await makeNewsletter(masthead, fields);
  const draft = ({ items = [], ...issue }: { items?: Item[]; [field: string]: unknown }) =>
    makeReadyIssue(masthead, {
      newsletterId: id,
      title: 'An issue',
      sections: [{ title: 'Notes', items: (items.length > 0 ? items : [{}]).map(itemOf) }],
      ...issue,
    });
  const search = (q: string, parameters: Record<string, string> = {}): Promise<Answer> =>
    masthead.anonymous.get(
      `/content/v1/newsletters/${slug}/search?${new URLSearchParams({ q, ...parameters })}`,
    );
  return {
    id,
    slug,
    draft,
    publish: async (issue: Parameters<typeof draft>[0]) => {
      const made = await draft(issue);
      await publish(masthead, made.id);
      return made;
    },
    search,
    /** The titles of the hits, the best first. */
    find: async (q: string, parameters: Record<string, string> = {}): Promise<string[]> =>
      titlesOf(await search(q, parameters)),
  };
}

function itemOf(item: Item) {
  return { kind: item.paperId === undefined ? 'note' : 'paper', title: 'An item', body: 'A note.', ...item };
}

/** The titles of the items, or of the issue when the hit is in a text of the issue itself. */
export function titlesOf({ status, body }: Answer): string[] {
  if (status !== 200) throw new Error(`The search failed: ${JSON.stringify(body)}`);
  return body.data.map(({ item, issue }: { item: { title: string } | null; issue: { title: string } }) =>
    item === null ? issue.title : item.title,
  );
}
