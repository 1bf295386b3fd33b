/**
 * Temporal for test files: one development server for the whole run, started when the run starts, and task
 * queues of a file's own on it, so files never take each other's work.
 */
import { randomBytes } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, inject } from 'vitest';

export interface TestTemporal {
  /** `host:port` of the server. */
  address: string;
  namespace: string;
  client: Client;
  /** A queue name, or any other name, that no other file uses: `name` with this file's own ending. */
  unique(name: string): string;
}

/** Call at the top of a test file. The connection is closed when the file's tests have ended. */
export async function testTemporal(): Promise<TestTemporal> {
  const address = inject('temporalAddress');
  const connection = await Connection.connect({ address });
  const ending = randomBytes(4).toString('hex');
  afterAll(() => connection.close());
  return {
    address,
    namespace: 'default',
    client: new Client({ connection }),
    unique: (name) => `${name}-${ending}`,
  };
}
