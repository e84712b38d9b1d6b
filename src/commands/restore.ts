/** `npm run restore -- <folder>` restores a backup into an empty database and an empty media storage. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Backup, openBackup } from '../backup/open-backup.ts';
import { type RestoredBackup, restoreBackup } from '../backup/restore-backup.ts';
import { loadConfig } from '../config.ts';
import { openStorage } from '../modules/media/storage/open-storage.ts';
import { describeState } from './describe-backup.ts';
import { progressBar } from './progress-bar.ts';
import { runCommand } from './run-command.ts';
import { withDatabaseUrl } from './with-database.ts';

await runCommand(async () => {
  const options = { 'take-over-media': { type: 'boolean', default: false } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [folder, ...others] = positionals;
  if (folder === undefined || others.length > 0) {
    process.exitCode = 1;
    return 'Usage: npm run restore -- <folder> [--take-over-media]';
  }
  return restore(path.resolve(folder), values['take-over-media']);
});

async function restore(folder: string, takesOver: boolean): Promise<string> {
  const config = loadConfig();
  const backup = await openBackup(folder);
  process.stderr.write(`The backup has ${describeState(backup.manifest, new Date())}.\n`);
  const storage = await openStorage(config);
  try {
    const restored = await withDatabaseUrl(config, (databaseUrl) =>
      restoreBackup(backup, { databaseUrl, storage, takesOver, progress: progressBar }),
    );
    if (restored.leftOut.length > 0) process.exitCode = 1;
    return describe(backup, restored);
  } finally {
    await storage.close();
  }
}

function describe({ manifest }: Backup, { applied, leftOut }: RestoredBackup): string {
  const { missing } = manifest.media;
  return [
    ...(leftOut.length > 0
      ? [`Not restored, because Masthead does not have these tables: ${leftOut.join(', ')}.`]
      : []),
    ...(missing.length > 0
      ? [`The backup lacks ${missing.length} media files; npm run media -- verify lists them.`]
      : []),
    ...(applied.length > 0 ? [`Migrated to this release by ${applied.join(', ')}.`] : []),
    `Restored ${describeState(manifest, new Date())}.`,
  ].join('\n');
}
