/** How the tests run: one PostgreSQL for all files, a database each. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    // Never retried: a test that fails now and then has a cause.
    retry: 0,
  },
});
