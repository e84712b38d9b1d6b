import { z } from 'zod';
import { timestamp, uuid } from '../../schemas.ts';
import { documentExample, summaryExample } from '../publishing/editions/edition-examples.ts';
import { editionDocument } from '../publishing/editions/edition-schemas.ts';
import { paperStatuses } from './paper-status-schemas.ts';
import { archiveEntry } from './schemas.ts';

/**
 * A place in the log of a newsletter: after the entry of this position and edition. The edition tells the log of
 * a database that was restored from a backup, in which something else may stand at the position.
 */
export const changeKey = z
  .strictObject({ newsletter: uuid, position: z.int().min(0), edition: uuid.nullable() })
  .refine(({ position, edition }) => (position === 0) === (edition === null));
export type ChangeKey = z.infer<typeof changeKey>;

export const changePart = z.enum(['document']);
export type ChangePart = z.infer<typeof changePart>;

const address = z.object({ number: z.int(), slug: z.string() }).meta({ id: 'IssueAddress' });
const changedIssue = z.object({ id: uuid, ...address.shape }).meta({ id: 'ChangedIssue' });
const changeType = z.enum(['published', 'corrected', 'withdrawn', 'paper_status']).meta({ id: 'ChangeType' });

const changeExamples = [
  {
    type: 'corrected',
    at: summaryExample.updatedAt,
    issue: { id: summaryExample.id, number: 26, slug: 'february-2022' },
    formerAddress: { number: 26, slug: 'february' },
    edition: 2,
    isCurrent: true,
    summary: { ...summaryExample, edition: 2 },
    document: { ...documentExample, edition: 2 },
    paperStatuses: [],
  },
  {
    type: 'withdrawn',
    at: '2026-12-02T10:00:00.000Z',
    issue: { id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b18', number: 25, slug: 'january-2022' },
    formerAddress: null,
    edition: 1,
    isCurrent: false,
    summary: null,
    document: null,
    paperStatuses: null,
  },
] as const;

const change = z
  .object({
    type: changeType.meta({
      description: '`paper_status`: the edition is the same; the status of a paper in it is another.',
    }),
    at: timestamp.meta({ description: 'When it was done. The order is that of the list, not of these.' }),
    issue: changedIssue.meta({
      description: 'By the address that it has, or had, for readers; its id never changes.',
    }),
    formerAddress: address.nullable().meta({
      description: 'The address that a correction took from it; null where it keeps the one it had.',
    }),
    edition: z.int().meta({ description: 'Version of the edition that went out, or was taken back.' }),
    isCurrent: z.boolean().meta({
      description:
        'Whether readers see this edition now. Where not, a later entry of the same issue says what became of it.',
    }),
    summary: archiveEntry
      .nullable()
      .meta({ description: 'Of the edition, as in the archive; null unless it is current.' }),
    document: editionDocument.nullable().optional().meta({
      description: 'With `include=document`: the whole edition; null unless it is current.',
    }),
    paperStatuses: paperStatuses.nullable(),
  })
  .meta({ id: 'Change', examples: [...changeExamples] });

const changePageInfo = z
  .object({
    next: z.string().meta({ description: 'Cursor to go on from, now or at any later time. Never null.' }),
    isLast: z.boolean().meta({ description: 'Whether nothing has changed after this page yet.' }),
  })
  .meta({ id: 'ChangePageInfo' });

export const changePage = z
  .object({ data: z.array(change), page: changePageInfo })
  .meta({ id: 'ChangePage' });
