import { z } from 'zod';
import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { decodeCharacterReferences } from '../../../../lib/character-references.ts';
import { parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import { toAuthors } from '../reading/csl-authors.ts';
import { makeStatus, toCustom } from '../reading/details.ts';
import { lenient, lenientList, toItem, unreadableAnswer } from '../reading/lenient-parsing.ts';
import { readDate, toCslDate } from '../reading/partial-date.ts';
import { readName } from '../reading/read-name.ts';
import { toLine } from '../reading/registry-text.ts';

/** https://info.arxiv.org/help/api/user-manual.html#32-the-api-response, with entities not decoded yet */
export const atomEntry = z.object({
  id: z.string(),
  title: z.string(),
  summary: lenient(z.string()),
  published: lenient(z.string()),
  author: lenientList(z.object({ name: z.string() })),
  doi: lenient(z.string()),
  journal_ref: lenient(z.string()),
});

export function fromEntry(entry: z.infer<typeof atomEntry>): CslItem {
  const id = parseArxivId(entry.id)?.id ?? null;
  if (id === null) throw unreadableAnswer();
  const published = readDate(entry.published ?? '');
  return toItem({
    type: 'article',
    title: line(entry.title, 1_000),
    author: toAuthors(entry.author.map(({ name }) => readName(decodeCharacterReferences(name)))),
    abstract: line(entry.summary, 20_000),
    issued: toCslDate(published),
    archive: 'arXiv',
    archive_location: id + (/v[1-9]\d*$/.exec(entry.id.trim())?.[0] ?? ''),
    DOI: readDoi(entry.doi),
    note: describeJournal(entry.journal_ref),
    custom: toCustom({
      identifiers: [],
      statuses: [makeStatus('preprint', published, { url: `https://arxiv.org/abs/${id}` })],
    }),
  });
}

/** Authors may give several DOIs, separated by spaces. */
function readDoi(given: string | undefined): string | undefined {
  const first = line(given, 1_000)?.split(/[\s,;]+/)[0] ?? '';
  return parseDoi(first) === null ? undefined : toLine(first, 500);
}

/** `journal_ref` is free text with volume, pages and year, not a journal title. Crossref has the title under the DOI. */
function describeJournal(given: string | undefined): string | undefined {
  const reference = line(given, 1_000);
  return reference && `Journal reference: ${reference}`;
}

function line(text: string | undefined, max: number): string | undefined {
  return toLine(decodeCharacterReferences(text ?? ''), max);
}
