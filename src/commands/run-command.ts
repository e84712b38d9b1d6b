import { inspect } from 'node:util';
import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError } from '../database/embedded.ts';
import { MigrationError } from '../database/migrate.ts';

/** Prints what the command returns. A fault that the reader can mend is told without a stack. */
export async function runCommand(command: () => Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await command()}\n`);
  } catch (error) {
    process.exitCode = 1;
    const isKnown = [ConfigError, EmbeddedPostgresError, MigrationError].some(
      (kind) => error instanceof kind,
    );
    process.stderr.write(`${isKnown && error instanceof Error ? error.message : inspect(error)}\n`);
  }
}
