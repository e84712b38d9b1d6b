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
    // A timeout ends a hang, it does not measure speed: a busy machine may take 20 times as long as an idle one.
    // Where a test promises a speed, it has a bound of its own.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 120_000, interval: 10 } },
  },
});
