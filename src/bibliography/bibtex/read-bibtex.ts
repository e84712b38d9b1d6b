import type { Draft, Fault } from '../reading/drafts.ts';
import { Expansion } from './expansion.ts';
import { FieldReader } from './field-reader.ts';
import { findSources, inheritFields } from './inherit-fields.ts';
import { readEntry } from './read-entry.ts';
import { type Entry, scanRecords } from './scan-entries.ts';

/** Reads BibTeX, biblatex, and files that mix the two. */
export function* readBibtex(text: string): Generator<Draft | Fault | null> {
  const expansion = new Expansion(text);
  const sources = yield* findSources(text);
  for (const entry of scanRecords(text, expansion)) {
    if (entry === null || 'fault' in entry) yield entry;
    else if (inheritFields(entry, sources, expansion)) yield readDraft(entry);
    else
      yield {
        line: entry.line,
        key: entry.key,
        fault: 'The cross-references in this file expand to too much text.',
      };
  }
}

function readDraft({ line, type, key, fields, repeated }: Entry): Draft | Fault {
  const reader = new FieldReader(fields);
  const variables = { ...readEntry(type, reader), ...(key !== null && { 'citation-key': key }) };
  if (reader.fault !== '') return { line, key, fault: reader.fault };
  return {
    line,
    key,
    variables,
    ignored: [...new Set([...reader.listIgnored(), ...repeated])],
    notices: reader.notices,
  };
}
