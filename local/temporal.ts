/** The embedded Temporal server: the words to start it with, and how to tell that it is ready. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { QUEUES, SEARCH_ATTRIBUTES } from '../workflows/contract.ts';
import { Trouble } from './trouble.ts';

/** Numbers of Temporal's API: IndexedValueType and TaskQueueType. */
const KEYWORD = 2;
const WORKFLOW_TASKS = 1;
const ACTIVITY_TASKS = 2;

/**
 * Arguments of the `temporal` program.
 * @param dbFile where the server keeps its histories; absent: in memory, gone with the process
 * @param uiPort port of the web UI; absent: no UI
 */
export function temporalArguments(options: { port: number; uiPort?: number; dbFile?: string }): string[] {
  const settings = {
    // A host's defaults (1,200 tasks and 2,400 requests a second) are below what two cores can do.
    'matching.rps': 100_000,
    'frontend.rps': 100_000,
    'frontend.namespaceRPS': 100_000,
    'frontend.namespaceCount': 100_000,
    'history.rps': 100_000,
    // Priorities put emergencies first, fairness shares slots between accounts.
    'matching.useNewMatcher': true,
    'matching.enableFairness': true,
  };
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(options.port)],
    ...(options.uiPort ? ['--ui-port', String(options.uiPort)] : ['--headless']),
    ...['--log-level', 'error', '--log-format', 'json'],
    ...SEARCH_ATTRIBUTES.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
    ...Object.entries(settings).flatMap(([name, value]) => ['--dynamic-config-value', `${name}=${value}`]),
    ...(options.dbFile ? durableArguments(options.dbFile) : []),
  ];
}

/**
 * With a write-ahead log, `synchronous=normal` loses nothing when processes are killed: written pages are
 * with the operating system. Only a power cut can take the last moments.
 */
function durableArguments(dbFile: string): string[] {
  const pragmas = ['journal_mode=wal', 'synchronous=normal'];
  return ['--db-filename', dbFile, ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma])];
}

/**
 * Waits until the server answers and knows our search attributes.
 * @param stillWanted asked between tries; false (the process has ended) gives up at once
 * @throws Trouble after `timeoutMs`
 */
export async function temporalReady(
  address: string,
  options: { namespace?: string; timeoutMs?: number; stillWanted?: () => boolean } = {},
): Promise<void> {
  const deadline = Date.now() + (options.timeoutMs ?? 60_000);
  let last = 'no answer';
  while (Date.now() < deadline && (options.stillWanted?.() ?? true)) {
    try {
      const missing = await missingSearchAttributes(address, options.namespace ?? 'default');
      if (missing.length === 0) return;
      last = `search attributes not registered: ${missing.join(', ')}`;
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await sleep(100);
  }
  throw new Trouble(`Temporal at ${address} is not ready: ${last}`);
}

/** @throws when the server cannot be reached or the namespace does not exist */
export async function missingSearchAttributes(address: string, namespace: string): Promise<string[]> {
  const known = await withConnection(address, (connection) =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  return SEARCH_ATTRIBUTES.filter((name) => known.customAttributes?.[name] === undefined);
}

/** Registers what is missing, each as a Keyword. Harmless when nothing is. */
export async function registerSearchAttributes(address: string, namespace: string): Promise<string[]> {
  const missing = await missingSearchAttributes(address, namespace);
  if (missing.length === 0) return [];
  await withConnection(address, (connection) =>
    connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(missing.map((name) => [name, KEYWORD])),
    }),
  );
  return missing;
}

/** Which of these task queues a worker asks for work at this moment. `requests` carries workflows, too. */
export async function polledQueues(address: string, namespace: string, queues: string[]): Promise<string[]> {
  return withConnection(address, async (connection) => {
    const polled: string[] = [];
    for (const name of queues) {
      const described = await connection.workflowService.describeTaskQueue({
        namespace,
        taskQueue: { name },
        taskQueueType: name === QUEUES.requests ? WORKFLOW_TASKS : ACTIVITY_TASKS,
      });
      if ((described.pollers ?? []).length > 0) polled.push(name);
    }
    return polled;
  });
}

async function withConnection<T>(address: string, act: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '5s' });
  try {
    return await connection.withDeadline(Date.now() + 5000, () => act(connection));
  } finally {
    await connection.close();
  }
}
