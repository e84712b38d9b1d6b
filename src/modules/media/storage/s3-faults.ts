import { S3ServiceException } from '@aws-sdk/client-s3';
import { DomainError } from '../../../errors.ts';
import { fullStorage } from './full-storage.ts';

/** Of servers that have no status of their own for it. */
const FULL: ReadonlySet<string> = new Set([
  'QuotaExceeded',
  'StorageQuotaExceeded',
  'InsufficientStorage',
  'XMinioStorageFull',
  'XMinioAdminBucketQuotaExceeded',
]);

/** For `catch`: what the client may know of it. The reason, which may name the bucket, is for the log. */
export function refuseS3Fault(error: unknown): never {
  throw nameS3Fault(error);
}

/**
 * Whether the server is out of reach, refuses our key or fails, there is nothing that the client can mend. What
 * did not come from a request is as it was.
 */
export function nameS3Fault(error: unknown): unknown {
  if (!(error instanceof Error) || !isOfRequest(error)) return error;
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  const answer = status === undefined ? 'did not answer' : `answered ${status}`;
  // To HEAD a server cannot say why it refuses.
  const reason = new Error(`The storage ${answer}: ${error.name}`, { cause: error });
  return status === 507 || FULL.has(error.name) ? fullStorage(reason) : unavailable(reason);
}

/** One that we gave up ourselves has a name alone. */
function isOfRequest(error: Error): boolean {
  return '$metadata' in error || error.name === 'AbortError';
}

export function unavailable(cause: unknown): DomainError {
  const message = 'The storage of files does not answer as it should at the moment.';
  return new DomainError('unavailable', 'storage_unavailable', message, {}, { cause });
}

/** Null instead of the error that says that there is no such object. One without its bucket is a fault. */
export async function unlessMissing<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => (isMissing(error) ? null : refuseS3Fault(error)));
}

/** HEAD has no body to say more than 404. */
function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && ['NoSuchKey', 'NotFound'].includes(error.name);
}
