/**
 * One pass over one page of records: attempts each that is due, once, a bounded number at a time, and says
 * when the page is next due. Nobody waits for hours in here; the request's workflow keeps the calendar.
 */
import { ActivityCancellationType, log, workflowInfo } from '@temporalio/workflow';
import type { PageInput, PageResult } from './contract.ts';
import { type DueAttempt, rollingPass } from './rolling.ts';
import { createSteps } from './steps.ts';

/** Priority of campaign calls: 1 is kept for emergencies, 5 is the least urgent. */
const CAMPAIGN_PRIORITY = 3;

export async function pageWorkflow(input: PageInput): Promise<PageResult> {
  const { bookkeeping, calling } = createSteps(workflowInfo().taskQueue);
  const attempt = (next: DueAttempt) =>
    calling.placeCall.executeWithOptions(
      {
        summary: `row ${next.row}, attempt ${next.attemptNo}`,
        priority: { priorityKey: CAMPAIGN_PRIORITY, fairnessKey: `account-${input.accountId}` },
        // A call that has begun is allowed to end.
        cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
      },
      [{ accountId: input.accountId, requestId: input.requestId, flowId: input.flowId, ...next }],
    );
  if (input.rolling) return rollingPass(input, attempt);
  const { due, nextDueAt } = await bookkeeping.findDue(input);
  if (due.length === 0) {
    return { attempted: 0, failed: 0, stopped: false, ...(nextDueAt !== undefined && { dueAt: nextDueAt }) };
  }

  const waiting = [...due];
  let attempted = 0;
  let stopped = false;

  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !stopped; next = waiting.shift()) {
      const answer = await attempt(next);
      if (answer.attempted) attempted += 1;
      if (answer.stop) stopped = true;
    }
  };
  const lanes = await Promise.allSettled(Array.from({ length: Math.min(input.lanes, due.length) }, lane));
  const failed = lanes.filter((result) => result.status === 'rejected');
  if (failed.length > 0) {
    // Their records are still there: the next pass takes them up again.
    log.error('lanes of a page failed', { page: input.page, pass: input.pass, failed: failed.length });
  }

  const left = await bookkeeping.findDue(input);
  const dueAt = left.due.length > 0 ? left.now : left.nextDueAt;
  return { attempted, failed: failed.length, stopped, ...(dueAt !== undefined && { dueAt }) };
}
