import { z } from 'zod';
import { type AdminClient, adminClient } from '../admin-client.ts';
import { idOf } from '../fill/plan.ts';
import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { readingOf } from '../reading-of.ts';
import { ADMIN_KEY } from '../servers.ts';
import { SCALE_GOAL, type ScaleArchive } from './archives.ts';

/** The number of issues that are published in one archive per round. */
const ISSUES_PER_ROUND = 15;

/** Measures the publication of an issue, in the archives in turn. */
export async function measurePublishing(
  archives: readonly ScaleArchive[],
  rounds: number,
): Promise<MeasuredComparison> {
  const measured = archives.map((archive) => ({ archive, name: archive.name, readings: [] as Reading[] }));
  for (const { archive } of measured) await publishSome(archive, 0);
  for (let round = 1; round <= rounds; round += 1) {
    for (const { archive, readings } of measured) readings.push(await publishSome(archive, round));
  }
  return { subject: 'Publishing an issue', goal: SCALE_GOAL, measured };
}

/** Withdraws the next oldest issues of the archive and publishes them again as its newest. */
async function publishSome({ plan, server }: ScaleArchive, round: number): Promise<Reading> {
  const admin = adminClient([server.origin], ADMIN_KEY);
  const ids = Array.from({ length: ISSUES_PER_ROUND }, (_, index) =>
    idOf(plan, 'issue', round * ISSUES_PER_ROUND + index),
  );
  for (const id of ids) await admin.delete(`/issues/${id}/publication`);
  const before = await server.readUsage();
  const times: number[] = [];
  for (const id of ids) times.push(await timePublication(admin, id));
  return readingOf(times, before, await server.readUsage());
}

const published = z.object({ status: z.literal('published') });

/** Returns the microseconds that it took. */
async function timePublication(admin: AdminClient, id: string): Promise<number> {
  const start = performance.now();
  published.parse(await admin.put(`/issues/${id}/publication`, {}));
  return (performance.now() - start) * 1_000;
}
