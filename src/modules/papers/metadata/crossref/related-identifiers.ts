import { parseArxivId, parseDoi } from '../../identifiers.ts';
import type { Message } from './message.ts';

/** A preprint, what was published of it, and the same under another number are one work. */
const SAME = ['is-preprint-of', 'has-preprint', 'is-identical-to', 'is-same-as'];

export function relatedIdentifiers({ relation = {} }: Message): string[] {
  return SAME.flatMap((kind) => relation[kind] ?? []).flatMap((related) => {
    const type = related['id-type'].toLowerCase();
    if (type === 'arxiv' && parseArxivId(related.id) !== null) return [`arXiv:${parseArxivId(related.id)}`];
    return type === 'doi' ? (parseDoi(related.id) ?? []) : [];
  });
}
