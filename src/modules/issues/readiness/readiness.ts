import type { Context } from '../../../context.ts';
import { toPointer } from '../../../errors.ts';
import { countCharacters, MAX_TEXT_CHARACTERS, readIssueTexts } from '../tree/issue-texts.ts';
import { type IssueTree, loadIssue } from '../tree/load-issue.ts';
import { findPublicConflicts, requireFreePublicAddress } from './address.ts';
import { type CheckedIssue, toCheckedIssue } from './checked-issue.ts';
import { findWarnings } from './editorial-warnings.ts';
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
  const tooLong = findExcessLength(issue);
  if (tooLong) return { ready: false, problems: [tooLong], warnings: [] };
  const texts = await readIssueTexts(ctx, issue);
  const checked = toCheckedIssue(issue, texts);
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
  const tooLong = findExcessLength(issue);
  const problems = tooLong
    ? [tooLong]
    : findProblems(toCheckedIssue(issue, await readIssueTexts(ctx, issue)));
  if (problems.length > 0) throw notReady(problems);
}

/** Checked first, because every other rule reads the texts. */
function findExcessLength(issue: IssueTree): Obstacle | null {
  const length = countCharacters(issue);
  if (length <= MAX_TEXT_CHARACTERS) return null;
  const message = `has ${length} characters of text; an issue can have at most ${MAX_TEXT_CHARACTERS}`;
  return { pointer: '', code: 'too_long', message, remedy: 'Move part of it to another issue.' };
}

/** Per issue. A text of a few kilobytes can repeat an image a thousand times, and each becomes 2 kB of HTML. */
const MAX_IMAGES = 1_000;

function findExcessImages({ intro, signOff, sections }: CheckedIssue): Obstacle[] {
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
  const message = `shows ${count} images; an issue can show at most ${MAX_IMAGES}`;
  return [{ pointer: '', code: 'too_many_images', message, remedy: 'Move some of them to another issue.' }];
}

function findProblems(checked: CheckedIssue): Obstacle[] {
  const issues = publishableIssue.safeParse(checked).error?.issues ?? [];
  const problems = issues.map((issue) => ({ pointer: pointerOf(issue.path), ...describeFault(issue) }));
  return withoutRepeats([...findExcessImages(checked), ...problems]);
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
