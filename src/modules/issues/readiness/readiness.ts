import type { Context } from '../../../context.ts';
import { toPointer } from '../../../errors.ts';
import { type IssueTexts, readIssueTexts } from '../tree/issue-texts.ts';
import { type IssueTree, loadIssue } from '../tree/load-issue.ts';
import { findPublicConflicts, requireFreePublicAddress } from './address.ts';
import { type CheckedIssue, toCheckedIssue } from './checked-issue.ts';
import { findWarnings } from './editorial-warnings.ts';
import { findExcessLength, findExcessSize } from './excess.ts';
import { describeFault, notReady, type Obstacle, publishableIssue } from './publishable.ts';

/** Whether the current draft can be published. Pointers point into the issue as the Admin API returns it. */
export type Readiness = {
  ready: boolean;
  /** They prevent scheduling and publishing. */
  problems: Obstacle[];
  /** They do not prevent it. */
  warnings: Obstacle[];
};

export async function getReadiness(ctx: Context, issueId: string): Promise<Readiness> {
  const issue = await loadIssue(ctx, issueId);
  const examined = await examine(ctx, issue);
  if ('excess' in examined) return { ready: false, problems: [examined.excess], warnings: [] };
  const { texts, checked } = examined;
  const problems = [...findProblems(checked), ...(await findPublicConflicts(ctx, issue))];
  const warnings = withoutRepeats(await findWarnings(ctx, issue, texts, checked));
  return { ready: problems.length === 0, problems, warnings };
}

/** Throws if the issue has problems, or if another published issue has its number or slug. */
export async function requirePublishable(ctx: Context, issue: IssueTree): Promise<void> {
  await requireReady(ctx, issue);
  await requireFreePublicAddress(ctx, issue);
}

/** Throws an error that lists the problems of the issue, if it has any. */
export async function requireReady(ctx: Context, issue: IssueTree): Promise<void> {
  const examined = await examine(ctx, issue);
  const problems = 'excess' in examined ? [examined.excess] : findProblems(examined.checked);
  if (problems.length > 0) throw notReady(problems);
}

type Examined = { texts: IssueTexts; checked: CheckedIssue } | { excess: Obstacle };

/** An issue that is too large has only that problem, because examining all of it would hold the event loop. */
async function examine(ctx: Context, issue: IssueTree): Promise<Examined> {
  const tooLong = findExcessLength(issue);
  if (tooLong) return { excess: tooLong };
  const texts = await readIssueTexts(ctx, issue);
  const excess = findExcessSize(issue, texts);
  return excess ? { excess } : { texts, checked: toCheckedIssue(issue, texts) };
}

function findProblems(checked: CheckedIssue): Obstacle[] {
  const issues = publishableIssue.safeParse(checked).error?.issues ?? [];
  const problems = issues.map((issue) => ({ pointer: pointerOf(issue.path), ...describeFault(issue) }));
  return withoutRepeats(problems);
}

/** The rules check the parts of a text, but in the Admin API a text is one string. */
function pointerOf(path: readonly PropertyKey[]): string {
  const end = path.indexOf('placed');
  return toPointer(end < 0 ? path : path.slice(0, end));
}

/** Two images in one text can have the same fault. It is reported once. */
function withoutRepeats(obstacles: readonly Obstacle[]): Obstacle[] {
  const byPlace = new Map(obstacles.map((obstacle) => [`${obstacle.pointer} ${obstacle.code}`, obstacle]));
  return [...byPlace.values()];
}
