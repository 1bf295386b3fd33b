/**
 * A pass over a page whose records fall due all the time, as those of a request that is spread over hours do. An
 * ordinary pass takes what is due when it begins and ends with its last call; whoever fell due meanwhile would wait for
 * that, and be called in a burst with all the others. This one looks again while calls are in progress, for first
 * attempts and for retries. With no call in progress it ends: nobody waits for hours in here either.
 */
import { condition, log, workflowInfo } from '@temporalio/workflow';
import type { PageInput, PageResult } from './contract.ts';
import { createSteps } from './steps.ts';

/** Between two looks: at least this, so that a history stays short, and no longer, so that a retry need not wait. */
const LOOK_LEAST_MS = 5_000;
const LOOK_MOST_MS = 15_000;

/** Looks of one pass. Then it lets its calls end, and the next pass begins with a short history. */
const MOST_LOOKS = 300;

/** A record that is due, and the number its next attempt has. */
export interface DueAttempt {
  row: number;
  attemptNo: number;
}

/** @param attempt makes one; `stop`: the request takes no more */
export async function rollingPass(
  input: PageInput,
  attempt: (next: DueAttempt) => Promise<{ attempted: boolean; stop: boolean }>,
): Promise<PageResult> {
  const { bookkeeping } = createSteps(workflowInfo().taskQueue);
  const inHand = new Set<number>();
  const waiting: DueAttempt[] = [];
  let [attempted, failed, active] = [0, 0, 0];
  let stopped = false;

  const one = async (next: DueAttempt): Promise<void> => {
    try {
      const answer = await attempt(next);
      if (answer.attempted) attempted += 1;
      if (answer.stop) stopped = true;
    } catch (error) {
      // Its record is still there: the next pass takes it up again, after a pause.
      log.error('an attempt failed', { page: input.page, pass: input.pass, error: String(error) });
      failed += 1;
    }
    inHand.delete(next.row);
  };
  const lane = async (): Promise<void> => {
    active += 1;
    for (let next = waiting.shift(); next && !stopped; next = waiting.shift()) await one(next);
    active -= 1;
  };

  for (let looks = 1; looks <= MOST_LOOKS && !stopped && failed === 0; looks += 1) {
    const found = await bookkeeping.findDue(input);
    for (const next of found.due.filter(({ row }) => !inHand.has(row))) {
      inHand.add(next.row);
      waiting.push(next);
    }
    while (active < input.lanes && waiting.length > 0) void lane();
    if (active === 0) break;
    const untilDueMs = (found.nextDueAt ?? Number.POSITIVE_INFINITY) - found.now;
    const pauseMs = Math.min(LOOK_MOST_MS, Math.max(LOOK_LEAST_MS, untilDueMs));
    await condition(() => active === 0 || stopped || failed > 0, pauseMs);
  }
  await condition(() => active === 0);

  const left = await bookkeeping.findDue(input);
  const dueAt = left.due.length > 0 ? left.now : left.nextDueAt;
  return { attempted, failed, stopped, ...(dueAt !== undefined && { dueAt }) };
}
