import { z } from 'zod';
import { uuid } from '../../schemas.ts';
import { paperStatusEntry } from '../papers/record/status-schemas.ts';

/** SQL: of the papers of a published issue what became of them, as JSON text. `issueId` is an expression. */
export function paperStatusesOf(issueId: string): string {
  return `(
    SELECT coalesce(json_agg(
      jsonb_build_object('itemId', item_id, 'paperId', paper_id) || (papers.statuses -> -1) ORDER BY item_id), '[]')::text
    FROM published_papers JOIN papers ON papers.id = paper_id
    WHERE published_papers.issue_id = ${issueId} AND papers.status IS NOT NULL)`;
}

export const paperStatuses = z
  .array(
    z.object({ itemId: uuid, paperId: uuid, ...paperStatusEntry.shape }).meta({ id: 'CurrentPaperStatus' }),
  )
  .meta({
    description:
      'The status of each paper now, where one is known; the edition itself stays as it went out. A paper that was merged since has another id here.',
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
