import { ANY, cacheKey } from '../../prepared/cache-keys.ts';
import type { EventType } from './types.ts';

/** Records whose public pages become stale in addition to those of the event's subject. */
export type Affected = {
  issueIds?: readonly string[];
  paperIds?: readonly string[];
  personIds?: readonly string[];
};

type Change = {
  type: EventType;
  newsletterId?: string;
  subject: { id: string };
  affected?: Affected;
};

/** The cache keys that an event invalidates. This is the only place that derives them. */
export function staleKeysOf({ type, newsletterId, subject, affected = {} }: Change): string[] {
  const { issueIds = [], paperIds = [], personIds = [] } = affected;
  return [
    ...keysOfType(type, newsletterId ?? '', subject.id),
    ...issueIds.map(cacheKey.issue),
    ...paperIds.map(cacheKey.paper),
    ...personIds.map(cacheKey.person),
  ];
}

function keysOfType(type: EventType, newsletterId: string, id: string): string[] {
  switch (type) {
    case 'issue.published':
    case 'issue.unpublished':
      return [cacheKey.archive(newsletterId), ANY.issue];
    case 'newsletter.created':
    case 'newsletter.updated':
    case 'newsletter.deleted':
      return [cacheKey.newsletter(id), ANY.newsletter];
    case 'paper.updated':
    case 'paper.deleted':
    case 'paper.merged':
      return [cacheKey.paper(id), ANY.paper];
    case 'person.updated':
    case 'person.deleted':
      return [cacheKey.person(id), ANY.person];
    default:
      return [];
  }
}
