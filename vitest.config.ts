/** How the tests run: one PostgreSQL for all files, a database each. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // What hangs is ended; what is slow on a busy machine is not.
    testTimeout: 180_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    // Never retried: a test that fails now and then has a cause.
    retry: 0,
  },
});
