import { type FillPlan, planFilling } from '../fill/plan.ts';

/** A library, and the newsletter that features its papers. */
export type LibraryPlan = {
  papers: FillPlan;
  issues: FillPlan;
  /** Items of published issues that feature a paper */
  uses: FillPlan;
};

/** Times that a paper is featured on average. */
const USES = 5;
export const USES_OF_ISSUE = 20;

/** Papers by their place in the library that are featured more often than others. */
export const FREQUENT = 0;
export const LANDMARK = 1;
/** Issues that have the frequent one, in a library of any size, and the landmark in one that has so many. */
export const FREQUENT_USES = 200;
export const LANDMARK_USES = 10_000;

const SLUG = 'library';

export function planLibrary(papers: number): LibraryPlan {
  const issues = Math.floor((papers * USES) / USES_OF_ISSUE);
  return {
    papers: planFilling(SLUG, papers),
    issues: planFilling(SLUG, issues),
    uses: planFilling(SLUG, issues * USES_OF_ISSUE),
  };
}

/** Place in the library of what an issue features at this place of its own, all from 0. */
export function paperOfUse({ papers, issues }: LibraryPlan, issue: number, place: number): number {
  if (place === 0 && isSpread(issue, issues.issues, FREQUENT_USES)) return FREQUENT;
  if (place === 1 && isSpread(issue, issues.issues, LANDMARK_USES)) return LANDMARK;
  const others = papers.issues - 2;
  return 2 + ((issue * USES_OF_ISSUE + place) % others);
}

/** Whether the issue is one of so many that are spread over all; of all, if there are no more. */
function isSpread(issue: number, issues: number, count: number): boolean {
  return (
    Math.floor((issue * count) / issues) !== Math.floor(((issue - 1) * count) / issues) || count > issues
  );
}
