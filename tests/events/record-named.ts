import type { Context } from '../../src/context.ts';
import { recordEvents } from '../../src/modules/events/record-event.ts';

/** Records events that tests tell apart by their names. The newsletter need not exist. */
export function recordNamed(ctx: Context, newsletterId: string, ...names: string[]): Promise<void> {
  return recordEvents(
    ctx,
    names.map((name) => ({
      type: 'newsletter.updated',
      subject: { kind: 'newsletter', id: newsletterId },
      newsletterId,
      details: { name },
    })),
  );
}

export function namesOf(events: readonly { details: { name?: unknown } }[]): unknown[] {
  return events.map(({ details }) => details.name);
}
