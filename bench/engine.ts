/** One worker process's worth of Clarion for a benchmark, on servers of its own, with the lists it calls. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, type Worker } from '@temporalio/worker';
import type { RequestPolicy } from '../domain/policy.ts';
import { createLogger } from '../log.ts';
import type { Providers } from '../providers/index.ts';
import { localFiles } from '../providers/storage/local-files.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from '../test/support/campaign.ts';
import type { ScratchServers } from '../test/support/scratch-servers.ts';
import { composeWorker } from '../worker/compose.ts';
import { createWorkers } from '../worker/queues.ts';
import { startRequest } from '../worker/temporal-client.ts';
import { requestWorkflowId } from '../workflows/contract.ts';

export interface BenchEngine {
  servers: ScratchServers;
  providers: Providers;
  checkpoints: 'each' | 'end';
  /** Workers of a reference that run beside ours. */
  others?: (connection: NativeConnection) => Promise<Worker[]>;
}

/** Runs `work` while the workers run; ends them, and closes the providers, after it. */
export async function withWorkers<T>(engine: BenchEngine, work: (client: Client) => Promise<T>): Promise<T> {
  const { servers, providers, checkpoints, others } = engine;
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR' } },
  });
  const connection = await NativeConnection.connect({ address: servers.address });
  const workers = await createWorkers(['requests', 'ingest', 'voice', 'email'], {
    connection,
    namespace: 'default',
    activities: composeWorker({
      db: servers.db,
      frozenDb: servers.frozenDb,
      providers,
      storage: localFiles(join(servers.dir, 'storage')),
      log: createLogger('bench', 'silent'),
      publicUrl: undefined,
      privateWebhooks: false,
      checkpoints,
    }).activities,
    voiceSlots: 1_000,
  });
  workers.push(...((await others?.(connection)) ?? []));
  const running = Promise.all(workers.map((worker) => worker.run()));
  const clientConnection = await Connection.connect({ address: servers.address });
  try {
    return await work(new Client({ connection: clientConnection }));
  } finally {
    for (const worker of workers) worker.shutdown();
    await running;
    await clientConnection.close();
    await connection.close();
    await providers.close();
  }
}

/** An account with limits far above what is measured, and a published flow of it. */
export async function benchAccount(
  servers: ScratchServers,
  definition?: object,
): Promise<{ accountId: number; flowId: number }> {
  const [account] = await servers.db.sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email, max_concurrent_calls, max_calls_per_second)
    values ('Bench', 'Asia/Kolkata', 'IN', 'holder@example.com', 10000, 10000) returning id`;
  const accountId = account?.id ?? 0;
  return { accountId, flowId: await testFlow(servers.db, accountId, definition) };
}

/** Calls everybody by a request of its own and waits for its end. Returns the request's id. */
export async function callEverybody(
  servers: ScratchServers,
  client: Client,
  input: { accountId: number; flowId: number; numbers: string[]; policy: Partial<RequestPolicy> },
): Promise<number> {
  const { accountId, flowId, numbers } = input;
  const requestId = await insertRequest(servers.db, { accountId, flowId, policy: testPolicy(input.policy) });
  await insertPeople(servers.db, accountId, requestId, numbers);
  await startRequest(client, {
    accountId,
    requestId,
    flowId,
    flowType: 'outbound',
    flowName: 'bench',
    status: 'RECEIVED',
  });
  await client.workflow.getHandle(requestWorkflowId(requestId)).result();
  return requestId;
}

/** Indian mobile numbers ending in 0: people who answer and listen. */
export const listeners = (count: number, from: number): string[] =>
  Array.from({ length: count }, (_, index) => `+91${9_000_000_000 + (from + index) * 10}`);
