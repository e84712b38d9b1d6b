import type { EventType } from './types.ts';

type Happened = { type: EventType; newsletterId?: string; subject: { id: string } };

/**
 * What of the Content API an event makes stale, as keys that its responses carry:
 *
 * - `newsletter:<id>`: the newsletter, or what is published in it
 * - `newsletters`: which newsletters there are, or how any of them is called
 * - `issues`: what is published anywhere
 * - `paper:<id>`, `person:<id>`: the paper or person, as the library has them
 * - `papers`, `people`: any of them
 */
export function staleKeysOf({ type, newsletterId, subject }: Happened): string[] {
  switch (type) {
    case 'issue.published':
    case 'issue.unpublished':
      return [`newsletter:${newsletterId}`, 'issues'];
    case 'newsletter.created':
    case 'newsletter.updated':
    case 'newsletter.deleted':
      return [`newsletter:${subject.id}`, 'newsletters'];
    case 'paper.updated':
    case 'paper.deleted':
    case 'paper.merged':
      return [`paper:${subject.id}`, 'papers'];
    case 'person.updated':
    case 'person.deleted':
      return [`person:${subject.id}`, 'people'];
    default:
      return [];
  }
}
