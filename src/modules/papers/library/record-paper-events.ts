import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { recordEvents } from '../../events/record-event.ts';
import type { Affected } from '../../events/stale-keys.ts';
import type { EventType } from '../../events/types.ts';

type PaperEventType = Extract<EventType, `paper.${string}`>;

export type PaperEvent = {
  paper: { id: string; title: string };
  details?: Prisma.InputJsonObject;
  affected?: Affected;
};

export function recordPaperEvents(
  ctx: Context,
  type: PaperEventType,
  events: readonly PaperEvent[],
): Promise<void> {
  return recordEvents(
    ctx,
    events.map(({ paper: { id, title }, details, affected = {} }) => ({
      type,
      subject: { kind: 'paper', id },
      details: { title, ...details },
      affected,
    })),
  );
}
