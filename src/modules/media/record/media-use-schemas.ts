import { z } from 'zod';
import { uuid } from '../../../schemas.ts';

const issueNamed = { id: uuid, number: z.int(), title: z.string(), newsletterId: uuid };

/**
 * Where editors find a media in use, as the Admin API lists it and as a refusal to delete names it. The Content API has
 * uses of its own: delivery/use-schemas.ts.
 */
export const mediaUse = z
  .discriminatedUnion('kind', [
    z
      .object({
        kind: z.literal('issue'),
        ...issueNamed,
        sectionId: uuid
          .nullable()
          .meta({ description: 'Null: on the cover or in a text of the issue itself.' }),
        item: z.object({ id: uuid, title: z.string() }).meta({ id: 'MediaUseItem' }).nullable(),
      })
      .meta({ id: 'MediaUseInIssue', description: 'In an issue as its editors see it.' }),
    z
      .object({ kind: z.literal('edition'), ...issueNamed })
      .meta({ id: 'MediaUseInEdition', description: 'In the live edition of an issue, as readers know it.' }),
    z
      .object({ kind: z.literal('person'), id: uuid, name: z.string() })
      .meta({ id: 'MediaUseByPerson', description: 'As an avatar.' }),
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

/** A place in the order of uses: issues, then editions, then people; each by the id of its row. */
export const mediaUseKey = z.strictObject({ rank: z.int().min(1).max(3), id: z.uuid() });
export type MediaUseKey = z.infer<typeof mediaUseKey>;
