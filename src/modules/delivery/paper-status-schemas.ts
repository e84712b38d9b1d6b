import { z } from 'zod';
import { uuid } from '../../schemas.ts';
import { paperStatusEntry } from '../papers/record/status-schemas.ts';

export const paperStatuses = z
  .array(
    z.object({ itemId: uuid, paperId: uuid, ...paperStatusEntry.shape }).meta({ id: 'CurrentPaperStatus' }),
  )
  .meta({
    description:
      'The current status of each paper that has one. The edition itself stays as it was published. If a paper has since been merged, `paperId` is the id of the paper that replaced it.',
    examples: [
      [
        {
          itemId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13',
          paperId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b16',
          status: 'retracted',
          date: '2024-03-01',
          note: null,
          url: 'https://example.org/notice',
        },
      ],
    ],
  });
