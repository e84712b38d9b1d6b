import { encodeCursor } from '../../src/http/pagination.ts';
import { RARE_USES, TAGS, UNCOMMON_EVERY, WORDS, YEARS } from '../fill/landmarks.ts';
import { type FillPlan, idOf, timeOf } from '../fill/plan.ts';

/** A path of the Content API. `isFlat` means that a large archive has no more matches than a small one. */
export type Question = { subject: string; path: string; isFlat: boolean };

/** The requests of readers, in the same order for every plan. */
export function questionsOf(plan: FillPlan): Question[] {
  const newsletter = `/content/v1/newsletters/${plan.slug}`;
  const archive = `${newsletter}/issues`;
  const middle = Math.floor(plan.issues / 2);
  const year = new Date().getUTCFullYear() - YEARS / 2;
  const ask = (subject: string, path: string, isFlat = true) => ({ subject, path, isFlat });
  return [
    ask('Archive, first page', archive),
    ask('Archive, a late page', `${archive}?cursor=${cursorDeepInside(plan)}`),
    ask('Archive by year', `${archive}?year=${year}`),
    ask('Archive by tag, in every second issue', `${archive}?tag=${TAGS.frequent}`),
    ask(`Archive by tag, in ${RARE_USES} issues`, `${archive}?tag=${TAGS.rare}`),
    ask('Latest issue', `${archive}/latest`),
    ask('Issue with its neighbours', `${archive}/${middle}`),
    ask(`Paper in ${RARE_USES} issues`, `/content/v1/papers/${idOf(plan, 'paper', 0)}`),
    ask('Feed', `${newsletter}/feed.atom`),
    ask('Changes, a middle page', `${newsletter}/changes?cursor=${changesDeepInside(plan)}`),
    ask('Search for a word in every issue', `${newsletter}/search?q=${WORDS.inAll}`),
    ask(
      `Search for a word in one of ${UNCOMMON_EVERY} issues`,
      `${newsletter}/search?q=${WORDS.uncommon}`,
      false,
    ),
    ask(`Search for a word in ${RARE_USES} issues`, `${newsletter}/search?q=${WORDS.rare}`),
    ask('Search for the same word, misspelled', `${newsletter}/search?q=${WORDS.mistyped}`),
  ];
}

/** Nine tenths of the archive are newer. */
function cursorDeepInside(plan: FillPlan): string {
  const index = Math.floor(plan.issues / 10);
  return encodeCursor({ publishedAt: timeOf(plan, index).toISOString(), number: index + 1 });
}

/** Half of the changes follow, more than fit on a page of any length. */
function changesDeepInside(plan: FillPlan): string {
  const position = Math.floor(plan.issues / 2);
  const edition = idOf(plan, 'edition', position - 1);
  return encodeCursor({ newsletter: idOf(plan, 'newsletter', 0), position, edition });
}
