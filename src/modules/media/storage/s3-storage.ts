import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  HeadObjectCommand,
  paginateListObjectsV2,
} from '@aws-sdk/client-s3';
import type { S3Config } from '../../../config.ts';
import { limitStall } from './limit-stall.ts';
import { makeAddresses } from './s3-addresses.ts';
import { type Bucket, FOLDER, type Limits, locate, openBucket } from './s3-bucket.ts';
import { refuseS3Fault, unavailable, unlessMissing } from './s3-faults.ts';
import { abortUnfinished } from './s3-unfinished.ts';
import { uploadFile } from './s3-upload.ts';
import type { ByteRange, MediaStorage, StoredEntry, StoredFile } from './storage.ts';

/** A bucket of any server that speaks S3. `stagingDirectory` is of this node alone. */
export function s3Storage(config: S3Config, stagingDirectory: string, limits?: Limits): MediaStorage {
  const bucket = openBucket(config, limits);
  return {
    stagingDirectory,
    keep: async (path, file) => {
      if ((await statObject(bucket, file.fileName)) === null) await uploadFile(bucket, path, file);
    },
    open: (fileName, range) => openObject(bucket, fileName, range),
    stat: (fileName) => statObject(bucket, fileName),
    remove: (fileName) => removeObject(bucket, fileName),
    list: () => listObjects(bucket),
    removeUnfinished: (before) => abortUnfinished(bucket, before),
    addressOf: makeAddresses(bucket, config),
    close: async () => bucket.close(),
  };
}

async function openObject(bucket: Bucket, fileName: string, range?: ByteRange): Promise<StoredFile | null> {
  const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
  const found = await unlessMissing(getObject(bucket, { ...locate(bucket, fileName), ...part }));
  if (!found) return null;
  const { Body: body, ContentLength: length, ContentRange: placed } = found;
  if (!(body instanceof Readable)) throw unavailable(new Error(`${fileName} came without a body`));
  // One that ignores the range would pass the whole for a part.
  const size = range ? sizeOfWhole(placed) : length;
  if (size !== undefined) return { size, bytes: limitStall(body, bucket.limits.idle) };
  body.destroy();
  throw unavailable(new Error(`${fileName} came without its length or its range`));
}

/** The limit is on the answer, not on its body, which is read later. */
function getObject({ reader, limits }: Bucket, input: GetObjectCommandInput) {
  const waiting = new AbortController();
  const timer = setTimeout(() => waiting.abort(), limits.idle);
  const answer = reader.send(new GetObjectCommand(input), { abortSignal: waiting.signal });
  return answer.finally(() => clearTimeout(timer));
}

/** Of `bytes 0-9/2048`. */
function sizeOfWhole(contentRange = ''): number | undefined {
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
  // What lies in folders below is none of ours.
  const pages = paginateListObjectsV2({ client }, { Bucket: name, Prefix: FOLDER, Delimiter: '/' });
  try {
    for await (const { Contents = [] } of pages) {
      for (const { Key, Size, LastModified } of Contents) {
        const fileName = Key?.slice(FOLDER.length);
        // Some servers list the folder as an object of its own.
        if (fileName) yield toEntry(fileName, Size, LastModified);
      }
    }
  } catch (error) {
    refuseS3Fault(error);
  }
}

function toEntry(fileName: string, size: number | undefined, modifiedAt: Date | undefined): StoredEntry {
  if (size !== undefined && modifiedAt !== undefined) return { fileName, size, modifiedAt };
  throw unavailable(
    new Error(`The storage does not say how large ${fileName} is, or since when it is there`),
  );
}
