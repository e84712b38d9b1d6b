import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateSecret } from '../src/modules/access/secret.ts';
import type { Pages } from './pages.ts';
import { type ServerChild, startServer } from './server-child.ts';

/** An admin's, on every node. */
export const ADMIN_KEY = generateSecret();

export type Place = {
  databaseUrl: string;
  /** Takes what a server writes. */
  directory: string;
  /** Null: wherever there is time. */
  core: string | null;
};

/** The process that production runs, with its default settings but for those that are given. */
export function startMasthead(
  { databaseUrl, directory, core }: Place,
  settings: Record<string, string> = {},
): Promise<ServerChild> {
  return startServer({
    args: [fileURLToPath(import.meta.resolve('../src/server.ts'))],
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

/** Routes that send what this Masthead sends. */
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

/** A route that streams what it is sent to a file. */
export function startSink({ directory, core }: Omit<Place, 'databaseUrl'>): Promise<ServerChild> {
  const script = fileURLToPath(import.meta.resolve('./media/sink-server.ts'));
  return startServer({ args: [script, directory], env: {}, core, directory });
}
