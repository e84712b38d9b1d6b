import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Config } from '../../../config.ts';

/** An S3 bucket, in which Masthead uses only the folder `media/`. */
export type Bucket = Readonly<{
  name: string;
  client: S3Client;
  /**
   * For reading objects. A slow client pauses the connection, so it has no socket timeout; callers must limit the time
   * that they wait for S3 themselves.
   */
  reader: S3Client;
  timeouts: Timeouts;
  close(): void;
}>;

export const FOLDER = 'media/';

export type Timeouts = {
  /** Time to establish a connection */
  connectMs: number;
  /** Time to wait for the next bytes from S3 */
  idleMs: number;
};

const DEFAULT_TIMEOUTS: Timeouts = { connectMs: 3_000, idleMs: 30_000 };

export function openBucket(config: S3Config, timeouts = DEFAULT_TIMEOUTS): Bucket {
  const client = makeClient(config, {
    connectionTimeout: timeouts.connectMs,
    socketTimeout: timeouts.idleMs,
  });
  const reader = makeClient(config, { connectionTimeout: timeouts.connectMs });
  const close = () => {
    client.destroy();
    reader.destroy();
  };
  return { name: config.bucket, client, reader, timeouts, close };
}

export function locate({ name }: Bucket, fileName: string) {
  return { Bucket: name, Key: `${FOLDER}${fileName}` };
}

function makeClient(
  config: S3Config,
  timeouts: { connectionTimeout: number; socketTimeout?: number },
): S3Client {
  const { endpoint, region, pathStyle, accessKeyId, secretAccessKey } = config;
  // Unlimited: the number of requests is limited elsewhere, and readers must not queue here.
  const agent = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };
  const options: S3ClientConfig = {
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: pathStyle,
    // Many S3-compatible servers refuse the optional checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: { ...timeouts, httpAgent: agent, httpsAgent: agent },
  };
  return new S3Client(endpoint === null ? options : { ...options, endpoint });
}
