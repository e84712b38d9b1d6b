import { parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import type { Message } from './message.ts';

/** Relations between identifiers of the same work: preprints, publications and identical copies. */
const SAME_WORK_RELATIONS = ['is-preprint-of', 'has-preprint', 'is-identical-to', 'is-same-as'];

export function relatedIdentifiers({ relation = {} }: Message): string[] {
  return SAME_WORK_RELATIONS.flatMap((kind) => relation[kind] ?? []).flatMap((related) => {
    const type = related['id-type'].toLowerCase();
    const arxiv = type === 'arxiv' ? parseArxivId(related.id) : null;
    if (arxiv) return [`arXiv:${arxiv.id}`];
    return type === 'doi' ? (parseDoi(related.id) ?? []) : [];
  });
}
