import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    pool: 'forks',
    // Files share what they import, which is most of their time; each has a database of its own.
    isolate: false,
    // They wait for PostgreSQL and for processes of their own: more than one core's worth keeps both busy.
    maxWorkers: 3,
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
