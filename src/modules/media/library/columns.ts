import { definedFields } from '../../../lib/patch.ts';
import type { Credit } from '../record/credit-schemas.ts';
import type { MediaWords } from '../record/schemas.ts';

export type MediaColumns = ReturnType<typeof wordColumns>;

/** What is said of a media, as its row holds it. What is left out stays out, so that a patch keeps it. */
export function wordColumns({ credit, focalPoint, tags, ...words }: MediaWords) {
  return {
    ...definedFields(words),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(credit === undefined ? {} : creditColumns(credit)),
    ...(focalPoint === undefined ? {} : focalColumns(focalPoint)),
  };
}

function creditColumns(credit: Credit | null) {
  return {
    creditText: credit?.text ?? null,
    creditUrl: credit?.url ?? null,
    creditLicence: credit?.licence ?? null,
  };
}

/** To the percent, which is finer than an eye. */
function focalColumns(point: { x: number; y: number } | null) {
  return {
    focalX: point && Math.round(point.x * 100),
    focalY: point && Math.round(point.y * 100),
  };
}
