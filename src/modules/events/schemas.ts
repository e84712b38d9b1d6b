import { z } from 'zod';
import { timestamp, uuid } from '../../schemas.ts';
import { EVENT_TYPES, SUBJECT_KINDS } from './types.ts';

export const eventType = z
  .enum(EVENT_TYPES)
  .meta({ id: 'EventType', description: 'The complete list of event types.' });

export const eventOrder = z.enum(['newest', 'oldest']).meta({ id: 'EventOrder' });
export type EventOrder = z.infer<typeof eventOrder>;

/**
 * A place in the list: after the event with this position and id, or at the start. The id detects a database that was
 * restored from a backup, where the position can belong to another event.
 */
export const eventKey = z
  .strictObject({ order: eventOrder, position: z.int().min(0), id: uuid.nullable() })
  .refine(({ position, id }) => (position === 0) === (id === null));
export type EventKey = z.infer<typeof eventKey>;

const actor = z
  .object({
    kind: z.enum(['key', 'system']).meta({ id: 'EventActorKind' }),
    id: uuid.nullable(),
    name: z.string(),
  })
  .meta({ id: 'EventActor' });

const subject = z
  .object({ kind: z.enum(SUBJECT_KINDS).meta({ id: 'EventSubjectKind' }), id: uuid })
  .meta({ id: 'EventSubject' });

export const event = z
  .object({
    id: uuid,
    type: eventType,
    at: timestamp,
    actor,
    newsletterId: uuid.nullable(),
    issueId: uuid.nullable(),
    subject,
    details: z.record(z.string(), z.unknown()),
  })
  .meta({
    id: 'Event',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b15',
        type: 'issue.published',
        at: '2026-12-01T09:00:00.012Z',
        actor: { kind: 'system', id: null, name: 'schedule' },
        newsletterId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10',
        issueId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        subject: { kind: 'issue', id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11' },
        details: { edition: 1, number: 26 },
      },
    ],
  });

const eventPageInfo = z
  .object({
    next: z.string().nullable().meta({
      description:
        'Cursor of the next page. Null after the last page of `order=newest`. With `order=oldest` it is never null: send the one of the last page later to get newer events.',
    }),
    isLast: z.boolean().meta({ description: 'Whether no event follows this page at the moment.' }),
  })
  .meta({ id: 'EventPageInfo' });

export const eventPage = z.object({ data: z.array(event), page: eventPageInfo }).meta({ id: 'EventPage' });
