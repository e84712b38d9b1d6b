import type { Context } from '../../../context.ts';
import { DomainError, toPointer } from '../../../errors.ts';
import { type IssueTree, loadIssue } from '../tree/load-issue.ts';
import { measureTexts } from '../tree/word-count.ts';
import { findPublicConflicts, requireFreePublicAddress } from './address.ts';
import { type Candidate, toCandidate } from './checked-issue.ts';
import { findWarnings } from './editorial-warnings.ts';
import { describeFault, type Obstacle, publishableIssue } from './publishable.ts';

/** Whether the issue could go out as it is. Pointers are into the issue as the Admin API shows it. */
export type Readiness = {
  ready: boolean;
  /** Each keeps the issue from being scheduled or published. */
  problems: Obstacle[];
  /** For the editor to weigh. */
  warnings: Obstacle[];
};

export async function getReadiness(ctx: Context, issueId: string): Promise<Readiness> {
  const issue = await loadIssue(ctx, issueId);
  const tooLong = findExcessLength(issue);
  if (tooLong) return { ready: false, problems: [tooLong], warnings: [] };
  const candidate = toCandidate(issue);
  const problems = [...findProblems(candidate), ...(await findPublicConflicts(ctx, issue))];
  const warnings = withoutRepeats(await findWarnings(ctx, issue, candidate));
  return { ready: problems.length === 0, problems, warnings };
}

/** Refuses what cannot go out: with the checklist, or for an address by which readers know another issue. */
export async function requirePublishable(ctx: Context, issue: IssueTree): Promise<void> {
  requireReady(issue);
  await requireFreePublicAddress(ctx, issue);
}

/** Refuses with the checklist. */
export function requireReady(issue: IssueTree): void {
  const tooLong = findExcessLength(issue);
  const problems = tooLong ? [tooLong] : findProblems(toCandidate(issue));
  if (problems.length === 0) return;
  const faults = problems.map((problem) => ({ ...problem, in: 'issue' as const }));
  throw new DomainError('invalid', 'not_ready', 'The issue cannot go out like this.', { faults });
}

/** Characters of Markdown in one issue: about thirty times what a long letter has. Rendering holds up the node. */
const MAX_TEXT = 300_000;

/** Said before anything else looks at the texts. */
function findExcessLength(issue: IssueTree): Obstacle | null {
  const length = measureTexts(issue);
  if (length <= MAX_TEXT) return null;
  const message = `has ${length} characters of text; at most ${MAX_TEXT} go out in one issue`;
  return { pointer: '', code: 'too_long', message, remedy: 'Move a part of it to another issue.' };
}

/** Images in one issue. A text of a few kilobytes can show one a thousand times, which is 2 kB of HTML each. */
const MAX_IMAGES = 1_000;

function findExcessImages({ intro, signOff, sections }: Candidate): Obstacle[] {
  const items = sections.flatMap((section) => section.items);
  const texts = [
    intro,
    signOff,
    ...sections.map((section) => section.intro),
    ...items.map(({ body }) => body),
  ];
  const shown = [...texts.map(({ placed }) => placed), ...items.map(({ figures }) => figures)];
  const count = shown.reduce((sum, { length }) => sum + length, 0);
  if (count <= MAX_IMAGES) return [];
  const message = `shows ${count} images; at most ${MAX_IMAGES} go out in one issue`;
  return [{ pointer: '', code: 'too_many_images', message, remedy: 'Move some of them to another issue.' }];
}

function findProblems(candidate: Candidate): Obstacle[] {
  const issues = publishableIssue.safeParse(candidate).error?.issues ?? [];
  const problems = issues.map((issue) => ({ pointer: pointerOf(issue.path), ...describeFault(issue) }));
  return withoutRepeats([...findExcessImages(candidate), ...problems]);
}

/** A text that the rules look into is one string to the editor. */
function pointerOf(path: readonly PropertyKey[]): string {
  const end = path.indexOf('placed');
  return toPointer(end < 0 ? path : path.slice(0, end));
}

/** Two images of one text may have the same fault: it is said once. */
function withoutRepeats(obstacles: readonly Obstacle[]): Obstacle[] {
  const byPlace = new Map(obstacles.map((obstacle) => [`${obstacle.pointer} ${obstacle.code}`, obstacle]));
  return [...byPlace.values()];
}
