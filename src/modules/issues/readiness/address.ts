import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import { definedFields } from '../../../lib/patch.ts';
import { findTakenAddresses } from '../../publications/addresses.ts';
import type { IssueTree } from '../tree/load-issue.ts';
import type { Obstacle } from './publishable.ts';

/** The number and slug of an issue. Each is unique among the newsletter's issues and among its publications. */
type Address = { number?: number | undefined; slug?: string | undefined };

/** Reports both if both are taken; a violated constraint of the database would report only the first. */
export async function requireFreeAddress(
  ctx: Context,
  newsletterId: string,
  address: Address,
  ownId?: string,
): Promise<void> {
  if (address.number === undefined && address.slug === undefined) return;
  const taken = await ctx.db.issue.findMany({
    where: { newsletterId, ...(ownId ? { id: { not: ownId } } : {}), OR: anyFieldOf(address) },
    select: { number: true, slug: true },
  });
  throwIfTaken(findTaken(address, taken, 'is the $field of another issue of this newsletter'));
}

/** Throws if another published issue already has this number or slug for readers. */
export async function requireFreePublicAddress(ctx: Context, issue: IssueTree): Promise<void> {
  throwIfTaken(await findPublicConflicts(ctx, issue));
}

/** A published issue keeps its old number and slug for readers until its changes are published. */
export async function findPublicConflicts(ctx: Context, issue: IssueTree): Promise<Taken[]> {
  return findTaken(
    issue,
    await findTakenAddresses(ctx, [issue]),
    'is still the public $field of another issue',
  );
}

const CANDIDATES_PER_QUERY = 20;

/** `issue-<number>`, with a counter appended if that is taken. The caller has locked the newsletter's row. */
export async function findFreeSlug(ctx: Context, newsletterId: string, number: number): Promise<string> {
  for (let tried = 0; ; tried += CANDIDATES_PER_QUERY) {
    const candidates = Array.from({ length: CANDIDATES_PER_QUERY }, (_, at) =>
      slugCandidate(number, tried + at + 1),
    );
    const rows = await ctx.db.issue.findMany({
      where: { newsletterId, slug: { in: candidates } },
      select: { slug: true },
    });
    const taken = new Set(rows.map((row) => row.slug));
    const free = candidates.find((slug) => !taken.has(slug));
    if (free !== undefined) return free;
  }
}

function slugCandidate(number: number, count: number): string {
  return count === 1 ? `issue-${number}` : `issue-${number}-${count}`;
}

function anyFieldOf({ number, slug }: Address) {
  return Object.entries(definedFields({ number, slug })).map(([field, value]) => ({ [field]: value }));
}

type Taken = Obstacle & { pointer: `/${keyof Address}` };

/** `$field` in the message is replaced by the name of the field. */
function findTaken(address: Address, taken: readonly Address[], message: string): Taken[] {
  const fields = ['number', 'slug'] as const;
  return fields
    .filter((field) => taken.some((other) => address[field] !== undefined && other[field] === address[field]))
    .map(
      (field): Taken => ({
        pointer: `/${field}`,
        code: 'taken',
        message: message.replace('$field', field),
        remedy: `Choose another ${field}, or change that issue first.`,
      }),
    );
}

function throwIfTaken(faults: readonly Taken[]): void {
  const [first] = faults;
  if (!first) return;
  const message = faults.map((fault) => `${fault.pointer} ${fault.message}`).join('; ');
  const code = first.pointer === '/number' ? 'number_taken' : 'slug_taken';
  throw new DomainError('conflict', code, `Not unique: ${message}.`, { faults });
}
