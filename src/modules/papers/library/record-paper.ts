import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { recordEvent } from '../../events/record-event.ts';
import type { Affected } from '../../events/stale-keys.ts';
import type { EventType } from '../../events/types.ts';

export type PaperEvent = Extract<EventType, `paper.${string}`>;

export function recordPaper(
  ctx: Context,
  type: PaperEvent,
  { id, title }: { id: string; title: string },
  details: Prisma.InputJsonObject = {},
  affected: Affected = {},
): Promise<void> {
  return recordEvent(ctx, { type, subject: { kind: 'paper', id }, details: { title, ...details }, affected });
}
