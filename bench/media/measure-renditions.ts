import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminClient } from '../admin-client.ts';
import type { ServerChild } from '../server-child.ts';
import { ADMIN_KEY } from '../servers.ts';
import { quantile } from '../statistics.ts';
import { candidatesOf, forgetMedia, waitForRenditions } from './library.ts';
import { makePhoto } from './photo.ts';
import { readCpuOfTree } from './process-tree.ts';
import { sendFile } from './send-file.ts';
import { timeReads } from './time-reads.ts';

export type MeasuredRenditions = {
  /** The bytes of the photo. */
  size: number;
  /** The number of renditions and crops. */
  count: number;
  /** From the request to the response, and from the response to the last rendition. */
  milliseconds: { upload: number; renditions: number };
  /** CPU seconds of the server and its processes after the response, or null where the system does not report them. */
  cpu: number | null;
  /** Milliseconds of the reads of an issue. */
  reads: { before: Quantiles; meanwhile: Quantiles };
};

export type Quantiles = { p50: number; p95: number };

/** How long reads go on before anything is rendered, first to warm up and then for comparison. */
const WARM_UP_MS = 500;
const BASELINE_MS = 2_000;

export async function measureRenditions(
  { pid, origin }: ServerChild,
  admin: AdminClient,
  issueUrl: string,
): Promise<MeasuredRenditions> {
  const photo = await makePhoto();
  await timeReads(issueUrl, () => sleep(WARM_UP_MS));
  const before = await timeReads(issueUrl, () => sleep(BASELINE_MS));

  const sent = performance.now();
  const id = await sendFile(`${origin}/admin/v1/media`, ADMIN_KEY, photo);
  const answered = performance.now();
  const cpuBefore = await readCpuOfTree(pid);
  const { result: media, times } = await timeReads(issueUrl, () => waitForRenditions(admin, id));
  const ready = performance.now();
  const cpuAfter = await readCpuOfTree(pid);
  await forgetMedia(admin, [id]);
  return {
    size: photo.length,
    count: media.sources.flatMap(({ srcset }) => candidatesOf(srcset)).length + media.crops.length,
    milliseconds: { upload: answered - sent, renditions: ready - answered },
    cpu: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
    reads: { before: describe(before.times), meanwhile: describe(times) },
  };
}

function describe(times: readonly number[]): Quantiles {
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}
