/**
 * Simulated calls of no length through the whole engine (turnstile, ledger, trunk, flow, journey, record)
 * against activities that do nothing, on the same Temporal server and PostgreSQL, in turns. Both servers are
 * as durable as those of `npm start`.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { createLogger } from '../log.ts';
import { createProviders } from '../providers/index.ts';
import { localFiles } from '../providers/storage/local-files.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from '../test/support/campaign.ts';
import { type ScratchServers, startScratchServers } from '../test/support/scratch-servers.ts';
import { composeWorker } from '../worker/compose.ts';
import { createWorkers } from '../worker/queues.ts';
import { startRequest } from '../worker/temporal-client.ts';
import { spread } from '../workflows/calendar.ts';
import { PAGE_ROWS, requestWorkflowId } from '../workflows/contract.ts';
import type { ReferenceInput } from './dial-reference.ts';
import type { Measurement } from './main.ts';

const CALLS = 4_000;
const ROUNDS = 3;
const CONCURRENCY = 200;

/** Runs `work` while the workers of both sides run, each on queues of their own. */
async function withWorkers<T>(servers: ScratchServers, work: (client: Client) => Promise<T>): Promise<T> {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: 'ERROR' } },
  });
  const connection = await NativeConnection.connect({ address: servers.address });
  const providers = createProviders({
    simulationSpeed: 0,
    witnessDir: join(servers.dir, 'witness'),
    mailFrom: 'bench@localhost',
  });
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
      checkpoints: 'end',
    }).activities,
    voiceSlots: 1_000,
  });
  workers.push(
    await Worker.create({
      connection,
      taskQueue: 'reference',
      workflowsPath: fileURLToPath(new URL('./dial-reference.ts', import.meta.url)),
    }),
    await Worker.create({
      connection,
      taskQueue: 'reference-calls',
      activities: { nothing: async () => ({ attempted: true, stop: false }) },
      maxConcurrentActivityTaskExecutions: 1_000,
    }),
  );
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

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
};

async function dial(servers: ScratchServers, client: Client, calls: number, round: number): Promise<number> {
  const { sql } = servers.db;
  const [account] = await sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email, max_concurrent_calls, max_calls_per_second)
    values ('Bench', 'Asia/Kolkata', 'IN', 'holder@example.com', 10000, 10000) returning id`;
  const accountId = account?.id ?? 0;
  const flowId = await testFlow(servers.db, accountId);
  const requestId = await insertRequest(servers.db, {
    accountId,
    flowId,
    policy: testPolicy({ concurrency: CONCURRENCY }),
  });
  const numbers = Array.from(
    { length: calls },
    (_, index) => `+91${9_000_000_000 + round * 10_000_000 + index * 10}`,
  );
  await insertPeople(servers.db, accountId, requestId, numbers);
  const request = {
    accountId,
    requestId,
    flowId,
    flowType: 'outbound',
    flowName: 'bench',
    status: 'RECEIVED',
  } as const;
  const seconds = await secondsOf(async () => {
    await startRequest(client, request);
    await client.workflow.getHandle(requestWorkflowId(requestId)).result();
  });
  const [ended] = await sql`
    select count(*)::int as answered from records where request_id = ${requestId} and outcome = 'ANSWERED'`;
  if (ended?.answered !== calls) throw new Error(`${ended?.answered} of ${calls} calls were answered`);
  return calls / seconds;
}

async function reference(client: Client, calls: number, round: number): Promise<number> {
  const input: ReferenceInput = {
    rows: calls,
    pageRows: PAGE_ROWS,
    ...spread(CONCURRENCY, Number.POSITIVE_INFINITY),
    activityQueue: 'reference-calls',
  };
  const seconds = await secondsOf(() =>
    client.workflow.execute('referenceRun', {
      workflowId: `reference/${round}`,
      taskQueue: 'reference',
      args: [input],
    }),
  );
  return (Math.ceil(calls / PAGE_ROWS) * PAGE_ROWS) / seconds;
}

const median = (values: number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

export async function benchDial(size: number | undefined): Promise<Measurement> {
  const calls = size ?? CALLS;
  const servers = await startScratchServers();
  try {
    return await withWorkers(servers, async (client) => {
      const ours: number[] = [];
      const theirs: number[] = [];
      // The first round warms both up and is not counted.
      for (let round = 0; round <= ROUNDS; round++) {
        const referenceRate = await reference(client, round === 0 ? PAGE_ROWS : calls, round);
        const rate = await dial(servers, client, round === 0 ? PAGE_ROWS : calls, round);
        if (round > 0) {
          theirs.push(referenceRate);
          ours.push(rate);
        }
      }
      return {
        clarion: Math.round(median(ours)),
        reference: Math.round(median(theirs)),
        unit: 'calls/s',
        notes: {
          calls,
          'concurrent calls': CONCURRENCY,
          'clarion, each round': ours.map(Math.round).join(' '),
          'no-op activities, each round': theirs.map(Math.round).join(' '),
        },
      };
    });
  } finally {
    await servers.stop();
  }
}
