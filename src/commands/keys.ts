/** `npm run keys -- create --role admin --name "Press room" [--newsletter <id> ...] [--expires <time>]` creates an API key. */
import { parseArgs } from 'node:util';
import { loadConfig } from '../config.ts';
import type { Context } from '../context.ts';
import { createApiKey } from '../modules/access/api-key.ts';
import { type ApiKeyInput, apiKeyInput } from '../modules/access/schemas.ts';
import { runCommand } from './run-command.ts';
import { withMigratedDatabase } from './with-database.ts';

const USAGE =
  'Usage: npm run keys -- create --role <viewer|author|editor|admin> --name <name> [--newsletter <id> ...] [--expires <RFC 3339 time>]';

await runCommand(async () => {
  const input = readInput();
  if (typeof input === 'string') {
    process.exitCode = 1;
    return input;
  }
  return withMigratedDatabase(loadConfig(), (ctx) => createKey(ctx, input));
});

/** Returns the key to create, or a message if the arguments are invalid. */
function readInput(): ApiKeyInput | string {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      role: { type: 'string' },
      name: { type: 'string' },
      newsletter: { type: 'string', multiple: true },
      expires: { type: 'string' },
    },
  });
  if (positionals.join(' ') !== 'create') return USAGE;
  const { role, name, newsletter = null, expires = null } = values;
  const input = apiKeyInput.safeParse({ role, name, newsletterIds: newsletter, expiresAt: expires });
  if (input.success) return input.data;
  const faults = input.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  return [USAGE, ...faults].join('\n');
}

async function createKey(ctx: Context, input: ApiKeyInput): Promise<string> {
  const { secret } = await createApiKey(ctx, input);
  return `${secret}\nStore this key now: it is not shown again.`;
}
