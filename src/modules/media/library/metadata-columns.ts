import { definedFields } from '../../../lib/patch.ts';
import type { Credit } from '../record/credit-schemas.ts';
import type { MediaMetadata } from '../record/schemas.ts';

export type MediaColumns = ReturnType<typeof metadataColumns>;

/** Maps metadata to the columns of `media`. Absent fields have no column, so an update leaves them unchanged. */
export function metadataColumns({ credit, focalPoint, tags, ...texts }: MediaMetadata) {
  return {
    ...definedFields(texts),
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

/** Stored as whole percents, which is precise enough for a crop. */
function focalColumns(point: { x: number; y: number } | null) {
  return {
    focalX: point && Math.round(point.x * 100),
    focalY: point && Math.round(point.y * 100),
  };
}
