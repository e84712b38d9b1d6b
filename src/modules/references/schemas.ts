import { z } from 'zod';
import { uuid } from '../../schemas.ts';
import { issueParams } from '../delivery/path-schemas.ts';
import { itemRef, useExample } from '../delivery/use-schemas.ts';
import { MAX_ITEMS_OF_ISSUE } from '../issues/tree/section-schemas.ts';
import { paperFields, paperFieldsExample } from '../papers/record/schemas.ts';

export const itemParams = z.object({
  ...issueParams.shape,
  anchor: z.string().meta({ description: 'Anchor of the item in the live edition.', examples: ['blip'] }),
});

const paperOfIssue = z
  .object({
    id: uuid,
    ...paperFields,
    items: z
      .array(itemRef)
      .meta({ description: 'Items of the issue that feature the paper, in the order of the issue.' }),
  })
  .meta({
    id: 'PaperOfIssue',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b16',
        ...paperFieldsExample,
        items: [useExample.item],
      },
    ],
  });

export const papersOfIssue = z
  .object({ data: z.array(paperOfIssue).max(MAX_ITEMS_OF_ISSUE) })
  .meta({ id: 'PapersOfIssue' });
