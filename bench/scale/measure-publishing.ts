import { z } from 'zod';
import { type AdminClient, adminClient } from '../admin-client.ts';
import { idOf } from '../fill/plan.ts';
import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { ADMIN_KEY } from '../servers.ts';
import { quantile } from '../statistics.ts';
import { makeWriter } from '../words.ts';
import { SCALE_GOAL, type ScaleArchive } from './archives.ts';

/** Issues that are published in one round of one archive. */
const PER_ROUND = 15;

/** What it takes to publish one more issue, the archives in turn. */
export async function measurePublishing(
  archives: readonly ScaleArchive[],
  rounds: number,
): Promise<MeasuredComparison> {
  const measured = archives.map((archive) => ({ archive, name: archive.name, readings: [] as Reading[] }));
  for (const { archive } of measured) await publishSome(archive);
  for (let round = 0; round < rounds; round += 1) {
    for (const { archive, readings } of measured) readings.push(await publishSome(archive));
  }
  return { subject: 'Publishing an issue', goal: SCALE_GOAL, measured };
}

async function publishSome({ plan, server }: ScaleArchive): Promise<Reading> {
  const admin = adminClient([server.origin], ADMIN_KEY);
  const newsletterId = idOf(plan, 'newsletter', 0);
  const ids: string[] = [];
  for (let count = 0; count < PER_ROUND; count += 1) ids.push(await makeDraft(admin, newsletterId));
  const times: number[] = [];
  const before = await server.readUsage();
  for (const id of ids) times.push(await timePublication(admin, id));
  const { cpu, memory } = await server.readUsage();
  const elapsed = times.reduce((sum, time) => sum + time, 0);
  return {
    perSecond: (PER_ROUND * 1e6) / elapsed,
    cpu: (cpu - before.cpu) / PER_ROUND,
    busy: (cpu - before.cpu) / elapsed,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    memory,
  };
}

/** As small as those that are there already; its id. */
async function makeDraft(admin: AdminClient, newsletterId: string): Promise<string> {
  const writer = makeWriter(Date.now());
  const item = { kind: 'note', title: writer.words(3), body: writer.words(20) };
  const { id } = await admin.post(`/newsletters/${newsletterId}/issues`, {
    title: writer.words(3),
    sections: [{ title: 'Papers', items: [item] }],
  });
  return id;
}

const published = z.object({ status: z.literal('published') });

/** Microseconds */
async function timePublication(admin: AdminClient, id: string): Promise<number> {
  const start = performance.now();
  published.parse(await admin.put(`/issues/${id}/publication`, {}));
  return (performance.now() - start) * 1_000;
}
