import { open } from 'node:fs/promises';
import { AbortMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Bucket, locate } from './s3-bucket.ts';
import { toStorageError } from './s3-faults.ts';
import type { FileToPut } from './storage.ts';

/** Parts of 5 MiB that are in memory at the same time. A smaller file is sent in one request. */
const CONCURRENT_PARTS = 2;

/** Uploads a file. If the upload fails, nothing of it stays in the bucket. */
export async function uploadFile(bucket: Bucket, path: string, file: FileToPut): Promise<void> {
  const source = await open(path);
  const bytes = source.createReadStream();
  const upload = new Upload({
    client: bucket.client,
    params: { ...locate(bucket, file.fileName), Body: bytes, ...headersOf(file) },
    queueSize: CONCURRENT_PARTS,
    // The library does not abort an upload whose completion fails, so `undoUpload` does.
    leavePartsOnError: true,
  });
  try {
    const { size } = await source.stat();
    await upload.done();
    if (bytes.bytesRead !== size) throw new Error(`${path} changed while it was stored`);
  } catch (error) {
    await undoUpload(bucket, file.fileName, upload.uploadId);
    throw toStorageError(error);
  } finally {
    bytes.destroy();
  }
}

/** Headers stored on the object, for clients that download it directly from S3 or through a CDN. */
function headersOf({ mimeType, contentDisposition }: FileToPut) {
  return {
    ContentType: mimeType,
    ContentDisposition: contentDisposition,
    CacheControl: 'public, max-age=31536000, immutable',
  };
}

/** Best effort: `sweepMedia` removes what is left if S3 is unreachable. */
async function undoUpload(bucket: Bucket, fileName: string, uploadId: string | undefined): Promise<void> {
  const location = locate(bucket, fileName);
  const { client } = bucket;
  if (uploadId) {
    await client.send(new AbortMultipartUploadCommand({ ...location, UploadId: uploadId })).catch(() => {});
  }
  // The file may be complete, with only the response lost.
  await client.send(new DeleteObjectCommand(location)).catch(() => {});
}
