import { encodeCursor } from '../../src/http/pagination.ts';
import { RARE_USES, TAGS, UNCOMMON_EVERY, WORDS, YEARS } from '../fill/landmarks.ts';
import { type FillPlan, idOf, timeOf } from '../fill/plan.ts';

/** `path`: of the Content API. `isFlat`: what is found is as much in a large archive as in a small one. */
export type Question = { subject: string; path: string; isFlat: boolean };

/** What readers ask of an archive, in the same order for every plan. */
export function questionsOf(plan: FillPlan): Question[] {
  const newsletter = `/content/v1/newsletters/${plan.slug}`;
  const archive = `${newsletter}/issues`;
  const middle = Math.floor(plan.issues / 2);
  const year = new Date().getUTCFullYear() - YEARS / 2;
  const ask = (subject: string, path: string, isFlat = true) => ({ subject, path, isFlat });
  return [
    ask('Archive, first page', archive),
    ask('Archive, a page deep inside', `${archive}?cursor=${cursorDeepInside(plan)}`),
    ask('Archive of a year', `${archive}?year=${year}`),
    ask('Archive of a tag of every second issue', `${archive}?tag=${TAGS.frequent}`),
    ask(`Archive of a tag of ${RARE_USES} issues`, `${archive}?tag=${TAGS.rare}`),
    ask('Latest issue', `${archive}/latest`),
    ask('Issue with previous and next', `${archive}/${middle}`),
    ask(`Paper in ${RARE_USES} issues`, `/content/v1/papers/${idOf(plan, 'paper', 0)}`),
    ask('Feed', `${newsletter}/feed.atom`),
    ask('Changes, deep inside', `${newsletter}/changes?cursor=${changesDeepInside(plan)}`),
    ask('Search, a word of every issue', `${newsletter}/search?q=${WORDS.inAll}`),
    ask(
      `Search, a word of one issue in ${UNCOMMON_EVERY}`,
      `${newsletter}/search?q=${WORDS.uncommon}`,
      false,
    ),
    ask(`Search, a word of ${RARE_USES} issues`, `${newsletter}/search?q=${WORDS.rare}`),
    ask('Search, the same word mistyped', `${newsletter}/search?q=${WORDS.mistyped}`),
  ];
}

/** Most of the archive is newer. */
function cursorDeepInside(plan: FillPlan): string {
  const index = Math.floor(plan.issues / 10);
  return encodeCursor({ publishedAt: timeOf(plan, index).toISOString(), number: index + 1 });
}

/** More follows than fits on a page of any length. */
function changesDeepInside(plan: FillPlan): string {
  const position = Math.floor(plan.issues / 2);
  const edition = idOf(plan, 'edition', position - 1);
  return encodeCursor({ newsletter: idOf(plan, 'newsletter', 0), position, edition });
}
