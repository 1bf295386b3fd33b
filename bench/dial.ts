/**
 * Simulated calls of no length through the whole engine (turnstile, ledger, trunk, flow, journey, record)
 * against activities that do nothing, on the same Temporal server and PostgreSQL, in turns. Both servers are
 * as durable as those of `npm start`.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { createProviders } from '../providers/index.ts';
import { type ScratchServers, startScratchServers } from '../test/support/scratch-servers.ts';
import { spread } from '../workflows/calendar.ts';
import { PAGE_ROWS } from '../workflows/contract.ts';
import type { ReferenceInput } from './dial-reference.ts';
import { benchAccount, callEverybody, listeners, withWorkers } from './engine.ts';
import type { Measurement } from './main.ts';

const CALLS = 4_000;
const ROUNDS = 3;
const CONCURRENCY = 200;

/** The reference's workers, on queues of their own. */
const referenceWorkers = async (connection: NativeConnection): Promise<Worker[]> => [
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
];

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / 1_000;
};

async function dial(servers: ScratchServers, client: Client, calls: number, round: number): Promise<number> {
  const { accountId, flowId } = await benchAccount(servers);
  const numbers = listeners(calls, round * 1_000_000);
  let requestId = 0;
  const seconds = await secondsOf(async () => {
    const policy = { concurrency: CONCURRENCY };
    requestId = await callEverybody(servers, client, { accountId, flowId, numbers, policy });
  });
  const [ended] = await servers.db.sql`
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
    const providers = createProviders({
      simulationSpeed: 0,
      witnessDir: join(servers.dir, 'witness'),
      mailFrom: 'bench@localhost',
    });
    const engine = { servers, providers, checkpoints: 'end' as const, others: referenceWorkers };
    return await withWorkers(engine, async (client) => {
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
