import { type AdminClient, adminClient } from '../admin-client.ts';
import type { Cleanup } from '../cleanup.ts';
import { reportProgress } from '../progress.ts';
import type { ServerChild } from '../server-child.ts';
import { ADMIN_KEY, type Place, startMasthead, startSink } from '../servers.ts';
import { MIB, makeNoise, makePdf } from './files.ts';
import { forgetMedia } from './library.ts';
import { sendFile } from './send-file.ts';
import { readMemory, type Sizes, watchMemory } from './watch-memory.ts';

/** Files of `size` MiB that are sent at once. A round takes seconds, so there are only a few. */
type Batch = { subject: string; make: typeof makePdf; size: number; count: number; maxRounds: number };

/** A PDF measures receiving a file. A JPEG also measures decoding and re-encoding it. */
const BATCHES: Batch[] = [
  { subject: 'a PDF of 20 MiB', make: makePdf, size: 20, count: 1, maxRounds: 3 },
  { subject: 'ten PDFs of 20 MiB at once', make: makePdf, size: 20, count: 10, maxRounds: 2 },
  { subject: 'a PDF of 200 MiB', make: makePdf, size: 200, count: 1, maxRounds: 1 },
  { subject: 'a JPEG of 20 MiB', make: makeNoise, size: 20, count: 1, maxRounds: 2 },
  { subject: 'ten JPEGs of 20 MiB at once', make: makeNoise, size: 20, count: 10, maxRounds: 1 },
];

export type MeasuredUpload = {
  subject: string;
  /** The bytes of all files. */
  bytes: number;
  sink: Measured;
  masthead: Measured;
};

/**
 * `rates` has the bytes per second of each round. `peak` is that of the first round, which nothing before it affects.
 * Memory is null where the system does not report it.
 */
export type Measured = { rates: number[]; idle: Sizes | null; peak: Sizes | null };

export async function measureUploads(
  place: Place,
  rounds: number,
  cleanup: Cleanup,
): Promise<MeasuredUpload[]> {
  const measured: MeasuredUpload[] = [];
  for (const batch of BATCHES) {
    reportProgress(`  ${batch.subject}`);
    measured.push(await measureBatch(place, Math.min(rounds, batch.maxRounds), cleanup, batch));
  }
  return measured;
}

/** Starts new servers for the batch, so that nothing before it affects their memory. */
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

/** Sends a small file first. `admin` belongs to a server that stores the files, which are then deleted. */
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
