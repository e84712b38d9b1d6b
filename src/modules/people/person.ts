import { type Context, inTransaction } from '../../context.ts';
import type { Person, Prisma } from '../../database/generated/client.ts';
import { notFound, unknownReference } from '../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../lib/page.ts';
import { definedFields } from '../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../lib/revision.ts';
import { recordEvent } from '../events/record-event.ts';
import { findImageFaults } from '../media/library/image-faults.ts';
import type { PersonInput, PersonPatch } from './schemas.ts';

export function createPerson(ctx: Context, input: PersonInput): Promise<Person> {
  return inTransaction(ctx, async (ctx) => {
    await requireAvatar(ctx, input.avatarId);
    const person = await ctx.db.person.create({
      data: { ...definedFields(input), createdAt: ctx.now, updatedAt: ctx.now },
    });
    await record(ctx, 'person.created', person);
    return person;
  });
}

/** Newest first. */
export async function listPeople(ctx: Context, query: ById): Promise<Page<Person, string>> {
  const rows = await ctx.db.person.findMany(newestFirst(query));
  return toPage(rows, query.limit, (row) => row.id);
}

/** All newsletters share the people, so every API key can see all of them. */
export async function getPerson(ctx: Context, id: string): Promise<Person> {
  const person = await ctx.db.person.findUnique({ where: { id } });
  if (!person) throw notFound('person');
  return person;
}

/** Returns null if no person has the slug. */
export function findPersonBySlug(ctx: Context, slug: string): Promise<Person | null> {
  return ctx.db.person.findUnique({ where: { slug } });
}

/** Returns those of the ids that exist. */
export async function findPersonIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}

export function updatePerson(
  ctx: Context,
  id: string,
  patch: PersonPatch,
  ifMatch: IfMatch,
): Promise<Person> {
  return withRowLocked(ctx, 'people', id, async (ctx) => {
    requireRevision(ifMatch, (await getPerson(ctx, id)).revision);
    await requireAvatar(ctx, patch.avatarId);
    const changes: Prisma.PersonUncheckedUpdateInput = definedFields(patch);
    const person = await ctx.db.person.update({
      where: { id },
      data: { ...changes, revision: { increment: 1 }, updatedAt: ctx.now },
    });
    await record(ctx, 'person.updated', person, { fields: Object.keys(changes) });
    return person;
  });
}

/** `requireUnused` throws if an issue has the person as an author. */
export function deletePerson(
  ctx: Context,
  id: string,
  ifMatch: IfMatch,
  requireUnused: (ctx: Context, id: string) => Promise<void>,
): Promise<void> {
  return withRowLocked(ctx, 'people', id, async (ctx) => {
    const person = await getPerson(ctx, id);
    requireRevision(ifMatch, person.revision);
    await requireUnused(ctx, id);
    await ctx.db.person.delete({ where: { id } });
    await record(ctx, 'person.deleted', person);
  });
}

async function requireAvatar(ctx: Context, id: string | null | undefined): Promise<void> {
  if (!id) return;
  const fault = (await findImageFaults(ctx, [id])).get(id);
  if (fault) throw unknownReference([{ pointer: '/avatarId', ...fault }]);
}

function record(
  ctx: Context,
  type: 'person.created' | 'person.updated' | 'person.deleted',
  { id, slug }: Person,
  details: Prisma.InputJsonObject = {},
): Promise<void> {
  return recordEvent(ctx, { type, subject: { kind: 'person', id }, details: { slug, ...details } });
}
