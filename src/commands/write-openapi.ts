/** `npm run openapi` writes openapi.json. */
import { writeFile } from 'node:fs/promises';
import { describeApi, documentPath } from './describe-api.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  await writeFile(documentPath, await describeApi());
  return 'Wrote openapi.json.';
});
