import type { EditionEntry } from '../../publications/edition/editions.ts';

export function presentEntry({ id, issueId, version, hash, publishedAt, publication }: EditionEntry) {
  return { id, issueId, version, hash, publishedAt: publishedAt.toISOString(), isLive: publication !== null };
}
