import { expect } from 'vitest';
import type { Masthead } from '../support/app.ts';
import { makeReadyIssue } from '../support/factories.ts';

export type Fields = Record<string, unknown>;
export type Place = [pointer: string, code: string];
type Obstacle = { pointer: string; code: string; message: string; remedy: string };
type Checklist = { ready: boolean; problems: Obstacle[]; warnings: Obstacle[] };

/** Fields of an issue with one section of these items. Each item is a note with a title and a body unless it says otherwise. */
export function withItems(...items: Fields[]) {
  const note = { kind: 'note', title: 'One', body: 'Words.' };
  return { sections: [{ title: 'A', items: items.map((item) => ({ ...note, ...item })) }] };
}

export function linkTo(url: string) {
  return { label: 'x', url, rel: 'source' };
}

export async function readChecklist(masthead: Masthead, issueId: string): Promise<Checklist> {
  return (await masthead.as('viewer').get(`/admin/v1/issues/${issueId}/readiness`)).body;
}

/** Creates an issue that is ready apart from `fields`, and expects exactly these problems. */
export async function expectProblems(masthead: Masthead, fields: Fields, places: Place[]): Promise<void> {
  const { ready, problems } = await readChecklist(masthead, (await makeReadyIssue(masthead, fields)).id);
  expect(placesOf(problems)).toEqual(places);
  expect(ready).toBe(places.length === 0);
}

/** Expects that the issue is ready, and returns its warnings. */
export async function readWarnings(masthead: Masthead, issueId: string): Promise<Obstacle[]> {
  const { ready, problems, warnings } = await readChecklist(masthead, issueId);
  expect({ ready, problems }).toEqual({ ready: true, problems: [] });
  return warnings;
}

export function placesOf(obstacles: Obstacle[]): Place[] {
  return obstacles.map(({ pointer, code }) => [pointer, code]);
}
