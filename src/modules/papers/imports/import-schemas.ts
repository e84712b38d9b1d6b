import { z } from 'zod';
import { flagFilter, text, timestamp, uuid } from '../../../schemas.ts';

export const identifiersImport = z
  .strictObject({
    identifiers: z.array(text(2_100)).min(1).max(1_000).meta({
      description: 'arXiv ids, DOIs, OpenReview and Semantic Scholar ids, addresses, in any spelling.',
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
    description: 'Whether nothing is made, and the records say what would be.',
    override: { type: 'boolean', default: false },
  }),
});

/** A place in the order of the records. */
export const recordKey = z.int().min(1);

const outcome = z.enum(['created', 'matched', 'refused']).meta({ id: 'PaperImportOutcome' });
export const outcomeFilter = outcome.optional();

export const importFault = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'Into the paper that the record would be; empty: the whole record.' }),
    code: z.string(),
    message: z.string(),
    remedy: z.string().optional(),
  })
  .meta({ id: 'PaperImportFault' });

export const importRecord = z
  .object({
    position: z.int().meta({ description: 'From 1.' }),
    line: z.int().meta({ description: 'Of the source, from 1.' }),
    key: z.string().nullable().meta({ description: 'By which the source calls it.' }),
    title: z.string().nullable(),
    outcome: outcome.meta({
      description:
        '`created`: it is a new paper, or would be. `matched`: the library has it; what was empty there is filled. `refused`: `faults` say why.',
    }),
    paperId: uuid.nullable().meta({
      description:
        'Of the paper; in a dry run that of a new one only tells which records would be one paper.',
    }),
    filled: z
      .array(z.string())
      .meta({ description: 'Fields of a matched paper that were empty, and are filled.' }),
    ignored: z.array(z.string()).meta({ description: 'Fields of the source that have no place here.' }),
    faults: z.array(importFault),
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
      description: '`failed`: it was given up after several tries; what is done stays done.',
    }),
    total: z.int().meta({ description: 'Records in the source.' }),
    done: z.int().meta({ description: 'Of these.' }),
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
      .meta({ description: 'The first hundred that are done, in the order of the source.' }),
  })
  .meta({
    id: 'StartedPaperImport',
    examples: [{ ...importExample, records: importRecord.meta()?.examples ?? [] }],
  });
