import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { adminClient } from '../admin-client.ts';
import type { ServerChild } from '../server-child.ts';
import { ADMIN_KEY } from '../servers.ts';

const importState = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'finished']),
  counts: z.object({ created: z.int(), matched: z.int(), refused: z.int() }),
});
type ImportState = z.infer<typeof importState>;

const POLL_INTERVAL_MS = 50;

/** Starts an import and waits until it is finished. */
export async function sendBibtex({ origin }: ServerChild, body: string): Promise<ImportState> {
  const response = await fetch(`${origin}/admin/v1/papers/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/x-bibtex' },
    body,
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${response.url}: ${response.status} ${text}`);
  const admin = adminClient([origin], ADMIN_KEY);
  let state = importState.parse(JSON.parse(text));
  while (state.status !== 'finished') {
    await sleep(POLL_INTERVAL_MS);
    state = importState.parse(await admin.get(`/paper-imports/${state.id}`));
  }
  return state;
}
