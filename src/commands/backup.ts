/** `npm run backup -- <folder>` backs up the database and the media while nodes run. */
import path from 'node:path';
import { createBackup, type MadeBackup } from '../backup/create-backup.ts';
import { loadConfig } from '../config.ts';
import { openStorage } from '../modules/media/storage/open-storage.ts';
import { describeState } from './describe-backup.ts';
import { describeFaults } from './describe-faults.ts';
import { progressBar } from './progress-bar.ts';
import { runCommand } from './run-command.ts';
import { withDatabaseUrl } from './with-database.ts';

await runCommand(async () => {
  const [folder, ...others] = process.argv.slice(2);
  if (folder === undefined || folder.startsWith('-') || others.length > 0) {
    process.exitCode = 1;
    return 'Usage: npm run backup -- <folder>\nThe folder must not exist, or be empty.';
  }
  return backUp(path.resolve(folder));
});

async function backUp(folder: string): Promise<string> {
  const config = loadConfig();
  const storage = await openStorage(config);
  try {
    const made = await withDatabaseUrl(config, (databaseUrl) =>
      createBackup({ databaseUrl, storage, folder, progress: progressBar }),
    );
    if (made.faults.length > 0) process.exitCode = 1;
    return describe(folder, made);
  } finally {
    await storage.close();
  }
}

function describe(folder: string, { manifest, faults, deleted }: MadeBackup): string {
  return [
    ...describeFaults(faults),
    ...(faults.length > 0 ? [`The backup lacks these ${faults.length} media files. All else is in it.`] : []),
    ...deleted.map((fileName) => `${fileName} was deleted while the backup ran and is not in it`),
    `Backed up ${describeState(manifest, new Date())}.`,
    folder,
  ].join('\n');
}
