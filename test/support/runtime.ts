/** Temporal's worker runtime for tests: quiet unless something is wrong. Once for each test process. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

const level = process.env.CLARION_TEST_LOG ? 'WARN' : 'ERROR';
Runtime.install({
  logger: new DefaultLogger(level),
  telemetryOptions: { logging: { filter: { core: level, other: level } } },
});
