/** npm run check:openapi-drift */
import { readFile } from 'node:fs/promises';
import { describeApi, documentPath } from './describe-api.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const committed = await readFile(documentPath, 'utf8').catch(() => '');
  if (committed === (await describeApi())) return 'openapi.json says what the routes do.';
  process.exitCode = 1;
  return 'openapi.json is not what the routes say: run `npm run openapi`, and commit what it writes.';
});
