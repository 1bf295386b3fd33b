/**
 * Tells Temporal what Postgres has decided: that a request exists, or that something about it changed. The
 * outbox holds what is still to be told; telling twice does no harm, since a started workflow is only
 * nudged and the nudge means "look again".
 */
import { type Client, WorkflowIdConflictPolicy, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { Untold } from '../db/queries/outbox.ts';
import {
  CHANGED_SIGNAL,
  QUEUES,
  REQUEST_WORKFLOW,
  type RequestInput,
  requestWorkflowId,
} from '../workflows/contract.ts';

/** What a request's workflow is started with, and found by. */
export type RequestToTell = Omit<Untold, 'ids' | 'start' | 'ended'>;

const key = {
  requestId: defineSearchAttributeKey('RequestId', 'KEYWORD'),
  accountId: defineSearchAttributeKey('AccountId', 'KEYWORD'),
  flowId: defineSearchAttributeKey('FlowId', 'KEYWORD'),
  flowType: defineSearchAttributeKey('FlowType', 'KEYWORD'),
  status: defineSearchAttributeKey('RequestStatus', 'KEYWORD'),
};

/** Starts the request's workflow, or nudges the one that runs. @param taskQueue for tests; the product has one */
export async function startRequest(
  client: Client,
  request: RequestToTell,
  taskQueue: string = QUEUES.requests,
): Promise<void> {
  const { accountId, requestId, flowId, flowType } = request;
  const input: RequestInput = { accountId, requestId, flowId, flowType };
  await client.workflow.signalWithStart(REQUEST_WORKFLOW, {
    workflowId: requestWorkflowId(requestId),
    taskQueue,
    args: [input],
    signal: CHANGED_SIGNAL,
    signalArgs: [],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `Request ${requestId}: ${flowType} flow ${flowId}, ${request.flowName}`,
    typedSearchAttributes: [
      { key: key.requestId, value: String(requestId) },
      { key: key.accountId, value: String(accountId) },
      { key: key.flowId, value: String(flowId) },
      { key: key.flowType, value: flowType },
      { key: key.status, value: request.status },
    ],
  });
}

/** Nudges the request's workflow. @returns false when it does not run */
export async function nudgeRequest(client: Client, requestId: number): Promise<boolean> {
  try {
    await client.workflow.getHandle(requestWorkflowId(requestId)).signal(CHANGED_SIGNAL);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}

/** Whether the request's workflow is running. */
export async function isRunning(client: Client, requestId: number): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(requestWorkflowId(requestId)).describe();
    return status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
