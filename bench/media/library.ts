import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { AdminClient } from '../admin-client.ts';

const media = z.object({
  id: z.string(),
  url: z.string(),
  originalName: z.string().nullable(),
  variants: z.enum(['none', 'pending', 'ready', 'failed']),
  sources: z.array(z.object({ mimeType: z.string(), srcset: z.string() })),
  crops: z.array(z.unknown()),
});
export type Media = z.infer<typeof media>;

const POLL_INTERVAL_MS = 50;
/** The renditions of one file must be rendered within this time. */
const RENDER_TIMEOUT_MS = 300_000;

const page = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Waits until the renditions of all media are rendered. */
export async function waitForAllRenditions(admin: AdminClient): Promise<Media[]> {
  const { data } = page.parse(await admin.get('/media?limit=100'));
  const found: Media[] = [];
  for (const { id } of data) found.push(await waitForRenditions(admin, id));
  return found;
}

/** Waits until the renditions of a media file are rendered, if it has any. */
export async function waitForRenditions(admin: AdminClient, id: string): Promise<Media> {
  const deadline = performance.now() + RENDER_TIMEOUT_MS;
  for (;;) {
    const found = media.parse(await admin.get(`/media/${id}`));
    if (found.variants === 'none' || found.variants === 'ready') return found;
    if (found.variants === 'failed') throw new Error(`The renditions of media ${id} could not be rendered`);
    if (performance.now() > deadline)
      throw new Error(`The renditions of media ${id} were not rendered in time`);
    await sleep(POLL_INTERVAL_MS);
  }
}

/**
 * Deletes media, so that the next round uploads the same bytes as new files. Waits only for the renditions of the first
 * one, which is rendered first.
 */
export async function forgetMedia(admin: AdminClient, ids: readonly string[]): Promise<void> {
  const [first, ...others] = ids;
  for (const id of others) await admin.delete(`/media/${id}`);
  if (first === undefined) return;
  await waitForRenditions(admin, first);
  await admin.delete(`/media/${first}`);
}

/** The candidates of a `srcset`, with their widths in pixels. */
export function candidatesOf(srcset: string): { path: string; width: number }[] {
  return srcset.split(', ').map((candidate) => {
    const [address = '', width = ''] = candidate.split(' ');
    return { path: new URL(address).pathname, width: Number.parseInt(width, 10) };
  });
}
