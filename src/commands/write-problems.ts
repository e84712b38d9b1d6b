/** `npm run problems` writes docs/problems.md. */
import { writeFile } from 'node:fs/promises';
import { describeProblems, problemsPath } from './describe-problems.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  await writeFile(problemsPath, describeProblems());
  return 'Wrote docs/problems.md.';
});
