import { z } from 'zod';
import { flagFilter, text, timestamp, uuid } from '../../../schemas.ts';

export const identifiersImport = z
  .strictObject({
    identifiers: z.array(text(2_100)).min(1).max(1_000).meta({
      description: 'arXiv ids, DOIs, OpenReview ids, Semantic Scholar ids or web addresses, in any spelling.',
    }),
  })
  .meta({
    id: 'IdentifiersImport',
    examples: [
      {
        identifiers: ['2201.12086', 'doi:10.1038/nature14539', 'https://openreview.net/forum?id=abcdEFGH12'],
      },
    ],
  });

export const importQuery = z.strictObject({
  dryRun: flagFilter.default(false).meta({
    description: 'If `true`, no paper is created or changed; the records show what the import would do.',
    override: { type: 'boolean', default: false },
  }),
});

/** Cursor in the list of records: the position */
export const recordKey = z.int().min(1);

const outcome = z.enum(['created', 'matched', 'refused']).meta({ id: 'PaperImportOutcome' });
export const outcomeFilter = outcome.optional();

export const importFault = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer into the paper. Empty if the fault concerns the whole record.' }),
    code: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'PaperImportFault' });

export const importRecord = z
  .object({
    position: z.int().meta({ description: 'Position of the record in the source, from 1.' }),
    line: z.int().meta({ description: 'Line in the source at which the record begins, from 1.' }),
    key: z.string().nullable().meta({ description: 'Citation key or id of the record in the source.' }),
    title: z.string().nullable(),
    outcome: outcome.meta({
      description:
        '`created`: the record became a new paper. `matched`: the library had the paper, and its empty fields were filled. `refused`: the record was not imported; see `faults`. In a dry run, the outcome that the import would have.',
    }),
    paperId: uuid.nullable().meta({
      description:
        'Id of the created or matched paper. In a dry run, the id of a new paper only shows which records would become the same paper.',
    }),
    filled: z.array(z.string()).meta({ description: 'Empty fields of the matched paper that were filled.' }),
    ignored: z.array(z.string()).meta({
      description:
        'What was not imported: fields that papers do not have, private notes, and LaTeX commands without a known meaning.',
    }),
    faults: z.array(importFault).meta({ description: 'Why the record was refused.' }),
    notices: z.array(z.string()).meta({
      description: 'What is unusual about a record that was imported, such as a missing end.',
    }),
  })
  .meta({
    id: 'PaperImportRecord',
    examples: [
      {
        position: 1,
        line: 1,
        key: 'li2022blip',
        title: 'BLIP: Bootstrapping Language-Image Pre-training',
        outcome: 'created',
        paperId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        filled: [],
        ignored: ['timestamp'],
        faults: [],
        notices: [],
      },
    ],
  });

const importExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b19',
  format: 'bibtex' as const,
  isDryRun: false,
  status: 'finished' as const,
  total: 1,
  done: 1,
  counts: { created: 1, matched: 0, refused: 0 },
  createdAt: '2026-11-02T08:00:00.000Z',
  finishedAt: '2026-11-02T08:00:00.400Z',
};

const importFormat = z.enum(['bibtex', 'ris', 'csl-json', 'identifiers']).meta({ id: 'PaperImportFormat' });
const importStatus = z.enum(['queued', 'running', 'finished', 'failed']).meta({ id: 'PaperImportStatus' });
const importCounts = z
  .object({ created: z.int(), matched: z.int(), refused: z.int() })
  .meta({ id: 'PaperImportCounts' });

export const paperImport = z
  .object({
    id: uuid,
    format: importFormat,
    isDryRun: z.boolean(),
    status: importStatus.meta({
      description:
        '`failed`: the import was abandoned after several attempts. The records that were already processed stay imported.',
    }),
    total: z.int().meta({ description: 'Number of records in the source.' }),
    done: z.int().meta({ description: 'Number of records processed.' }),
    counts: importCounts,
    createdAt: timestamp,
    finishedAt: timestamp.nullable(),
  })
  .meta({ id: 'PaperImport', examples: [importExample] });

export const startedImport = z
  .object({
    ...paperImport.shape,
    records: z
      .array(importRecord)
      .meta({ description: 'The first 100 processed records, in the order of the source.' }),
  })
  .meta({
    id: 'StartedPaperImport',
    examples: [{ ...importExample, records: importRecord.meta()?.examples ?? [] }],
  });
