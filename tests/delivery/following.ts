import type { Answer, Client, Masthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { withdraw } from './reading.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client without types would.
type Entry = any;

const anyRevision = { 'if-match': '*' };

/** Creates a newsletter, and returns what its editors can do. */
export async function makeLog(masthead: Masthead) {
  const newsletter = await makeNewsletter(masthead);
  const base = `/content/v1/newsletters/${newsletter.slug}`;
  return {
    ...{ newsletter, base, url: `${base}/changes` },
    draft: (fields: object = {}) => makeReadyIssue(masthead, { newsletterId: newsletter.id, ...fields }),
    publish: (issueId: string) => publish(masthead, issueId),
    withdraw: (issueId: string) => withdraw(masthead, issueId),
    /** Returns the status, because the new address may be taken by another issue. */
    edit: async (issueId: string, patch: object): Promise<number> =>
      (await masthead.as('author').patch(`/admin/v1/issues/${issueId}`, patch, anyRevision)).status,
    erase: async (issueId: string): Promise<number> =>
      (await masthead.as('editor').delete(`/admin/v1/issues/${issueId}`, anyRevision)).status,
  };
}

/** Adds the query parameters to the URL. */
export function at(url: string, parameters: Record<string, string | number | undefined>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) query.set(name, String(value));
  }
  return `${url}?${query}`;
}

/** A client that remembers its cursor and continues from there. */
export function makeFollower(client: Client, url: string, parameters: Record<string, string | number> = {}) {
  let cursor: string | undefined;

  async function readPage(): Promise<Answer['body']> {
    const { status, body } = await client.get(at(url, { ...parameters, cursor }));
    if (status !== 200) throw new Error(`Refused: ${JSON.stringify(body)}`);
    cursor = body.page.next;
    return body;
  }

  async function catchUp(): Promise<Entry[]> {
    const entries: Entry[] = [];
    for (;;) {
      const { data, page } = await readPage();
      entries.push(...data);
      if (page.isLast) return entries;
    }
  }

  return { readPage, catchUp };
}

/** Keeps one page per address, following the documented rules for static site builders. */
export function makeBuilder(client: Client, url: string, limit: number) {
  const follower = makeFollower(client, url, { include: 'document', limit });
  const pages = new Map<string, Entry>();

  function build(entries: readonly Entry[]): void {
    for (const { type, issue, formerAddress, isCurrent, document } of entries) {
      if (formerAddress) pages.delete(formerAddress.slug);
      if (type === 'withdrawn') pages.delete(issue.slug);
      if (isCurrent) pages.set(issue.slug, document);
    }
  }

  return {
    pages,
    buildPage: async () => build((await follower.readPage()).data),
    build: async () => build(await follower.catchUp()),
  };
}
