/** The activities as workflows call them: which queue, how long, how often again. */
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.ts';
import { type QUEUES, siblingQueue } from './contract.ts';

/** A worker that is killed is noticed after this long: activities beat every few seconds (`activities/beating.ts`). */
const HEARTBEAT_TIMEOUT = '15s';

export type Steps = ReturnType<typeof createSteps>;

/** @param ownQueue the workflow's own task queue: its activities are on the queues beside it */
export function createSteps(ownQueue: string) {
  const queue = (name: keyof typeof QUEUES): string => siblingQueue(ownQueue, name);
  return {
    /** Short reads and writes of the database. Tried again for ever: the database comes back. */
    bookkeeping: proxyActivities<Activities>({
      taskQueue: queue('requests'),
      startToCloseTimeout: '2 minutes',
      heartbeatTimeout: HEARTBEAT_TIMEOUT,
      retry: { initialInterval: '500ms', maximumInterval: '10s' },
    }),

    /** Counting and closing a large request reads all its records once. */
    winding: proxyActivities<Activities>({
      taskQueue: queue('requests'),
      startToCloseTimeout: '30 minutes',
      heartbeatTimeout: HEARTBEAT_TIMEOUT,
      retry: { initialInterval: '1s', maximumInterval: '1 minute' },
    }),

    /** Reading a list. A worker that dies is noticed by its silence, and the list is read again from the start. */
    reading: proxyActivities<Activities>({
      taskQueue: queue('ingest'),
      startToCloseTimeout: '1 hour',
      heartbeatTimeout: '20s',
      retry: { initialInterval: '1s', maximumInterval: '30s' },
    }),

    /**
     * One call attempt. It may wait its turn, ring, and talk for as long as a flow allows (4 hours at most), so
     * only silence of its worker ends it early; the retry then finds the attempt in the ledger and reconciles.
     */
    calling: proxyActivities<Activities>({
      taskQueue: queue('voice'),
      startToCloseTimeout: '6 hours',
      heartbeatTimeout: HEARTBEAT_TIMEOUT,
      retry: { initialInterval: '500ms', backoffCoefficient: 1.5, maximumInterval: '10s' },
    }),

    /** Mail about a request: given up after a day, since the request itself has ended well. */
    mailing: proxyActivities<Activities>({
      taskQueue: queue('email'),
      startToCloseTimeout: '10 minutes',
      scheduleToCloseTimeout: '1 day',
      heartbeatTimeout: '1 minute',
      retry: { initialInterval: '2s', maximumInterval: '10 minutes' },
    }),
  };
}
