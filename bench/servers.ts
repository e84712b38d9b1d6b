import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSecret } from '../src/modules/access/secret.ts';
import type { Pages } from './pages.ts';
import { type ServerChild, startServer } from './server-child.ts';

/** The key of an admin on every node. */
export const ADMIN_KEY = generateSecret();

export type Place = {
  databaseUrl: string;
  /** The folder for the data and logs of a server. */
  directory: string;
  /** The core to run on, or null for any. */
  core: string | null;
};

/** Starts the same process as in production, with default settings except the given ones. */
export function startMasthead(
  { databaseUrl, directory, core }: Place,
  settings: Record<string, string> = {},
): Promise<ServerChild> {
  return startServer({
    args: ['--max-semi-space-size=4', fileURLToPath(import.meta.resolve('../src/main.mjs'))],
    env: {
      DATABASE_URL: databaseUrl,
      DATA_DIR: join(directory, 'data'),
      BOOTSTRAP_ADMIN_KEY: ADMIN_KEY,
      SAMPLE_CONTENT: 'false',
      PUBLIC_URL: 'https://letters.example.com',
      ...settings,
    },
    core,
    directory,
  });
}

/** Starts routes that send the same responses as this Masthead. */
export function startBare(
  { databaseUrl, directory, core }: Place,
  { origin }: ServerChild,
  pages: Pages,
): Promise<ServerChild> {
  const script = fileURLToPath(import.meta.resolve('./bare-server.ts'));
  return startServer({
    args: [script, origin, JSON.stringify(pages)],
    env: { DATABASE_URL: databaseUrl },
    core,
    directory,
  });
}

/** Starts a route that streams request bodies to files. */
export function startSink({ directory, core }: Omit<Place, 'databaseUrl'>): Promise<ServerChild> {
  const script = fileURLToPath(import.meta.resolve('./media/sink-server.ts'));
  return startServer({ args: [script, directory], env: {}, core, directory });
}
