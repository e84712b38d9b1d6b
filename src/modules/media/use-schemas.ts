import { z } from 'zod';
import { uuid } from '../../schemas.ts';

export const mediaUse = z
  .object({
    kind: z.enum(['draft', 'edition', 'person']).meta({
      description:
        'draft: an issue as its editors see it. edition: the live one, which readers see. person: an avatar.',
    }),
    issue: z
      .object({ id: uuid, number: z.int(), title: z.string(), newsletterId: uuid })
      .nullable()
      .meta({ description: 'Of an edition, as readers know it.' }),
    sectionId: uuid.nullable().meta({ description: 'Null: on the cover or in a text of the issue itself.' }),
    item: z.object({ id: uuid, title: z.string() }).nullable(),
    person: z.object({ id: uuid, name: z.string() }).nullable(),
  })
  .meta({
    id: 'MediaUse',
    examples: [
      {
        kind: 'draft',
        issue: {
          id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
          number: 26,
          title: 'What you missed in February',
          newsletterId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b10',
        },
        sectionId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12',
        item: { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13', title: 'BLIP' },
        person: null,
      },
    ],
  });
export type MediaUse = z.infer<typeof mediaUse>;
