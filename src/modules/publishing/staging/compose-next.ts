import type { Context } from '../../../context.ts';
import { notFound } from '../../../errors.ts';
import { idsOf } from '../../issues/editing/change-issue.ts';
import { requireReady } from '../../issues/readiness/readiness.ts';
import { type IssueTree, loadIssue } from '../../issues/tree/load-issue.ts';
import { toEditionText } from '../../publications/edition/edition-content.ts';
import { findFirstPublication, findLastVersion } from '../../publications/edition/editions.ts';
import { searchableTexts } from '../../publications/index/searchable-texts.ts';
import { type NewEdition, stampDocument } from '../../publications/staging/stage-edition.ts';
import { composeEdition } from '../editions/compose-edition.ts';
import type { EditionDocument } from '../editions/edition-schemas.ts';
import { filesOf } from '../editions/files-of.ts';
import { readFingerprints } from './fingerprint.ts';

/** The next edition of an issue, before it is known when it goes live: the times in the document are provisional. */
export type Composed = Omit<NewEdition, 'edition'> & {
  issue: IssueTree;
  document: EditionDocument;
  /** When the issue was first published. Null if it never was. */
  firstPublishedAt: Date | null;
};

/**
 * Composes the next edition of an issue. Call it outside a transaction where locks would have to wait for it. Throws if the
 * issue does not exist or is not ready to be published, and what `check` throws for the issue as it is read.
 */
export async function composeNext(
  ctx: Context,
  id: string,
  check: (issue: IssueTree) => void = () => {},
): Promise<Composed> {
  // Read first: the tree is then at least as new, and a later comparison notices if it is newer.
  const fingerprint = (await readFingerprints(ctx, [id])).get(id);
  if (fingerprint === undefined) throw notFound('issue');
  const issue = await loadIssue(ctx, id);
  check(issue);
  await requireReady(ctx, issue);
  const firstPublishedAt = issue.publication?.publishedAt ?? (await findFirstPublication(ctx, id));
  const document = await composeEdition(ctx, issue, {
    version: (await findLastVersion(ctx, id)) + 1,
    publishedAt: firstPublishedAt ?? ctx.now,
    updatedAt: ctx.now,
  });
  return {
    ...idsOf(issue),
    ...{ issue, document, firstPublishedAt, fingerprint },
    // The transition to published increments it.
    revision: issue.revision + 1,
    personIds: issue.authors.map(({ personId }) => personId),
    files: filesOf(issue),
    newAnchors: newAnchorsOf(issue, document),
    texts: await searchableTexts(ctx, document),
  };
}

/** The edition as it goes live at `at`. */
export function stampEdition(composed: Composed, at: Date): NewEdition {
  const { issue: _issue, document, firstPublishedAt, ...edition } = composed;
  return { ...edition, edition: toEditionText(stampDocument(document, firstPublishedAt, at)) };
}

/** Whether the edition has the same content as the one before it, whose document has the hash. */
export function hasContentOf(
  { document, firstPublishedAt }: Composed,
  { version, publishedAt }: { version: number; publishedAt: Date },
  hash: string,
): boolean {
  const again = { ...stampDocument(document, firstPublishedAt, publishedAt), edition: version };
  return toEditionText(again).hash === hash;
}

function newAnchorsOf(issue: IssueTree, { sections }: EditionDocument): NewEdition['newAnchors'] {
  const isNew = new Set(
    issue.sections
      .flatMap((section) => section.items.filter(({ anchor }) => anchor === null))
      .map(({ id }) => id),
  );
  return sections
    .flatMap((section) => section.items)
    .filter(({ id }) => isNew.has(id))
    .map(({ id, anchor }) => ({ id, anchor }));
}
