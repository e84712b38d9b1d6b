import type { Masthead } from '../support/app.ts';
import { injectAtDoor } from '../support/inject.ts';

/** The response as sent, without its Date header. */
export async function readBytes({ app }: Masthead, url: string, headers: Record<string, string> = {}) {
  const answer = await injectAtDoor(app, { url, headers });
  const { date: _date, ...kept } = answer.headers;
  return { status: answer.statusCode, headers: kept, body: answer.body };
}

export async function withdraw(masthead: Masthead, issueId: string): Promise<void> {
  const answer = await masthead
    .as('editor')
    .delete(`/admin/v1/issues/${issueId}/publication`, { 'if-match': '*' });
  if (answer.status !== 200) throw new Error(`Not withdrawn: ${JSON.stringify(answer.body)}`);
}
