import type { Actor } from '../../context.ts';

/** Matches the newsletters that the actor can see. All others are treated as if they did not exist. */
export function visibleNewsletters(actor: Actor): { id?: { in: string[] } } {
  return actor.newsletterIds ? { id: { in: [...actor.newsletterIds] } } : {};
}
