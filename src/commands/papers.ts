/**
 * `npm run papers -- notes` lists the notes of papers, which readers see. `npm run papers -- clear-notes <paper id> ...`
 * deletes those that are private, and `--all` every note.
 */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { clearPaperNotes, listPaperNotes, type PaperNote } from '../modules/papers/library/paper-notes.ts';
import { listFeaturingIssues } from '../modules/publications/published-papers.ts';
import { runCommand } from './run-command.ts';
import { withMigratedDatabase } from './with-database.ts';

const USAGE = 'Usage: npm run papers -- notes\n       npm run papers -- clear-notes <--all | paper id ...>';

await runCommand(async () => {
  const command = readCommand();
  if (command !== null) return withMigratedDatabase(loadConfig(), command);
  process.exitCode = 1;
  return USAGE;
});

/** Returns null if the arguments are invalid. */
function readCommand(): ((ctx: Context) => Promise<string>) | null {
  const options = { all: { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [name, ...given] = positionals;
  if (name === 'notes' && given.length === 0 && !values.all) return describeNotes;
  const ids = z.array(z.uuid()).safeParse(given).data ?? [];
  if (name !== 'clear-notes' || ids.length < given.length || ids.length > 0 === values.all) return null;
  return async (ctx) => clearNotes(ctx, values.all ? (await listPaperNotes(ctx)).map(({ id }) => id) : ids);
}

async function describeNotes(ctx: Context): Promise<string> {
  const notes = await listPaperNotes(ctx);
  return [...notes.map(describeNote), `Papers with a note: ${notes.length}.`].join('\n');
}

function describeNote({ id, title, note }: PaperNote): string {
  return `${id}  ${title}\n  ${note.replaceAll('\n', '\n  ')}`;
}

async function clearNotes(ctx: Context, ids: readonly string[]): Promise<string> {
  const cleared = await clearPaperNotes(ctx, ids);
  const issues = await listFeaturingIssues(
    ctx,
    cleared.map(({ id }) => id),
  );
  return [
    `Notes cleared: ${cleared.length}.`,
    ...(issues.length === 0
      ? []
      : ['Published issues keep their text. Publish these again to remove the note from them:']),
    ...issues.map(({ issueId, number }) => `  ${issueId}  No. ${number}`),
  ].join('\n');
}
