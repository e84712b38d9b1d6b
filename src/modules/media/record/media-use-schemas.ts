import { z } from 'zod';
import { uuid } from '../../../schemas.ts';

const issueNamed = { id: uuid, number: z.int(), title: z.string(), newsletterId: uuid };

/**
 * A place where a media file is used, as the Admin API lists it and as the problem that refuses a deletion names it. The
 * Content API has its own schema: delivery/use-schemas.ts.
 */
export const mediaUse = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('issue'),
        ...issueNamed,
        sectionId: uuid
          .nullable()
          .meta({ description: 'Null if the cover or a text of the issue itself uses the media file.' }),
        item: z.object({ id: uuid, title: z.string() }).meta({ id: 'MediaUseItem' }).nullable(),
      })
      .meta({ id: 'MediaUseInIssue', description: 'A use in the draft of an issue.' }),
    z
      .object({ kind: z.literal('edition'), ...issueNamed })
      .meta({ id: 'MediaUseInEdition', description: 'A use in the live edition of an issue.' }),
    z
      .object({ kind: z.literal('person'), id: uuid, name: z.string() })
      .meta({ id: 'MediaUseByPerson', description: 'A use as the avatar of a person.' }),
  ])
  .meta({
    id: 'MediaUse',
    examples: [
      {
        kind: 'issue',
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        number: 26,
        title: 'What you missed in February',
        newsletterId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10',
        sectionId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12',
        item: { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13', title: 'BLIP' },
      },
    ],
  });
export type MediaUse = z.infer<typeof mediaUse>;

/** Cursor in the list of uses, which is ordered by kind (issues, editions, people), then by row id. */
export const mediaUseKey = z.strictObject({ rank: z.int().min(1).max(3), id: z.uuid() });
export type MediaUseKey = z.infer<typeof mediaUseKey>;
