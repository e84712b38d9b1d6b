import { DomainError } from '../../../errors.ts';

/** Of the system, where a disk or a quota of it is used up. */
const CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** What to throw instead of an error of the disk, so that the client learns what is the matter. */
export function nameFullStorage(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && CODES.includes(error.code);
  return isFull ? fullStorage(error) : error;
}

export function fullStorage(cause: unknown): DomainError {
  return new DomainError('storage_full', 'storage_full', 'There is no room left for files.', {}, { cause });
}
