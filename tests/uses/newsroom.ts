import { expect } from 'vitest';
import { readBytes } from '../delivery/reading.ts';
import type { Masthead } from '../support/app.ts';
import { makeIssue, publish } from '../support/factories.ts';

export type Use = { issue: { title: string }; item: { title: string } | null };

/** Publishes an issue with these items. Each item gets a body, so that the issue is ready. */
export async function publishIssue(
  masthead: Masthead,
  newsletterId: string,
  title: string,
  items: object[] = [{}],
  fields: object = {},
) {
  const filled = items.map((item, at) => ({ kind: 'note', title: `${title} ${at}`, body: 'x', ...item }));
  const sections = [{ title: 'All', items: filled }];
  const issue = await makeIssue(masthead, { newsletterId, title, sections, ...fields });
  await publish(masthead, issue.id);
  return issue;
}

/** Changes the draft and publishes it again. */
export async function correctIssue(masthead: Masthead, id: string, changes: object): Promise<void> {
  const { status, body } = await masthead
    .as('author')
    .patch(`/admin/v1/issues/${id}`, changes, { 'if-match': '*' });
  if (status !== 200) throw new Error(`The issue was not changed: ${JSON.stringify(body)}`);
  await publish(masthead, id);
}

export async function correctItem(masthead: Masthead, issueId: string, itemId: string, changes: object) {
  await masthead.as('author').patch(`/admin/v1/items/${itemId}`, changes, { 'if-match': '*' });
  await publish(masthead, issueId);
}

/** Reads like a client of the Content API, from the cache of the node if it can. */
export async function read(masthead: Masthead, address: string) {
  const answer = await readBytes(masthead, `/content/v1${address}`);
  return { ...answer, body: JSON.parse(answer.body) };
}

/** Reads the address, so that the node has its response in the cache. */
export async function keepAtHand(masthead: Masthead, address: string): Promise<void> {
  await masthead.receiveNotifications();
  await read(masthead, address);
  expect(masthead.responses.find(`/content/v1${address}`)).not.toBeNull();
}

/** The titles of the items, or of the issue when the issue itself is the use. */
export async function titlesOf(masthead: Masthead, address: string): Promise<string[]> {
  const { body } = await read(masthead, address);
  return body.data.map(({ issue, item }: Use) => item?.title ?? issue.title);
}
