import { type FillPlan, planFilling } from '../fill/plan.ts';

/** How to fill a library and the newsletter that features its papers. */
export type LibraryPlan = {
  papers: FillPlan;
  issues: FillPlan;
  /** The published items that feature a paper. */
  uses: FillPlan;
};

/** The average number of uses of a paper. */
const USES_PER_PAPER = 5;
export const USES_OF_ISSUE = 20;

/** The indexes of two papers that are featured more often than others. */
export const FREQUENT = 0;
export const LANDMARK = 1;
/** The number of issues that feature each of them, or all issues when there are fewer. */
export const FREQUENT_USES = 200;
export const LANDMARK_USES = 10_000;

const SLUG = 'library';

export function planLibrary(papers: number): LibraryPlan {
  const issues = Math.floor((papers * USES_PER_PAPER) / USES_OF_ISSUE);
  return {
    papers: planFilling(SLUG, papers),
    issues: planFilling(SLUG, issues),
    uses: planFilling(SLUG, issues * USES_OF_ISSUE),
  };
}

/** The index of the paper that an issue features at this position. */
export function paperOfUse({ papers, issues }: LibraryPlan, issue: number, place: number): number {
  if (place === 0 && isSpread(issue, issues.issues, FREQUENT_USES)) return FREQUENT;
  if (place === 1 && isSpread(issue, issues.issues, LANDMARK_USES)) return LANDMARK;
  const others = papers.issues - 2;
  return 2 + ((issue * USES_OF_ISSUE + place) % others);
}

/** Whether the issue is one of `count` issues that are spread evenly over all, or of all when there are fewer. */
function isSpread(issue: number, issues: number, count: number): boolean {
  return (
    Math.floor((issue * count) / issues) !== Math.floor(((issue - 1) * count) / issues) || count > issues
  );
}
