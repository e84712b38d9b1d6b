import { z } from 'zod';
import type { Event } from '../../database/generated/client.ts';
import { event } from './schemas.ts';

const details = z.record(z.string(), z.unknown());
const { type, subject, actor } = event.shape;

export function presentEvent(row: Event): z.infer<typeof event> {
  const { id, at, newsletterId, issueId } = row;
  return {
    id,
    type: type.parse(row.type),
    at: at.toISOString(),
    actor: actor.parse({ kind: row.actorKind, id: row.actorId, name: row.actorName }),
    newsletterId,
    issueId,
    subject: subject.parse({ kind: row.subjectKind, id: row.subjectId }),
    details: details.parse(row.details),
  };
}
