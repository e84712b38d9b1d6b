import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config } from '../../../config.ts';
import { type Bucket, locate } from './s3-bucket.ts';
import type { MediaStorage } from './storage.ts';

/** Seconds for which a signed address is good. */
const SIGNED_SECONDS = 900;
/** Seconds for which the same address is handed out, so that caches find the file again by it. */
const SAME_SECONDS = 450;
/** Seconds for which the address of a CDN may be remembered: the operator may choose another one. */
const CDN_SECONDS = 3_600;

/** Where readers are sent, as the configuration has it. */
export function makeAddresses(bucket: Bucket, { baseUrl, isPresigned }: S3Config): MediaStorage['addressOf'] {
  if (baseUrl !== null) return async (fileName) => ({ url: `${baseUrl}/${fileName}`, seconds: CDN_SECONDS });
  return isPresigned ? (fileName) => presign(bucket, fileName) : async () => null;
}

async function presign(bucket: Bucket, fileName: string) {
  const now = Math.floor(Date.now() / 1000);
  const signedAt = now - (now % SAME_SECONDS);
  const url = await getSignedUrl(bucket.client, new GetObjectCommand(locate(bucket, fileName)), {
    expiresIn: SIGNED_SECONDS,
    signingDate: new Date(signedAt * 1000),
  });
  return { url, seconds: signedAt + SIGNED_SECONDS - now };
}
