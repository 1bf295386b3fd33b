/** Temporal's worker runtime for tests: quiet unless something is wrong. Once for each test process. */
import { DefaultLogger, Runtime } from '@temporalio/worker';

Runtime.install({ logger: new DefaultLogger(process.env.CLARION_TEST_LOG ? 'WARN' : 'ERROR') });
