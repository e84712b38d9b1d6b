import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '../../../config.ts';

/** A bucket of which the folder `media/` is ours. */
export type Bucket = Readonly<{
  name: string;
  client: S3Client;
  /**
   * For bodies that are passed on at the pace of whoever reads them: its connections may rest, so whoever
   * uses it limits the wait.
   */
  reader: S3Client;
  limits: Limits;
  close(): void;
}>;

export const FOLDER = 'media/';

/** Milliseconds */
export type Limits = {
  /** In which a connection has to stand. */
  connect: number;
  /** In which something has to come, once it is waited for. */
  idle: number;
};

const LIMITS: Limits = { connect: 3_000, idle: 30_000 };

export function openBucket(config: S3Config, limits = LIMITS): Bucket {
  const client = makeClient(config, { connectionTimeout: limits.connect, socketTimeout: limits.idle });
  const reader = makeClient(config, { connectionTimeout: limits.connect });
  const close = () => {
    client.destroy();
    reader.destroy();
  };
  return { name: config.bucket, client, reader, limits, close };
}

export function locate({ name }: Bucket, fileName: string) {
  return { Bucket: name, Key: `${FOLDER}${fileName}` };
}

function makeClient(
  config: S3Config,
  timeouts: { connectionTimeout: number; socketTimeout?: number },
): S3Client {
  const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = config;
  // As many as there are requests of readers, which have limits of their own; with fewer they would wait.
  const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };
  const options: S3ClientConfig = {
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: pathStyle,
    // Where they are not needed, many servers that speak S3 refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { ...timeouts, httpAgent: agent, httpsAgent: agent },
  };
  return new S3Client(endpoint === null ? options : { ...options, endpoint });
}
