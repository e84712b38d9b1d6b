import type { Actor } from '../../context.ts';

/** Which newsletters an actor sees; to all others it is as if they were not there. */
export function visibleNewsletters(actor: Actor): { id?: { in: string[] } } {
  return actor.newsletterIds ? { id: { in: [...actor.newsletterIds] } } : {};
}
