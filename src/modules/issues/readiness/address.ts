import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import { findTakenAddresses } from '../../publications/addresses.ts';
import type { IssueTree } from '../tree/load-issue.ts';
import type { Obstacle } from './publishable.ts';

/** The number and slug of an issue: each unique in its newsletter, among drafts and among what readers see. */
type Address = { number?: number | undefined; slug?: string | undefined };

/** Names both when both are taken; the constraints of the database would name the first alone. */
export async function requireFreeAddress(
  ctx: Context,
  newsletterId: string,
  address: Address,
  ownId?: string,
): Promise<void> {
  if (address.number === undefined && address.slug === undefined) return;
  const taken = await ctx.db.issue.findMany({
    where: { newsletterId, ...(ownId ? { id: { not: ownId } } : {}), OR: eitherOf(address) },
    select: { number: true, slug: true },
  });
  refuse(findTaken(address, taken, 'another issue of this newsletter has'));
}

/** Refuses to give readers a second issue under an address by which they know another. */
export async function requireFreePublicAddress(ctx: Context, issue: IssueTree): Promise<void> {
  refuse(await findPublicConflicts(ctx, issue));
}

/** An issue that was given another address keeps its old one for readers until its changes are published. */
export async function findPublicConflicts(ctx: Context, issue: IssueTree): Promise<Taken[]> {
  return findTaken(
    issue,
    await findTakenAddresses(ctx, issue),
    'another published issue still shows readers',
  );
}

/** Names that are asked for at once. */
const CANDIDATES = 20;

/** `issue-<number>`, or the like of it where somebody took that. The caller holds the newsletter. */
export async function findFreeSlug(ctx: Context, newsletterId: string, number: number): Promise<string> {
  for (let tried = 0; ; tried += CANDIDATES) {
    const candidates = Array.from({ length: CANDIDATES }, (_, at) => nameIssue(number, tried + at + 1));
    const rows = await ctx.db.issue.findMany({
      where: { newsletterId, slug: { in: candidates } },
      select: { slug: true },
    });
    const taken = new Set(rows.map((row) => row.slug));
    const free = candidates.find((slug) => !taken.has(slug));
    if (free !== undefined) return free;
  }
}

function nameIssue(number: number, count: number): string {
  return count === 1 ? `issue-${number}` : `issue-${number}-${count}`;
}

function eitherOf({ number, slug }: Address) {
  return Object.entries(definedFields({ number, slug })).map(([field, value]) => ({ [field]: value }));
}

type Taken = Obstacle & { pointer: `/${keyof Address}` };

function findTaken(address: Address, taken: readonly Address[], who: string): Taken[] {
  const fields = ['number', 'slug'] as const;
  return fields
    .filter((field) => taken.some((other) => address[field] !== undefined && other[field] === address[field]))
    .map(
      (field): Taken => ({
        pointer: `/${field}`,
        code: 'taken',
        message: `${who} this ${field}`,
        remedy: `Choose another ${field}, or change that issue first.`,
      }),
    );
}

function refuse(faults: readonly Taken[]): void {
  const [first] = faults;
  if (!first) return;
  const message = faults.map((fault) => fault.message).join('; ');
  const code = first.pointer === '/number' ? 'number_taken' : 'slug_taken';
  throw new DomainError('conflict', code, `Not unique: ${message}.`, { faults });
}
