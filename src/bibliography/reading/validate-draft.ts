import type { z } from 'zod';
import { cslItem } from '../csl/csl.ts';
import { withoutMarkup } from '../text/markup.ts';
import type { Draft, Fault, ReadRecord } from './drafts.ts';

/** Validates a draft against the CSL schema. */
export function validateDraft(draft: Draft | Fault): ReadRecord {
  if ('fault' in draft) return draft;
  const { line, key, ignored, notices = [] } = draft;
  const variables = withoutMarkup(draft.variables);
  const parsed = cslItem.safeParse(variables);
  if (parsed.success)
    return { line, key, item: parsed.data, ignored, ...(notices.length > 0 && { notices }) };
  const [issue] = parsed.error.issues;
  const title = typeof variables.title === 'string' ? variables.title : null;
  return { line, key, title, fault: issue === undefined ? 'The record is not valid.' : describe(issue) };
}

function describe(issue: z.core.$ZodIssue): string {
  const field = issue.path.map(String).join('.');
  if (issue.code === 'too_big') {
    const unit = issue.origin === 'array' ? 'entries' : 'characters';
    if (issue.origin === 'array' || issue.origin === 'string')
      return `${field} has more than ${issue.maximum} ${unit}.`;
  }
  return `${field || 'The record'}: ${issue.message}.`;
}
