import type { ApiKey } from '../../database/generated/client.ts';

export function presentApiKey({ id, name, role, isBound, newsletterIds, expiresAt, createdAt }: ApiKey) {
  return {
    id,
    name,
    role,
    newsletterIds: isBound ? newsletterIds : null,
    expiresAt: expiresAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
