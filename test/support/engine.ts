/**
 * A whole engine for a test file: database, Temporal, workers and simulated people, with helpers to set up
 * a campaign in a few words and to wait for what matters.
 */
import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { afterAll } from 'vitest';
import type { Activities } from '../../activities/index.ts';
import { type Database, openDatabase } from '../../db/client.ts';
import type { RequestStatus } from '../../domain/outcome.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { createLogger } from '../../log.ts';
import { createProviders, type Providers } from '../../providers/index.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import type { VoiceTrunk } from '../../providers/voice/trunk.ts';
import { startAdoption } from '../../worker/adoption.ts';
import { composeWorker } from '../../worker/compose.ts';
import { startInbound } from '../../worker/inbound.ts';
import { createWorkers } from '../../worker/queues.ts';
import { createNotifier } from '../../worker/telling.ts';
import { QUEUES, requestWorkflowId } from '../../workflows/contract.ts';
import './runtime.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from './campaign.ts';
import { testAccount, testDatabase } from './database.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';

export type PolicyOver = Partial<RequestPolicy>;

export interface Engine {
  database: Database & { url: string };
  accountId: number;
  flowId: number;
  providers: Providers;
  dataDir: string;
  /** Queue names of this file. */
  requestsQueue: string;
  /** Stores a request with these people, as an accepted list would be, and starts its workflow. Returns its id. */
  launch(
    people: string[],
    over?: PolicyOver & { startAt?: Date; endAt?: Date; open?: boolean },
  ): Promise<number>;
  /** Adds people to an open request. */
  add(requestId: number, people: string[]): Promise<void>;
  /** Tells Temporal what the outbox says of a request. */
  notify(requestId: number): Promise<void>;
  /** Does what the API does: changes the row, then nudges. */
  change(requestId: number, set: Record<string, unknown>): Promise<void>;
  status(requestId: number): Promise<RequestStatus>;
  /** Waits for the workflow's end. */
  finished(requestId: number): Promise<{ status: RequestStatus; loaded: number; added: number }>;
  /** Waits until `look` gives something other than undefined or false. */
  until<T>(look: () => Promise<T | undefined | false>): Promise<T>;
  outcomes(requestId: number): Promise<Record<string, number>>;
  /** Stops the workers, does something while nobody works, and starts them again. */
  whileAway(work: () => Promise<void>): Promise<void>;
  /** Moves the workers' clock, and has the requests look at it. */
  advance(ms: number, ...requestIds: number[]): Promise<void>;
  /** The workers' clock. */
  now(): Date;
  temporal: TestTemporal;
  /** The histories of a request's workflow and of its pages, as JSON text with payloads decoded. */
  histories(requestId: number): Promise<string[]>;
}

export interface EngineOptions {
  speed?: number;
  voiceSlots?: number;
  /** Puts something around the trunk. */
  voice?: (trunk: VoiceTrunk) => VoiceTrunk;
  /** Puts something around activities, to make a moment happen that is otherwise a matter of luck. */
  around?: (activities: Activities) => Activities;
}

export async function testEngine(options: EngineOptions = {}): Promise<Engine> {
  const database = await testDatabase();
  const temporal = await testTemporal();
  const dataDir = await mkdtemp(join(tmpdir(), 'clarion-engine-'));
  // Workflow ids carry the request's id, and all files share one Temporal server.
  await database.sql.unsafe(`alter table requests alter column id restart with ${randomInt(1, 2 ** 40)}`);
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId);
  const log = createLogger('test', process.env.CLARION_TEST_LOG ?? 'silent');
  const providers = createProviders({
    simulationSpeed: options.speed ?? 0,
    witnessDir: join(dataDir, 'witness'),
    mailFrom: 'Clarion <clarion@localhost>',
  });
  if (options.voice) providers.voice = options.voice(providers.voice);
  const connection = await NativeConnection.connect({ address: temporal.address });
  const queueName = (name: keyof typeof QUEUES): string => temporal.unique(QUEUES[name]);
  const requestsQueue = queueName('requests');
  const notify = createNotifier({ db: database, client: temporal.client, log, taskQueue: requestsQueue });

  let clockAheadMs = 0;
  const clock = (): Date => new Date(Date.now() + clockAheadMs);
  const frozenDb = openDatabase(database.url, 2);
  afterAll(() => frozenDb.close());
  const start = async (): Promise<{
    workers: Worker[];
    running: Promise<unknown>;
    stopLoops: () => Promise<unknown>;
  }> => {
    const { activities, adoption } = composeWorker({
      db: database,
      frozenDb,
      providers,
      voiceSlots: options.voiceSlots ?? 500,
      storage: localFiles(join(dataDir, 'storage')),
      log,
      now: clock,
      publicUrl: undefined,
      privateWebhooks: true,
      checkpoints: options.speed ? 'each' : 'end',
    });
    const workers = await createWorkers(['requests', 'ingest', 'voice', 'email'], {
      connection,
      namespace: temporal.namespace,
      activities: options.around?.(activities) ?? activities,
      voiceSlots: options.voiceSlots ?? 500,
      queueName,
    });
    const running = Promise.all(workers.map((worker) => worker.run()));
    const stopInbound = startInbound({
      db: database,
      client: temporal.client,
      trunk: providers.voice,
      log,
      now: clock,
      taskQueue: requestsQueue,
    });
    const stopAdoption = startAdoption({ adoption, log });
    return { workers, running, stopLoops: () => Promise.all([stopInbound(), stopAdoption()]) };
  };
  let now = await start();
  const stop = async (): Promise<void> => {
    for (const worker of now.workers) worker.shutdown();
    await now.running;
    await now.stopLoops();
  };
  afterAll(async () => {
    await stop();
    await connection.close();
    await providers.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const launch: Engine['launch'] = async (people, { startAt, endAt, open, ...over } = {}) => {
    const requestId = await insertRequest(database, {
      accountId,
      flowId,
      policy: testPolicy(over),
      ...(startAt && { startAt }),
      ...(endAt && { endAt }),
      ...(open !== undefined && { open }),
    });
    await insertPeople(database, accountId, requestId, people);
    await database.sql`
      insert into outbox (account_id, request_id, kind) values (${accountId}, ${requestId}, 'start')`;
    await notify(requestId);
    return requestId;
  };

  const handle = (requestId: number) => temporal.client.workflow.getHandle(requestWorkflowId(requestId));
  const status: Engine['status'] = async (requestId) => {
    const [found] = await database.sql<{ status: RequestStatus }[]>`
      select status from requests where id = ${requestId}`;
    if (!found) throw new Error('no such request');
    return found.status;
  };

  return {
    database,
    accountId,
    flowId,
    providers,
    dataDir,
    requestsQueue,
    launch,
    notify,
    status,
    add: async (requestId, people) => {
      await insertPeople(database, accountId, requestId, people);
      await tell(database, accountId, requestId);
      await notify(requestId);
    },
    change: async (requestId, set) => {
      await database.sql`update requests set ${database.sql(set as Record<string, never>)} where id = ${requestId}`;
      await tell(database, accountId, requestId);
      await notify(requestId);
    },
    finished: (requestId) => handle(requestId).result(),
    until: async (look) => {
      for (;;) {
        const found = await look();
        if (found !== undefined && found !== false) return found;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    outcomes: async (requestId) => {
      const rows = await database.sql<{ outcome: string; count: number }[]>`
        select outcome, count(*) as count from records
        where request_id = ${requestId} and ended_at is not null group by outcome`;
      return Object.fromEntries(rows.map((row) => [row.outcome, row.count]));
    },
    now: clock,
    temporal,
    histories: async (requestId) => {
      const texts: string[] = [];
      const query = `WorkflowId = "${requestWorkflowId(requestId)}" or WorkflowId starts_with "${requestWorkflowId(requestId)}/"`;
      for await (const workflow of temporal.client.workflow.list({ query })) {
        const { workflowId, runId } = workflow;
        const history = await temporal.client.workflow.getHandle(workflowId, runId).fetchHistory();
        texts.push(
          JSON.stringify(history, (_key, value) => (value instanceof Uint8Array ? decode(value) : value)),
        );
      }
      return texts;
    },
    advance: async (ms, ...requestIds) => {
      clockAheadMs += ms;
      for (const requestId of requestIds) {
        await tell(database, accountId, requestId);
        await notify(requestId);
      }
    },
    whileAway: async (work) => {
      await stop();
      await work();
      now = await start();
    },
  };
}

async function tell(database: Database, accountId: number, requestId: number): Promise<void> {
  await database.sql`
    insert into outbox (account_id, request_id, kind) values (${accountId}, ${requestId}, 'changed')`;
}

/** The bytes of a payload as text. */
const decode = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
