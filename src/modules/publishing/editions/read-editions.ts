import type { Context } from '../../../context.ts';
import { notFound } from '../../../errors.ts';
import type { Page } from '../../../lib/page.ts';
import { findIssue, isVisibleIssue } from '../../issues/tree/load-issue.ts';
import {
  type EditionEntry,
  findEdition,
  listEditions,
  type WholeEdition,
} from '../../publications/edition/editions.ts';

/** Newest version first. */
export async function listEditionsOfIssue(
  ctx: Context,
  issueId: string,
  query: { limit: number; after: number | undefined },
): Promise<Page<EditionEntry, number>> {
  await findIssue(ctx, issueId);
  return listEditions(ctx, issueId, query);
}

export async function getEdition(ctx: Context, id: string): Promise<WholeEdition> {
  const edition = await findEdition(ctx, id);
  if (!edition || !(await isVisibleIssue(ctx, edition.issueId))) throw notFound('edition');
  return edition;
}
