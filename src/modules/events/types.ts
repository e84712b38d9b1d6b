/** All event types. Clients can rely on the list being complete. */
export const EVENT_TYPES = [
  'newsletter.created',
  'newsletter.updated',
  'newsletter.deleted',
  'person.created',
  'person.updated',
  'person.deleted',
  'paper.created',
  'paper.updated',
  'paper.deleted',
  'paper.merged',
  'paper.status_changed',
  'media.created',
  'media.updated',
  'media.replaced',
  'media.deleted',
  'issue.created',
  'issue.updated',
  'issue.deleted',
  'issue.scheduled',
  'issue.unscheduled',
  'issue.held',
  'issue.published',
  'issue.unpublished',
  'api_key.created',
  'api_key.deleted',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const SUBJECT_KINDS = [
  'newsletter',
  'person',
  'paper',
  'media',
  'issue',
  'section',
  'item',
  'api_key',
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];
