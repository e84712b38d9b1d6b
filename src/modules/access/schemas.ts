import { z } from 'zod';
import { ROLES } from '../../lib/roles.ts';
import { filledText, timestamp, uuid } from '../../schemas.ts';

const role = z.enum(ROLES).meta({
  id: 'Role',
  description:
    'viewer can read drafts. author can also write them. editor can also schedule, publish and withdraw issues. admin can also manage newsletters, people and API keys.',
});

/** RFC 3339 years have four digits, but a time at the end of 9999 with an offset can fall into the year 10000. */
const YEAR_10000 = Date.UTC(10_000, 0, 1);

const fields = {
  name: filledText(100).meta({ description: 'Owner or purpose of the key. Events show it.' }),
  role,
  newsletterIds: z
    .array(uuid)
    .min(1)
    .max(100)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must not contain a newsletter twice' })
    .nullable()
    .meta({ description: 'Newsletters that the key is bound to. Null means all.' }),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine((time) => Date.parse(time) < YEAR_10000, { error: 'must be before the year 10000' })
    .nullable()
    .meta({
      description: 'Must be in the future. Null: the key does not expire.',
      examples: ['2027-01-01T00:00:00Z'],
    }),
};

export const apiKeyInput = z
  .strictObject(fields)
  .partial({ newsletterIds: true, expiresAt: true })
  .meta({ id: 'ApiKeyInput', examples: [{ name: 'Static site', role: 'viewer' }] });
export type ApiKeyInput = z.infer<typeof apiKeyInput>;

const keyExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
  name: 'Static site',
  role: 'viewer',
  newsletterIds: null,
  expiresAt: null,
  createdAt: '2026-11-02T08:00:00.000Z',
};

export const apiKey = z
  .object({ id: uuid, ...fields, createdAt: timestamp })
  .meta({ id: 'ApiKey', examples: [keyExample] });

export const newApiKey = z
  .object({
    ...apiKey.shape,
    secret: z
      .string()
      .meta({ description: 'The secret to send as a bearer token. It cannot be read again.' }),
  })
  .meta({ id: 'NewApiKey', examples: [{ ...keyExample, secret: 'mh_example' }] });
