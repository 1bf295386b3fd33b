/**
 * One call to us, from the moment it was offered. All there is to wait for is the call itself; what happens
 * in it is the activity's, and the ledger's.
 */
import { ActivityCancellationType, workflowInfo } from '@temporalio/workflow';
import type { InboundInput } from './contract.ts';
import { createSteps } from './steps.ts';

/** Before campaign calls, which nobody is waiting for; after emergencies. */
const INBOUND_PRIORITY = 2;

export async function inboundWorkflow(input: InboundInput): Promise<void> {
  const { calling } = createSteps(workflowInfo().taskQueue);
  const { accountId, attemptId } = input;
  await calling.answerCall.executeWithOptions(
    {
      summary: 'answer, run the flow, settle',
      priority: { priorityKey: INBOUND_PRIORITY, fairnessKey: `account-${accountId}` },
      // A call that has begun is allowed to end.
      cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    },
    [{ accountId, attemptId }],
  );
}
