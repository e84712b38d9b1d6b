import { z } from 'zod';
import { filledText, profileLink, revision, slug, text, timestamp, uuid } from '../../schemas.ts';

const fields = {
  slug: slug.meta({ description: 'Unique. Part of public URLs.', examples: ['ada-byron'] }),
  name: filledText(200).meta({ description: 'The name that readers see.' }),
  bio: text(5_000).nullable(),
  avatarId: uuid.nullable().meta({ description: 'Id of a media file that is an image.' }),
  links: z.array(profileLink).max(20),
};

const example = {
  slug: 'ada-byron',
  name: 'Ada Byron',
  bio: 'Writes about engines and what they might compose.',
  avatarId: '0198f1d2-9a40-7d11-8c52-7be0a6f3d2c4',
  links: [{ label: 'Website', url: 'https://ada.example.org' }],
};

export const personInput = z
  .strictObject(fields)
  .partial({ bio: true, avatarId: true, links: true })
  .meta({ id: 'PersonInput', examples: [example] });
export type PersonInput = z.infer<typeof personInput>;

export const personPatch = z
  .strictObject(fields)
  .partial()
  .meta({
    id: 'PersonPatch',
    description: 'Only the fields that are present are changed.',
    examples: [{ bio: 'Writes about engines.', avatarId: null }],
  });
export type PersonPatch = z.infer<typeof personPatch>;

export const person = z
  .object({ id: uuid, ...fields, revision, createdAt: timestamp, updatedAt: timestamp })
  .meta({
    id: 'Person',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        ...example,
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
