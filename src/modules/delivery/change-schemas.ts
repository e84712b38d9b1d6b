import { z } from 'zod';
import { timestamp, uuid } from '../../schemas.ts';
import { documentExample, summaryExample } from '../publishing/editions/edition-examples.ts';
import { editionDocument } from '../publishing/editions/edition-schemas.ts';
import { paperStatuses } from './paper-status-schemas.ts';
import { archiveEntry } from './schemas.ts';

/**
 * The last entry that the client has seen in a newsletter's change log. After a restore from a backup another entry may
 * take the same position, so the key also holds the edition.
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
      description:
        '`paper_status`: the status of a paper in the edition changed. The edition itself did not.',
    }),
    at: timestamp.meta({
      description:
        'When the change was made. Apply changes in the order of the list, which may differ from the order of these times.',
    }),
    issue: changedIssue.meta({
      description:
        'The issue, with the number and slug under which readers see or saw this edition. The id never changes.',
    }),
    formerAddress: address.nullable().meta({
      description: 'The number and slug before a correction changed them. Null if neither changed.',
    }),
    edition: z.int().meta({ description: 'Version of the edition that the change is about.' }),
    isCurrent: z.boolean().meta({
      description:
        'Whether readers see this edition now. If not, it was withdrawn or a later entry of the same issue replaces it.',
    }),
    summary: archiveEntry
      .nullable()
      .meta({ description: 'The edition as the archive lists it. Null unless the edition is current.' }),
    document: editionDocument.nullable().optional().meta({
      description: 'The whole edition, with `include=document`. Null unless the edition is current.',
    }),
    paperStatuses: paperStatuses.nullable(),
  })
  .meta({ id: 'Change', examples: [...changeExamples] });

const changePageInfo = z
  .object({
    next: z.string().meta({ description: 'Cursor of the next changes. It never expires and is never null.' }),
    isLast: z.boolean().meta({ description: 'True if there are no later changes yet.' }),
  })
  .meta({ id: 'ChangePageInfo' });

export const changePage = z
  .object({ data: z.array(change), page: changePageInfo })
  .meta({ id: 'ChangePage' });
