/** npm run media -- verify */
import { type Config, loadConfig } from '../config.ts';
import { systemContext } from '../context.ts';
import { openDatabase } from '../database/client.ts';
import { migrate } from '../database/migrate.ts';
import { openStorage } from '../modules/media/storage/open-storage.ts';
import { type Verification, verifyMedia } from '../modules/media/upkeep/verify-media.ts';
import { progressBar } from './progress-bar.ts';
import { runCommand } from './run-command.ts';
import { withDatabaseUrl } from './with-database.ts';

/** Faults that are named at most. */
const FAULTS_NAMED = 100;

await runCommand(async () => {
  if (process.argv.slice(2).join(' ') !== 'verify') {
    process.exitCode = 1;
    return 'Usage: npm run media -- verify';
  }
  const config = loadConfig();
  const result = await withDatabaseUrl(config, (url) => verify(url, config));
  if (result.faults.length > 0) process.exitCode = 1;
  return describe(result);
});

async function verify(url: string, config: Config): Promise<Verification> {
  await migrate(url);
  const database = openDatabase(url, { onError: () => {} });
  const storage = openStorage(config);
  try {
    return await verifyMedia(systemContext(database.prisma, 'command line'), storage, progressBar('files'));
  } finally {
    await storage.close();
    await database.close();
  }
}

const FAULT = {
  missing: 'is not in the storage',
  size: 'has another size than its row says',
  sum: 'has another SHA-256 than its row says',
};

function describe({ files, bytes, faults, withoutRow }: Verification): string {
  const named = faults.slice(0, FAULTS_NAMED).map(({ fileName, fault }) => `${fileName} ${FAULT[fault]}`);
  const more = faults.length - named.length;
  return [
    ...named,
    ...(more > 0 ? [`and ${more} more`] : []),
    `${files} files of ${(bytes / 1e6).toFixed(1)} MB read: ${faults.length} at fault.`,
    ...(withoutRow > 0 ? [`${withoutRow} files have no row; they are swept after a day.`] : []),
  ].join('\n');
}
