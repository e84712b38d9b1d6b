import { GetObjectCommand } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { S3Config } from '../../../config.ts';
import { type Bucket, locate } from './s3-bucket.ts';
import type { MediaStorage } from './storage.ts';

const SIGNED_URL_TTL_SECONDS = 900;
/** The same URL is returned for this long, so that caches can reuse the file. */
const SIGNED_URL_REUSE_SECONDS = 450;
/** Short, because the operator may move to another CDN. */
const CDN_URL_TTL_SECONDS = 3_600;

/** Implements `directUrlOf` for the configured redirects: to a CDN, to presigned URLs, or none. */
export function makeDirectUrls(
  bucket: Bucket,
  { baseUrl, isPresigned }: S3Config,
): MediaStorage['directUrlOf'] {
  if (baseUrl !== null)
    return async (fileName) => ({ url: `${baseUrl}/${fileName}`, seconds: CDN_URL_TTL_SECONDS });
  return isPresigned ? (fileName) => presign(bucket, fileName) : async () => null;
}

async function presign(bucket: Bucket, fileName: string) {
  const now = Math.floor(Date.now() / 1000);
  const signedAt = now - (now % SIGNED_URL_REUSE_SECONDS);
  const url = await getSignedUrl(bucket.client, new GetObjectCommand(locate(bucket, fileName)), {
    expiresIn: SIGNED_URL_TTL_SECONDS,
    signingDate: new Date(signedAt * 1000),
  });
  return { url, seconds: signedAt + SIGNED_URL_TTL_SECONDS - now };
}
