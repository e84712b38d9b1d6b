import { type AdminClient, adminClient } from '../admin-client.ts';
import type { Cleanup } from '../cleanup.ts';
import { tellProgress } from '../progress.ts';
import type { ServerChild } from '../server-child.ts';
import { ADMIN_KEY, type Place, startMasthead, startSink } from '../servers.ts';
import { MIB, makeNoise, makePdf } from './files.ts';
import { forgetMedia } from './library.ts';
import { sendFile } from './send-file.ts';
import { readMemory, type Sizes, watchMemory } from './watch-memory.ts';

/** Files of so many MiB that are sent at once, in a few rounds at most, for it takes some seconds. */
type Batch = { subject: string; make: typeof makePdf; size: number; count: number; mostRounds: number };

/** A PDF shows what it takes to receive a file, a JPEG also to decode it and to write it anew. */
const BATCHES: Batch[] = [
  { subject: 'a PDF of 20 MiB', make: makePdf, size: 20, count: 1, mostRounds: 3 },
  { subject: 'ten of them at once', make: makePdf, size: 20, count: 10, mostRounds: 2 },
  { subject: 'a PDF of 200 MiB', make: makePdf, size: 200, count: 1, mostRounds: 1 },
  { subject: 'a JPEG of 20 MiB', make: makeNoise, size: 20, count: 1, mostRounds: 2 },
  { subject: 'ten of them at once', make: makeNoise, size: 20, count: 10, mostRounds: 1 },
];

export type MeasuredUpload = {
  subject: string;
  /** Of all files together */
  bytes: number;
  sink: Measured;
  masthead: Measured;
};

/**
 * `rates`: bytes in a second, one for each round. `peak` is that of the first, in which nothing is left over from
 * another. Memory is null where it is not told.
 */
export type Measured = { rates: number[]; idle: Sizes | null; peak: Sizes | null };

export async function measureUploads(
  place: Place,
  rounds: number,
  cleanup: Cleanup,
): Promise<MeasuredUpload[]> {
  const measured: MeasuredUpload[] = [];
  for (const batch of BATCHES) {
    tellProgress(`  ${batch.subject}`);
    measured.push(await measureBatch(place, Math.min(rounds, batch.mostRounds), cleanup, batch));
  }
  return measured;
}

/** On servers of its own, which did nothing yet that needed memory. */
async function measureBatch(
  place: Place,
  rounds: number,
  cleanup: Cleanup,
  { subject, make, count, size }: Batch,
): Promise<MeasuredUpload> {
  const sink = cleanup.addStopOf(await startSink(place));
  const masthead = cleanup.addStopOf(await startMasthead(place, { MEDIA_MAX_BYTES: String(size * MIB) }));
  const admin = adminClient([masthead.origin], ADMIN_KEY);
  const ofSink = await makeTarget(sink, '/', await make(1));
  const ofMasthead = await makeTarget(masthead, '/admin/v1/media', await make(1), admin);
  const files = await Promise.all(Array.from({ length: count }, () => make(size)));
  for (let round = 0; round < rounds; round += 1) {
    await ofSink.send(files);
    await ofMasthead.send(files);
  }
  await masthead.stop();
  await sink.stop();
  return { subject, bytes: totalOf(files), sink: ofSink.measured, masthead: ofMasthead.measured };
}

/** Ready once it has taken a small file. `admin`: of a server that keeps what it is sent. */
async function makeTarget({ pid, origin }: ServerChild, path: string, small: Buffer, admin?: AdminClient) {
  const send = (file: Buffer) => sendFile(`${origin}${path}`, ADMIN_KEY, file);
  const forget = async (ids: string[]) => admin && (await forgetMedia(admin, ids));
  await forget([await send(small)]);
  const idle = await readMemory(pid);
  const measured: Measured = { rates: [], idle, peak: null };
  return {
    measured,
    async send(files: readonly Buffer[]) {
      const { result, peak } = await watchMemory(pid, async () => {
        const start = performance.now();
        const ids = await Promise.all(files.map(send));
        return { ids, milliseconds: performance.now() - start };
      });
      measured.rates.push((totalOf(files) * 1_000) / result.milliseconds);
      measured.peak ??= peak;
      await forget(result.ids);
    },
  };
}

function totalOf(files: readonly Buffer[]): number {
  return files.reduce((sum, { length }) => sum + length, 0);
}
