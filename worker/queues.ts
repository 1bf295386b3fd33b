/** The workers of one process: one for each queue it takes, with slots for that kind of work. */
import { fileURLToPath } from 'node:url';
import { type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker';
import { HEARTBEAT_MS } from '../activities/beating.ts';
import type { Activities } from '../activities/index.ts';
import { QUEUES } from '../workflows/contract.ts';

export type QueueName = keyof typeof QUEUES;

/** Calls in progress when a worker is told to stop have this long; `FAREWELL_MS` of carry-call fits into it. */
const GRACE_MS = 15_000;

/** Lists read at once: each is bound by the processor, and keeps to its share of memory. */
const INGEST_SLOTS = 1;

/** Mails about requests in the sending at once. */
const EMAIL_SLOTS = 10;

export interface QueueOptions {
  connection: NativeConnection;
  namespace: string;
  activities: Activities;
  voiceSlots: number;
  /** Names the queues; for tests, which keep to queues of their own. */
  queueName?: (name: QueueName) => string;
}

/** @returns workers, not yet running. Each queue is given only the activities that belong on it. */
export async function createWorkers(queues: QueueName[], options: QueueOptions): Promise<Worker[]> {
  const { connection, namespace, activities } = options;
  const shared = {
    connection,
    namespace,
    shutdownGraceTime: 0,
    shutdownForceTime: GRACE_MS,
    // Beats go out as they come: held back, as the SDK does by itself, they would leave a reservation less time
    // than `STALE_RESERVATION_MS` counts on.
    maxHeartbeatThrottleInterval: HEARTBEAT_MS,
  };
  const { ingestList, placeCall, answerCall, mailStatus, ...bookkeeping } = activities;
  const kinds: Record<QueueName, Omit<WorkerOptions, 'taskQueue'> | undefined> = {
    requests: {
      ...shared,
      workflowsPath: fileURLToPath(new URL('../workflows/index.ts', import.meta.url)),
      activities: bookkeeping,
      maxConcurrentActivityTaskExecutions: 50,
    },
    ingest: { ...shared, activities: { ingestList }, maxConcurrentActivityTaskExecutions: INGEST_SLOTS },
    voice: {
      ...shared,
      activities: { placeCall, answerCall },
      maxConcurrentActivityTaskExecutions: options.voiceSlots,
    },
    email: { ...shared, activities: { mailStatus }, maxConcurrentActivityTaskExecutions: EMAIL_SLOTS },
    // Text messages are sent from inside calls so far: nothing waits on this queue.
    sms: undefined,
  };
  const workers: Worker[] = [];
  for (const name of queues) {
    const kind = kinds[name];
    const taskQueue = options.queueName?.(name) ?? QUEUES[name];
    if (kind) workers.push(await Worker.create({ ...kind, taskQueue }));
  }
  return workers;
}
