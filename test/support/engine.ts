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
import type { Database } from '../../db/client.ts';
import type { RequestStatus } from '../../domain/outcome.ts';
import { contactPolicy, type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import { createLogger } from '../../log.ts';
import { createProviders, type Providers } from '../../providers/index.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { composeActivities } from '../../worker/compose.ts';
import { createWorkers } from '../../worker/queues.ts';
import { createNotifier } from '../../worker/telling.ts';
import { QUEUES, requestWorkflowId } from '../../workflows/contract.ts';
import './runtime.ts';
import { testAccount, testDatabase } from './database.ts';
import { type TestTemporal, testTemporal } from './temporal.ts';

/** A flow that greets, asks for a key and thanks. */
export const SURVEY = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'ask' },
    ask: {
      type: 'gather',
      speech: [{ text: 'Hello $flow.key.name. Press a key.' }],
      variable: 'answer',
      maxDigits: 1,
      next: 'thanks',
      noInput: 'thanks',
      invalid: 'thanks',
    },
    thanks: { type: 'text-to-speech', text: 'Thank you.', next: 'bye' },
    bye: { type: 'hang-up' },
  },
  variables: [{ name: 'name' }],
};

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
  /** Does what the API does: changes the row, then nudges. */
  change(requestId: number, set: Record<string, unknown>): Promise<void>;
  status(requestId: number): Promise<RequestStatus>;
  /** Waits for the workflow's end. */
  finished(requestId: number): Promise<{ status: RequestStatus; loaded: number; added: number }>;
  /** Waits until `look` gives something other than undefined or false. */
  until<T>(look: () => Promise<T | undefined | false>): Promise<T>;
  outcomes(requestId: number): Promise<Record<string, number>>;
  restartWorkers(): Promise<void>;
  /** Moves the workers' clock, and has the requests look at it. */
  advance(ms: number, ...requestIds: number[]): Promise<void>;
  /** The workers' clock. */
  now(): Date;
  temporal: TestTemporal;
  /** The histories of a request's workflow and of its pages, as JSON text with payloads decoded. */
  histories(requestId: number): Promise<string[]>;
}

export async function testEngine(options: { speed?: number; voiceSlots?: number } = {}): Promise<Engine> {
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
  const connection = await NativeConnection.connect({ address: temporal.address });
  const queueName = (name: keyof typeof QUEUES): string => temporal.unique(QUEUES[name]);
  const requestsQueue = queueName('requests');
  const notify = createNotifier({ db: database, client: temporal.client, log, taskQueue: requestsQueue });

  let clockAheadMs = 0;
  const clock = (): Date => new Date(Date.now() + clockAheadMs);
  const start = async (): Promise<{ workers: Worker[]; running: Promise<unknown> }> => {
    const activities = composeActivities({
      db: database,
      providers,
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
      activities,
      voiceSlots: options.voiceSlots ?? 500,
      queueName,
    });
    return { workers, running: Promise.all(workers.map((worker) => worker.run())) };
  };
  let now = await start();
  const stop = async (): Promise<void> => {
    for (const worker of now.workers) worker.shutdown();
    await now.running;
  };
  afterAll(async () => {
    await stop();
    await connection.close();
    await providers.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const launch: Engine['launch'] = async (people, { startAt, endAt, open, ...over } = {}) => {
    const policy = requestPolicy.parse({
      ...contactPolicy.parse({}),
      timeZone: 'Asia/Kolkata',
      homeRegion: 'IN',
      promotional: false,
      ...over,
    });
    const [made] = await database.sql<{ id: number }[]>`
      insert into requests (account_id, flow_id, flow_version, flow_type, source, start_at, end_at, open, ingested_at, created_by)
      values (${accountId}, ${flowId}, 1, 'outbound', 'records', ${startAt ?? null}, ${endAt ?? null}, ${open ?? false}, now(), 'test')
      returning id`;
    if (!made) throw new Error('no request');
    await database.sql`
      insert into request_policies (request_id, version, account_id, policy, created_by)
      values (${made.id}, 1, ${accountId}, ${database.sql.json(policy as never)}, 'test')`;
    await insertPeople(database, accountId, made.id, people);
    await database.sql`
      insert into outbox (account_id, request_id, kind) values (${accountId}, ${made.id}, 'start')`;
    await notify(made.id);
    return made.id;
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
    restartWorkers: async () => {
      await stop();
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

/** A published flow of the account. Returns its id. */
export async function testFlow(
  database: Database,
  accountId: number,
  definition: object = SURVEY,
  name = 'survey',
): Promise<number> {
  const [flow] = await database.sql<{ id: number }[]>`
    insert into flows (account_id, name, type, draft, published_version, transactional, approved_version)
    values (${accountId}, ${name}, 'outbound', ${database.sql.json(definition as never)}, 1, true, 1) returning id`;
  if (!flow) throw new Error('no flow');
  await database.sql`
    insert into flow_versions (flow_id, version, account_id, definition, published_by)
    values (${flow.id}, 1, ${accountId}, ${database.sql.json(definition as never)}, 'test')`;
  return flow.id;
}

async function insertPeople(
  database: Database,
  accountId: number,
  requestId: number,
  people: string[],
): Promise<void> {
  await database.sql.begin(async (sql) => {
    const [request] = await sql<{ loaded: number }[]>`
      update requests set loaded = loaded + ${people.length}, added = added + ${people.length}
      where id = ${requestId} returning loaded`;
    const first = (request?.loaded ?? 0) - people.length;
    await sql`
      insert into records (request_id, row, account_id, result, given, number, region)
      select ${requestId}, ${first} + w.place, ${accountId}, 'ACCEPTED', w.number, w.number, 'IN'
      from unnest(${people}::text[]) with ordinality as w (number, place)`;
    await sql`
      insert into request_tallies (request_id, kind, value, shard, account_id, count)
      values (${requestId}, 'result', 'ACCEPTED', 0, ${accountId}, ${people.length})
      on conflict (request_id, kind, value, shard) do update set count = request_tallies.count + excluded.count`;
  });
}

/** `count` different Indian mobile numbers whose last digit, and so whose person, is `digit`. */
export function people(digit: number, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `+9198${String(from + index).padStart(7, '0')}${digit}`);
}
