import type { MediaFault } from '../modules/media/upkeep/verify-media.ts';

const MAX_LISTED_FAULTS = 100;

const FAULT_TEXTS = {
  missing: 'is missing from the storage',
  unreadable: 'cannot be read',
  size: 'differs in size from its database row',
  sum: 'differs in SHA-256 from its database row',
};

/** One line for each of the first faults. */
export function describeFaults(faults: readonly MediaFault[]): string[] {
  const listed = faults
    .slice(0, MAX_LISTED_FAULTS)
    .map(({ fileName, fault }) => `${fileName} ${FAULT_TEXTS[fault]}`);
  const more = faults.length - listed.length;
  return more > 0 ? [...listed, `and ${more} more`] : listed;
}
