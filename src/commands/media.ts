/** `npm run media -- verify` checks every stored file; `npm run media -- retry` retries failed renditions. */
import { type Config, loadConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { retryFailedFiles } from '../modules/media/rendering/due-file.ts';
import { openStorage } from '../modules/media/storage/open-storage.ts';
import { type Verification, verifyMedia } from '../modules/media/upkeep/verify-media.ts';
import { describeFaults } from './describe-faults.ts';
import { progressBar } from './progress-bar.ts';
import { runCommand } from './run-command.ts';
import { withMigratedDatabase } from './with-database.ts';

const COMMANDS = { verify, retry };
type Command = keyof typeof COMMANDS;

await runCommand(async () => {
  const name = process.argv.slice(2).join(' ');
  if (!isCommand(name)) {
    process.exitCode = 1;
    return 'Usage: npm run media -- <verify|retry>';
  }
  const config = loadConfig();
  return withMigratedDatabase(config, (ctx) => COMMANDS[name](ctx, config));
});

function isCommand(name: string): name is Command {
  return Object.hasOwn(COMMANDS, name);
}

async function retry(ctx: Context): Promise<string> {
  return `Files whose renditions will be retried: ${await retryFailedFiles(ctx)}.`;
}

async function verify(ctx: Context, config: Config): Promise<string> {
  const storage = await openStorage(config);
  try {
    const result = await verifyMedia(ctx, storage, progressBar('files'));
    if (result.faults.length > 0) process.exitCode = 1;
    return describe(result);
  } finally {
    await storage.close();
  }
}

function describe({ files, bytes, faults, withoutRow }: Verification): string {
  return [
    ...describeFaults(faults),
    `Read ${files} files (${(bytes / 1e6).toFixed(1)} MB): ${faults.length} damaged or missing.`,
    ...(withoutRow > 0 ? [`${withoutRow} files have no database row; they are deleted after a day.`] : []),
  ].join('\n');
}
