import { S3ServiceException } from '@aws-sdk/client-s3';
import { DomainError } from '../../../errors.ts';
import { storageFull } from './storage-full.ts';

/** Error names of servers that do not answer with status 507. */
const STORAGE_FULL_ERRORS: ReadonlySet<string> = new Set([
  'QuotaExceeded',
  'StorageQuotaExceeded',
  'InsufficientStorage',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
]);

/** For `catch`. The client gets a DomainError; its cause, which may contain the bucket name, is only logged. */
export function throwStorageError(error: unknown): never {
  throw toStorageError(error);
}

/**
 * Converts an error of an S3 request into a DomainError. Clients cannot fix it, so an unreachable server, a refused key
 * and a server error are reported alike. Returns other errors unchanged.
 */
export function toStorageError(error: unknown): unknown {
  if (!(error instanceof Error) || !isOfRequest(error)) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const answer = status === undefined ? 'did not answer' : `answered ${status}`;
  // The response to a HEAD has no body, so the status may be all there is to log.
  const reason = new Error(`The storage ${answer}: ${error.name}`, { cause: error });
  return status === 507 || STORAGE_FULL_ERRORS.has(error.name) ? storageFull(reason) : unavailable(reason);
}

/** A request that timed out here is an AbortError without metadata. */
function isOfRequest(error: Error): boolean {
  return '$metadata' in error || error.name === 'AbortError';
}

export function unavailable(cause: unknown): DomainError {
  const message = 'The media storage is not available at the moment; try again later.';
  return new DomainError('unavailable', 'storage_unavailable', message, {}, { cause });
}

/** Resolves to null if the object does not exist. A missing bucket is an error. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => (isMissing(error) ? null : throwStorageError(error)));
}

/** GET reports NoSuchKey; HEAD, which has no body, reports NotFound. */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
}
