import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../../../config.ts';
import { abortUploads } from './s3-abort-uploads.ts';
import { type Bucket, FOLDER, locate, openBucket, type Timeouts } from './s3-bucket.ts';
import { makeDirectUrls } from './s3-direct-urls.ts';
import { throwStorageError, unavailable, unlessMissing } from './s3-faults.ts';
import { uploadFile } from './s3-upload.ts';
import { withStallTimeout } from './stall-timeout.ts';
import type { ByteRange, MediaStorage, StoredEntry, StoredFile } from './storage.ts';

/** Stores files in a bucket of any S3-compatible server. `stagingDirectory` is on the local disk of this node. */
export function s3Storage(config: S3Config, stagingDirectory: string, timeouts?: Timeouts): MediaStorage {
  const bucket = openBucket(config, timeouts);
  return {
    stagingDirectory,
    put: async (path, file) => {
      if ((await statObject(bucket, file.fileName)) === null) await uploadFile(bucket, path, file);
    },
    open: (fileName, range) => openObject(bucket, fileName, range),
    stat: (fileName) => statObject(bucket, fileName),
    remove: (fileName) => removeObject(bucket, fileName),
    list: () => listObjects(bucket),
    removeUnfinished: (before) => abortUploads(bucket, before),
    directUrlOf: makeDirectUrls(bucket, config),
    close: async () => bucket.close(),
  };
}

async function openObject(bucket: Bucket, fileName: string, range?: ByteRange): Promise<StoredFile | null> {
  const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
  const found = await unlessMissing(getObject(bucket, { ...locate(bucket, fileName), ...part }));
  if (!found) return null;
  const { Body: body, ContentLength: length, ContentRange: placed } = found;
  if (!(body instanceof Readable)) throw unavailable(new Error(`S3 sent ${fileName} without a body`));
  // A server that ignores Range sends no Content-Range; its whole body must not be served as a part.
  const size = range ? totalSizeOf(placed) : length;
  if (size !== undefined) return { size, bytes: withStallTimeout(body, bucket.timeouts.idleMs) };
  body.destroy();
  throw unavailable(new Error(`S3 sent ${fileName} without Content-Length or Content-Range`));
}

/** The timeout covers the response headers. `withStallTimeout` covers the body. */
function getObject({ reader, timeouts }: Bucket, input: GetObjectCommandInput) {
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), timeouts.idleMs);
  const answer = reader.send(new GetObjectCommand(input), { abortSignal: timeout.signal });
  return answer.finally(() => clearTimeout(timer));
}

/** Returns 2048 for `bytes 0-9/2048`. */
function totalSizeOf(contentRange = ''): number | undefined {
  const [, size] = /\/(\d+)$/.exec(contentRange) ?? [];
  return size === undefined ? undefined : Number(size);
}

async function statObject(bucket: Bucket, fileName: string): Promise<StoredEntry | null> {
  const found = await unlessMissing(bucket.client.send(new HeadObjectCommand(locate(bucket, fileName))));
  return found && toEntry(fileName, found.ContentLength, found.LastModified);
}

async function removeObject(bucket: Bucket, fileName: string): Promise<void> {
  await unlessMissing(bucket.client.send(new DeleteObjectCommand(locate(bucket, fileName))));
}

async function* listObjects({ client, name }: Bucket): AsyncIterable<StoredEntry> {
  // Masthead makes no subfolders, so their objects are not listed.
  const pages = paginateListObjectsV2({ client }, { Bucket: name, Prefix: FOLDER, Delimiter: '/' });
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key, Size, LastModified } of Contents) {
        const fileName = Key?.slice(FOLDER.length);
        // Some servers list the folder itself as an object.
        if (fileName) yield toEntry(fileName, Size, LastModified);
      }
    }
  } catch (error) {
    throwStorageError(error);
  }
}

function toEntry(fileName: string, size: number | undefined, modifiedAt: Date | undefined): StoredEntry {
  if (size !== undefined && modifiedAt !== undefined) return { fileName, size, modifiedAt };
  throw unavailable(new Error(`S3 reported no size or modification time for ${fileName}`));
}
