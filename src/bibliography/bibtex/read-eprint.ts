import type { CustomDraft } from '../csl/custom.ts';
import { isArxiv, readArxivDoi, readArxivId, readArxivVenue } from '../text/arxiv.ts';
import type { FieldReader } from './field-reader.ts';

type Eprint = { archive: string; archive_location: string };

/** Finds an eprint in `eprint`, or in the journal, number or note, where Google Scholar, DBLP and Zotero put it. */
export function readEprint(reader: FieldReader, custom: CustomDraft): Eprint | null {
  const venue = takeArxivVenue(reader);
  const found = readFields(reader) ?? venue ?? readServer(reader);
  if (found?.archive === 'arXiv') dropServer(reader);
  const primaryClass = found === null ? null : reader.take('primaryclass', 'eprintclass');
  if (primaryClass !== null) custom.bibtex.primaryClass = primaryClass;
  return found;
}

function readFields(reader: FieldReader): Eprint | null {
  const archive = reader.take('archiveprefix', 'eprinttype');
  const eprint = reader.takeVerbatim('eprint');
  if (eprint === null) return readNamed(reader);
  const id = readArxivId(eprint) ?? completeId(reader, eprint);
  if (archive === null ? id !== null : isArxiv(archive))
    return { archive: 'arXiv', archive_location: id ?? eprint };
  if (archive !== null) return { archive, archive_location: eprint };
  reader.putBack('eprint');
  return null;
}

/** Identifiers from before 2007 include the archive: `math/0309136`. */
function completeId(reader: FieldReader, eprint: string): string | null {
  const archive = /^[a-z-]+/.exec(reader.peek('primaryclass') ?? reader.peek('eprintclass') ?? '')?.[0];
  return archive === undefined || !/^\d{7}(?:v\d+)?$/.test(eprint) ? null : `${archive}/${eprint}`;
}

function readNamed(reader: FieldReader): Eprint | null {
  for (const field of ['arxiv', 'arxivid']) {
    const id = readArxivId(reader.peek(field) ?? '');
    if (id === null) continue;
    reader.take(field);
    return { archive: 'arXiv', archive_location: id };
  }
  return null;
}

/** DataCite names arXiv as the publisher and has the id only in the DOI. */
function readServer(reader: FieldReader): Eprint | null {
  const id = readArxivDoi(reader.peek('doi') ?? '');
  if (id === null || !isArxiv(reader.peek('publisher') ?? '')) return null;
  reader.take('publisher');
  return { archive: 'arXiv', archive_location: id };
}

/** The Astrophysics Data System adds the journal `arXiv e-prints`, which is not a journal. */
function dropServer(reader: FieldReader): void {
  for (const field of ['journal', 'journaltitle']) {
    if (isArxiv(reader.peek(field) ?? '')) reader.take(field);
  }
}

function takeArxivVenue(reader: FieldReader): Eprint | null {
  let found: string | null = null;
  for (const field of ['journal', 'journaltitle', 'howpublished', 'number', 'note', 'eid', 'pages']) {
    const id = findId(field, reader.peek(field) ?? '');
    if (id === null) continue;
    reader.take(field);
    found ??= id;
  }
  return found === null ? takeServer(reader) : { archive: 'arXiv', archive_location: found };
}

function findId(field: string, text: string): string | null {
  if (field === 'journal' || field === 'journaltitle' || /^arxiv/i.test(text))
    return readArxivVenue(text) ?? readArxivId(text);
  return null;
}

/** DBLP writes `journal = {CoRR}, volume = {abs/2201.12086}`. */
function takeServer(reader: FieldReader): Eprint | null {
  const field = ['journal', 'journaltitle'].find((each) => isArxiv(reader.peek(each) ?? ''));
  const volume = reader.peek('volume') ?? '';
  const id = readArxivVenue(volume) ?? readArxivId(volume);
  if (field === undefined || id === null) return null;
  reader.take(field);
  reader.take('volume');
  return { archive: 'arXiv', archive_location: id };
}
