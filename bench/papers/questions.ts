import { adminClient } from '../admin-client.ts';
import { idOf } from '../fill/plan.ts';
import { SCALE_GOAL } from '../scale/archives.ts';
import type { ServerChild } from '../server-child.ts';
import { ADMIN_KEY } from '../servers.ts';
import { type KnownBy, writeKnown } from './bibliography.ts';
import type { Library } from './libraries.ts';
import { libraryPaperAt } from './library-paper.ts';
import { FREQUENT, FREQUENT_USES, LANDMARK, LANDMARK_USES } from './plan.ts';
import { sendBibtex } from './send-bibtex.ts';

export type OpenLibrary = Library & { server: ServerChild };

/** `turn` is the number of times that the question was asked before. */
export type Question = {
  subject: string;
  goal: number | null;
  ask(library: OpenLibrary, turn: number): Promise<unknown>;
};

/** An import of this many records is finished before the response. */
const IMPORT_RECORDS = 100;

export const QUESTIONS: readonly Question[] = [
  { subject: 'Look-up by arXiv id', goal: SCALE_GOAL, ask: lookUpBy('arxivId') },
  { subject: 'Look-up by DOI', goal: SCALE_GOAL, ask: lookUpBy('doi') },
  {
    subject: 'Page of a different paper each time',
    goal: SCALE_GOAL,
    ask: (library, turn) => readPage(library, scatter(library, turn)),
  },
  {
    subject: `Page of a paper in ${FREQUENT_USES} issues`,
    goal: SCALE_GOAL,
    ask: (library) => readPage(library, FREQUENT),
  },
  {
    subject: `Page of a paper in ${LANDMARK_USES} issues or all`,
    goal: null,
    ask: (library) => readPage(library, LANDMARK),
  },
  {
    subject: `Import of ${IMPORT_RECORDS} records matched by identifier`,
    goal: SCALE_GOAL,
    ask: importKnown('identifier'),
  },
  {
    subject: `Import of ${IMPORT_RECORDS} records matched by title`,
    goal: SCALE_GOAL,
    ask: importKnown('title'),
  },
];

function lookUpBy(name: 'arxivId' | 'doi'): Question['ask'] {
  return (library, turn) => {
    const identifier = libraryPaperAt(scatter(library, turn))[name] ?? '';
    const admin = adminClient([library.server.origin], ADMIN_KEY);
    return admin.get(`/papers?identifier=${encodeURIComponent(identifier)}`);
  };
}

async function readPage({ server, plan }: OpenLibrary, index: number): Promise<void> {
  const response = await fetch(`${server.origin}/content/v1/papers/${idOf(plan.papers, 'paper', index)}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`GET ${response.url}: ${response.status}`);
}

function importKnown(by: KnownBy): Question['ask'] {
  return async (library, turn) => {
    const indexes = Array.from({ length: IMPORT_RECORDS }, (_, at) =>
      scatter(library, turn * IMPORT_RECORDS + at),
    );
    const { counts } = await sendBibtex(library.server, writeKnown(indexes, by));
    if (counts.matched !== IMPORT_RECORDS)
      throw new Error(`Not all records were matched: ${JSON.stringify(counts)}`);
  };
}

/** Consecutive turns give papers that are far apart. All have both identifiers, and none is a frequent one. */
function scatter({ plan }: OpenLibrary, turn: number): number {
  return 4 + 4 * ((turn * 7_919) % Math.floor(plan.papers.issues / 4 - 1));
}
