import type { AdminClient } from './admin-client.ts';
import { makeIssue, makeLibrary, makeNewsletter } from './content.ts';
import { ADMIN_KEY } from './servers.ts';

/** A newsletter whose issues are read while an editor corrects one of them each second. */
export const BUSY_ISSUES = 50;

/** Returns the ids of its issues, in the order of their numbers. */
export async function publishBusyLetter(admin: AdminClient): Promise<string[]> {
  const library = await makeLibrary(admin);
  const newsletterId = await makeNewsletter(admin, 'busy');
  const issueIds: string[] = [];
  for (let number = 1; number <= BUSY_ISSUES; number += 1) {
    const id = await makeIssue(admin, newsletterId, number, library);
    await admin.put(`/issues/${id}/publication`, {});
    issueIds.push(id);
  }
  return issueIds;
}

/** Gives the issue another subtitle and publishes it. */
export async function correct(origin: string, issueId: string, subtitle: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${ADMIN_KEY}`,
    'content-type': 'application/json',
    'if-match': '*',
  };
  const send = async (method: string, path: string, body: object) => {
    const address = `${origin}/admin/v1/issues/${issueId}${path}`;
    const answer = await fetch(address, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    await answer.body?.cancel();
  };
  await send('PATCH', '', { subtitle });
  await send('PUT', '/publication', {});
}
