import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { type Bucket, FOLDER } from './s3-bucket.ts';
import { throwStorageError } from './s3-faults.ts';

/** Aborts multipart uploads that began before `before`. Returns their number. */
export async function abortUploads(bucket: Bucket, before: Date): Promise<number> {
  let count = 0;
  for await (const upload of listUnfinished(bucket)) {
    if (upload.Initiated && upload.Initiated < before && (await abort(bucket, upload))) count += 1;
  }
  return count;
}

type Marker = Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'>;

async function* listUnfinished(bucket: Bucket, after: Marker = {}): AsyncGenerator<MultipartUpload> {
  const command = new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: FOLDER, ...after });
  const page = await bucket.client.send(command).catch(throwStorageError);
  yield* page.Uploads ?? [];
  const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
  if (IsTruncated && KeyMarker) yield* listUnfinished(bucket, { KeyMarker, UploadIdMarker });
}

/** Returns false if the upload was completed or aborted in the meantime. */
async function abort({ client, name }: Bucket, { Key, UploadId }: MultipartUpload): Promise<boolean> {
  const command = new AbortMultipartUploadCommand({ Bucket: name, Key, UploadId });
  return client.send(command).then(
    () => true,
    (error: unknown) => (isGone(error) ? false : throwStorageError(error)),
  );
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchUpload';
}
