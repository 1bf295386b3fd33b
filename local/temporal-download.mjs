/**
 * Downloads Temporal's development server into the folder named on the command line, by the SDK's own
 * means: it fetches what it lacks before it starts a server, which is ended again at once.
 */
import { TestWorkflowEnvironment } from '@temporalio/testing';

const environment = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'cached-download', downloadDir: process.argv[2] } },
});
await environment.teardown();
