import { expect } from 'vitest';
import { readBytes } from '../delivery/reading.ts';
import type { Masthead } from '../support/app.ts';
import { makeIssue, publish } from '../support/factories.ts';

export type Use = { issue: { title: string }; item: { title: string } | null };

/** An issue of these items that readers see. Each has a body, so that it is publishable. */
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
  if (status !== 200) throw new Error(`Not changed: ${JSON.stringify(body)}`);
  await publish(masthead, id);
}

export async function correctItem(masthead: Masthead, issueId: string, itemId: string, changes: object) {
  await masthead.as('author').patch(`/admin/v1/items/${itemId}`, changes, { 'if-match': '*' });
  await publish(masthead, issueId);
}

/** As a reader gets it: from what the node keeps, where it does. */
export async function read(masthead: Masthead, address: string) {
  const answer = await readBytes(masthead, `/content/v1${address}`);
  return { ...answer, body: JSON.parse(answer.body) };
}

/** The node answers from what it keeps, once it has heard of all that went before. */
export async function keepAtHand(masthead: Masthead, address: string): Promise<void> {
  const find = async () =>
    (await read(masthead, address)) && masthead.responses.find(`/content/v1${address}`);
  await expect.poll(find, { timeout: 10_000, interval: 20 }).not.toBeNull();
}

/** Titles of the items, or of the issue where it is that itself. */
export async function titlesOf(masthead: Masthead, address: string): Promise<string[]> {
  const { body } = await read(masthead, address);
  return body.data.map(({ issue, item }: Use) => item?.title ?? issue.title);
}
