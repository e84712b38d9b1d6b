import type { Masthead } from '../support/app.ts';
import { makeReadyIssue, publish, schedule } from '../support/factories.ts';

export const anyRevision = { 'if-match': '*' };

export type State = 'draft' | 'scheduled' | 'published';

type Fields = Parameters<typeof makeReadyIssue>[1];

/** Makes a ready issue in the given state. */
export async function makeIssueIn(masthead: Masthead, state: State, fields: Fields = {}) {
  const issue = await makeReadyIssue(masthead, fields);
  if (state === 'draft') return issue;
  return state === 'scheduled' ? schedule(masthead, issue.id) : publish(masthead, issue.id);
}

/** The four operations that an editor can perform on an issue's status. */
export function workflowOf(masthead: Masthead) {
  const editor = () => masthead.as('editor');
  const path = (id: string, part: string) => `/admin/v1/issues/${id}/${part}`;
  return {
    schedule: (id: string, time: object, headers: Record<string, string> = anyRevision) =>
      editor().put(path(id, 'schedule'), time, headers),
    unschedule: (id: string, headers: Record<string, string> = anyRevision) =>
      editor().delete(path(id, 'schedule'), headers),
    publish: (id: string, headers: Record<string, string> = anyRevision) =>
      editor().put(path(id, 'publication'), {}, headers),
    unpublish: (id: string, headers: Record<string, string> = anyRevision) =>
      editor().delete(path(id, 'publication'), headers),
  };
}

/** The RFC 3339 time that is `minutes` from now. */
export function minutesAhead(minutes: number): string {
  return new Date(Date.now() + minutes * 60_000).toISOString();
}

/** Everything stored about an issue. Comparing two results shows that nothing changed. */
export async function storedIssue(masthead: Masthead, id: string) {
  const { prisma } = masthead.database;
  return {
    issue: await prisma.issue.findUniqueOrThrow({
      where: { id },
      include: { sections: { include: { items: true } }, editions: true, publication: true },
    }),
    events: await prisma.event.count({ where: { issueId: id } }),
  };
}

/** The types of an issue's events, oldest first. */
export async function eventsOf(masthead: Masthead, issueId: string) {
  const rows = await masthead.database.prisma.event.findMany({ where: { issueId }, orderBy: { id: 'asc' } });
  return rows.map(({ type }) => type);
}

export async function lastEventOf(masthead: Masthead, issueId: string) {
  return masthead.database.prisma.event.findFirstOrThrow({ where: { issueId }, orderBy: { id: 'desc' } });
}
