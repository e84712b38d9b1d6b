/** npm run bench:load -- --issues 1000000 [--newsletter <slug>] [--database-url <postgresql://...>] */

import { parseArgs } from 'node:util';
import { z } from 'zod';
import { progressBar } from '../../src/commands/progress-bar.ts';
import { runCommand } from '../../src/commands/run-command.ts';
import { withDatabaseUrl } from '../../src/commands/with-database.ts';
import { loadConfig } from '../../src/config.ts';
import { migrate } from '../../src/database/migrate.ts';
import { slug } from '../../src/schemas.ts';
import { withClient } from '../with-client.ts';
import { fillNewsletter } from './fill-newsletter.ts';
import { planFilling } from './plan.ts';

const USAGE =
  'Usage: npm run bench:load -- --issues <25 to 1000000> [--newsletter <slug>] [--database-url <postgresql://...>]';

const options = z.object({
  issues: z.coerce.number().int().min(25).max(1_000_000),
  newsletter: slug.default('archive'),
  'database-url': z.url({ protocol: /^postgres(ql)?$/ }).optional(),
});

await runCommand(async () => {
  const given = readOptions();
  if (given === null) {
    process.exitCode = 2;
    return USAGE;
  }
  const { issues, newsletter } = given;
  const config = loadConfig();
  const databaseUrl = given['database-url'] ?? config.databaseUrl;
  await withDatabaseUrl({ ...config, databaseUrl }, async (url) => {
    await migrate(url);
    await withClient(url, (client) =>
      fillNewsletter(client, planFilling(newsletter, issues), progressBar('issues')),
    );
  });
  return `The newsletter ${newsletter} has ${issues} issues.`;
});

function readOptions(): z.infer<typeof options> | null {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({ options: { issues: text, newsletter: text, 'database-url': text } });
    return options.parse(values);
  } catch {
    return null;
  }
}
