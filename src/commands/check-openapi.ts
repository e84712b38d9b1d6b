/** `npm run check:openapi-drift` fails if the committed openapi.json differs from the routes. */
import { readFile } from 'node:fs/promises';
import { describeApi, documentPath } from './describe-api.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const committed = await readFile(documentPath, 'utf8').catch(() => '');
  if (committed === (await describeApi())) return 'openapi.json is up to date.';
  process.exitCode = 1;
  return 'openapi.json is out of date. Run `npm run openapi` and commit the result.';
});
