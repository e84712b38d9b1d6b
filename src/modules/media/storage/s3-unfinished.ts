import {
  AbortMultipartUploadCommand,
  ListMultipartUploadsCommand,
  type ListMultipartUploadsCommandInput,
  type MultipartUpload,
} from '@aws-sdk/client-s3';
import { type Bucket, FOLDER } from './s3-bucket.ts';
import { refuseS3Fault } from './s3-faults.ts';

/** Aborts uploads in parts that began before `before`, and says how many. */
export async function abortUnfinished(bucket: Bucket, before: Date): Promise<number> {
  let count = 0;
  for await (const upload of listUnfinished(bucket)) {
    if (upload.Initiated && upload.Initiated < before && (await abort(bucket, upload))) count += 1;
  }
  return count;
}

type Marker = Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'>;

async function* listUnfinished(bucket: Bucket, after: Marker = {}): AsyncGenerator<MultipartUpload> {
  const command = new ListMultipartUploadsCommand({ Bucket: bucket.name, Prefix: FOLDER, ...after });
  const page = await bucket.client.send(command).catch(refuseS3Fault);
  yield* page.Uploads ?? [];
  const { IsTruncated, NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = page;
  if (IsTruncated && KeyMarker) yield* listUnfinished(bucket, { KeyMarker, UploadIdMarker });
}

/** False: it was completed or aborted meanwhile. */
async function abort({ client, name }: Bucket, { Key, UploadId }: MultipartUpload): Promise<boolean> {
  const command = new AbortMultipartUploadCommand({ Bucket: name, Key, UploadId });
  return client.send(command).then(
    () => true,
    (error: unknown) => (isGone(error) ? false : refuseS3Fault(error)),
  );
}

function isGone(error: unknown): boolean {
  return error instanceof Error && error.name === 'NoSuchUpload';
}
