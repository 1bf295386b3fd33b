/**
 * Workers as the product runs them, processes of their own that can be killed, on a database and a Temporal
 * namespace that nobody else uses: the mains take their queues' names as they are.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client, type Connection } from '@temporalio/client';
import { afterAll } from 'vitest';
import { polledQueues, registerSearchAttributes } from '../../local/temporal.ts';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import type { TelephonyKit } from '../../telephony/kit.ts';
import { requestWorkflowId } from '../../workflows/contract.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { testTemporal } from '../support/temporal.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface LogLine {
  msg: string;
  attemptId?: string;
}

export interface WorkerProcess {
  /** What it has logged so far. */
  log: LogLine[];
  /** `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>;
}

export interface Platform {
  database: Awaited<ReturnType<typeof testDatabase>>;
  accountId: number;
  client: Client;
  /** Starts a worker of all queues. @returns when it takes work */
  startWorker(): Promise<WorkerProcess>;
  /** Kills those that are left. */
  killWorkers(): Promise<void>;
  /** Waits for the end of a request's workflow. */
  finished(requestId: number): Promise<{ status: string }>;
  /** How often Temporal has begun each activity that a request's pages wait for. */
  activityTries(requestId: number): Promise<number[]>;
  /** Waits until `look` gives something other than undefined or false. */
  until<T>(look: () => T | undefined | false | Promise<T | undefined | false>): Promise<T>;
}

/** Call at the top of a test file. Workers that are left end with it. */
export async function testPlatform(kit: TelephonyKit, servers: RunningAsterisk[]): Promise<Platform> {
  const database = await testDatabase();
  const accountId = await testAccount(database);
  const temporal = await testTemporal();
  const namespace = await ownNamespace(temporal.address, temporal.client.connection as Connection);
  const client = new Client({ connection: temporal.client.connection, namespace });
  const env = {
    DATABASE_URL: database.url,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_NAMESPACE: namespace,
    CLARION_DATA_DIR: scratchDir(),
    CLARION_VOICE: 'asterisk',
    CLARION_ASTERISK_URLS: servers.map(({ url }) => url).join(','),
    CLARION_ASTERISK_PASSWORD: servers[0]?.password ?? '',
    CLARION_ASTERISK_CALL_RECORDS: servers.map(({ callRecords }) => callRecords).join(','),
    CLARION_ASTERISK_SOUNDS: servers[0]?.soundsDir ?? '',
    CLARION_ESPEAK: kit.espeak,
    CLARION_LOG_LEVEL: 'info',
  };
  const children = new Set<ChildProcess>();
  const killWorkers = async (): Promise<void> => {
    await Promise.all([...children].map(killed));
  };
  afterAll(killWorkers);

  const startWorker: Platform['startWorker'] = async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    const log = linesOf(child);
    while (!log.some(({ msg }) => msg === 'worker running')) {
      if (child.exitCode !== null) throw new Error('the worker did not start');
      await sleep(25);
    }
    while ((await polledQueues(temporal.address, namespace, ['requests', 'voice'])).length < 2)
      await sleep(50);
    return { log, kill: () => killed(child) };
  };

  const until: Platform['until'] = async (look) => {
    for (;;) {
      const found = await look();
      if (found !== undefined && found !== false) return found;
      await sleep(50);
    }
  };

  return {
    ...{ database, accountId, client, startWorker, killWorkers },
    finished: async (requestId) => {
      // Before the sweeper has told Temporal there is no workflow to wait for.
      await until(async () => {
        const [request] = await database.sql`select ended_at from requests where id = ${requestId}`;
        return request?.ended_at !== null;
      });
      return client.workflow.getHandle(requestWorkflowId(requestId)).result();
    },
    activityTries: async (requestId) => {
      const request = await client.workflow.getHandle(requestWorkflowId(requestId)).describe();
      const pages = (request.raw.pendingChildren ?? []).map(({ workflowId }) => workflowId ?? '');
      const described = await Promise.all(pages.map((id) => client.workflow.getHandle(id).describe()));
      return described.flatMap(({ raw }) => (raw.pendingActivities ?? []).map(({ attempt }) => attempt ?? 0));
    },
    until,
  };
}

async function ownNamespace(address: string, connection: Connection): Promise<string> {
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: { seconds: 86_400 as never },
  });
  // The server's parts learn of a new namespace one after the other.
  for (;;) {
    try {
      await registerSearchAttributes(address, namespace);
      return namespace;
    } catch {
      await sleep(200);
    }
  }
}

/** Lines as they come; the last one may be half written. */
function linesOf(child: ChildProcess): LogLine[] {
  const lines: LogLine[] = [];
  let rest = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const whole = (rest + text).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) if (line.startsWith('{')) lines.push(JSON.parse(line));
    if (process.env.CLARION_TEST_LOG) process.stdout.write(text);
  });
  return lines;
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await gone;
}
