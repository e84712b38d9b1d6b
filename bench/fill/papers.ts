import { presentPaperFields } from '../../src/modules/papers/record/present.ts';
import type { EditionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import { makeRandom } from '../random.ts';
import { isRare } from './landmarks.ts';
import { type FillPlan, idOf } from './plan.ts';
import { capital, drawWords } from './vocabulary.ts';

export type FilledPaper = NonNullable<EditionDocument['sections'][number]['items'][number]['paper']>;

/** How often a paper is featured, except the rare one. */
const USES_PER_PAPER = 10;

/** The first paper is the rare one. */
export function countPapers({ issues }: FillPlan): number {
  return 1 + Math.ceil(issues / USES_PER_PAPER);
}

export function paperAt(plan: FillPlan, index: number): FilledPaper {
  return {
    id: idOf(plan, 'paper', index),
    ...presentPaperFields({ ...DEFAULTS, ...drawPaper(makeRandom(index)) }),
  };
}

/** The default values of the optional fields. */
const DEFAULTS = {
  ...{ hasMoreAuthors: false, venue: null, abstract: null, licence: null, status: null },
  ...{ links: [], results: [], statuses: [], csl: {}, identifiers: [] },
};

function drawPaper(random: () => number) {
  return {
    title: capital(drawWords(random, 5)),
    authors: [
      {
        name: drawWords(random, 2)
          .map((word) => capital([word]))
          .join(' '),
      },
    ],
    year: 2026,
  };
}

/** The paper that an issue features. */
export function paperOf(plan: FillPlan, issueIndex: number): FilledPaper {
  if (isRare(issueIndex, plan.issues)) return paperAt(plan, 0);
  return paperAt(plan, 1 + (issueIndex % (countPapers(plan) - 1)));
}
