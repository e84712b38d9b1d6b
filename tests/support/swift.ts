import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll } from 'vitest';
import type { S3Config } from '../../src/config.ts';
import { hear } from './nodes.ts';

/** Whether the Debian packages of Swift are installed. They contain its modules for the system's Python. */
export const isSwiftHere = existsSync('/usr/bin/swift-proxy-server');

/** For the titles of tests that are skipped when Swift is not installed. */
export const NEEDS_SWIFT =
  'needs OpenStack Swift (Debian: swift-proxy swift-account swift-container swift-object)';

/** Swift may take long to start on a machine that is busy with other tests. */
const START_TIMEOUT_MS = 240_000;

const serve = path.join(import.meta.dirname, 'swift/serve.py');

/** Call it at the start of a suite. Starts a real S3 server, which checks signatures, with an empty bucket. */
export function useSwift(): { readonly config: S3Config } {
  const started = { config: {} as S3Config };
  let stop = async () => {};
  beforeAll(async () => {
    const server = await startSwift();
    stop = server.stop;
    started.config = configOf(server.address);
    await createBucket(started.config);
  });
  afterAll(() => stop());
  return started;
}

async function startSwift() {
  const folder = await mkdtemp(path.join(tmpdir(), 'masthead-swift-'));
  const child = spawn('/usr/bin/python3', ['-W', 'ignore', serve, folder], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const stop = async () => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    await rm(folder, { recursive: true });
  };
  try {
    return { address: await readAddress(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function readAddress(child: ChildProcess): Promise<string> {
  const said = hear(child);
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [address] = /http:\S+(?=\n)/.exec(said()) ?? [];
      if (address) resolve(address);
    });
    const fail = (how: string) => () => reject(new Error(`Swift ${how}. Its output: ${said()}`));
    child.once('exit', fail('ended'));
    setTimeout(fail('did not start in time'), START_TIMEOUT_MS).unref();
  });
}

function configOf(endpoint: string): S3Config {
  return {
    endpoint,
    region: 'us-east-1',
    bucket: 'figures',
    accessKeyId: 'test:tester',
    secretAccessKey: 'testing',
    pathStyle: true,
    isPresigned: false,
    baseUrl: null,
  };
}

async function createBucket({ endpoint, region, bucket, ...credentials }: S3Config): Promise<void> {
  const client = new S3Client({ endpoint: endpoint ?? '', region, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
}
