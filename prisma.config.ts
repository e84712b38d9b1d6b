import { defineConfig } from 'prisma/config';

// `prisma generate` looks for a native schema engine and would download one. It never runs it, so any
// file that exists satisfies the look-up; migrations go through the engine's WebAssembly build
// (src/database/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= import.meta.filename;
// It would ask for updates of Prisma online.
process.env.CHECKPOINT_DISABLE ??= '1';

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
});
