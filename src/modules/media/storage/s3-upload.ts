import { open } from 'node:fs/promises';
import { AbortMultipartUploadCommand, DeleteObjectCommand } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { type Bucket, locate } from './s3-bucket.ts';
import { nameS3Fault } from './s3-faults.ts';
import type { FileToKeep } from './storage.ts';

/** Parts that are in memory and on their way at once, of 5 MiB each; a file of no more goes in one request. */
const PARTS_AT_ONCE = 2;

/** Stores a file, or leaves nothing of it. */
export async function uploadFile(bucket: Bucket, path: string, file: FileToKeep): Promise<void> {
  const source = await open(path);
  const bytes = source.createReadStream();
  const upload = new Upload({
    client: bucket.client,
    params: { ...locate(bucket, file.fileName), Body: bytes, ...headersOf(file) },
    queueSize: PARTS_AT_ONCE,
    // It would forget an upload that fails when it is completed.
    leavePartsOnError: true,
  });
  try {
    const { size } = await source.stat();
    await upload.done();
    if (bytes.bytesRead !== size) throw new Error(`${path} changed while it was stored`);
  } catch (error) {
    await takeBack(bucket, file.fileName, upload.uploadId);
    throw nameS3Fault(error);
  } finally {
    bytes.destroy();
  }
}

/** For who gets the file without us. */
function headersOf({ mimeType, contentDisposition }: FileToKeep) {
  return {
    ContentType: mimeType,
    ContentDisposition: contentDisposition,
    CacheControl: 'public, max-age=31536000, immutable',
  };
}

/** As far as the storage can be reached; the rest has no row, for `sweepMedia`. */
async function takeBack(bucket: Bucket, fileName: string, uploadId: string | undefined): Promise<void> {
  const place = locate(bucket, fileName);
  const { client } = bucket;
  if (uploadId) {
    await client.send(new AbortMultipartUploadCommand({ ...place, UploadId: uploadId })).catch(() => {});
  }
  // The answer may have been lost, not the file.
  await client.send(new DeleteObjectCommand(place)).catch(() => {});
}
