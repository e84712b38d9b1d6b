import { randomUUID } from 'node:crypto';

/** The admin key of the nodes behind a cache. */
export const KEY = 'a-key-for-the-tests-of-caches-in-front';

type Json = { id: string; slug: string; [field: string]: unknown };

/** Writes to a node over HTTP, bypassing the cache. */
export function writeTo(node: string) {
  async function send(method: string, path: string, body: unknown = {}): Promise<Json> {
    const answer = await fetch(`${node}/admin/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json', 'if-match': '*' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Json;
  }

  return {
    makeNewsletter: () =>
      send('POST', '/newsletters', { slug: `letter-${randomUUID().slice(0, 8)}`, title: 'A letter' }),
    makeIssue(newsletterId: string, title: string) {
      const items = [{ kind: 'note', title: 'One', body: 'Words, and more words. '.repeat(100) }];
      return send('POST', `/newsletters/${newsletterId}/issues`, {
        title,
        sections: [{ title: 'Notes', items }],
      });
    },
    /** An issue that features one paper. */
    async makePaperIssue(newsletterId: string, title: string) {
      const paper = await send('POST', '/papers', { title, authors: ['Ada Lovelace'] });
      const items = [{ kind: 'paper', title: 'One', body: 'Words.', paperId: paper.id }];
      const sections = [{ title: 'Papers', items }];
      const issue = await send('POST', `/newsletters/${newsletterId}/issues`, { title: 'Papers', sections });
      return { paper, issue };
    },
    retitlePaper: (paperId: string, title: string) => send('PATCH', `/papers/${paperId}`, { title }),
    publish: (issueId: string) => send('PUT', `/issues/${issueId}/publication`),
    withdraw: (issueId: string) => send('DELETE', `/issues/${issueId}/publication`),
    async correct(issueId: string, title: string) {
      await send('PATCH', `/issues/${issueId}`, { title });
      await send('PUT', `/issues/${issueId}/publication`);
    },
  };
}
