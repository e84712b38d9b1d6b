import { DomainError } from '../../../errors.ts';

/** System error codes for a full disk and an exceeded disk quota */
const DISK_FULL_CODES: readonly unknown[] = ['ENOSPC', 'EDQUOT'];

/** Converts a disk-full error into a DomainError, so that the client gets the reason. Returns other errors unchanged. */
export function toStorageFullError(error: unknown): unknown {
  return isDiskFull(error) ? storageFull(error) : error;
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && DISK_FULL_CODES.includes(error.code);
}

export function storageFull(cause: unknown): DomainError {
  return new DomainError(
    'storage_full',
    'storage_full',
    'The media storage is full; free some space, then try again.',
    {},
    { cause },
  );
}
