/** Starts the workflow of a call to us. Starting it twice does no harm: the one that runs goes on. */
import { type Client, WorkflowIdConflictPolicy } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { InboundCall } from '../db/queries/inbound.ts';
import { INBOUND_WORKFLOW, type InboundInput, inboundWorkflowId, QUEUES } from '../workflows/contract.ts';

const key = {
  accountId: defineSearchAttributeKey('AccountId', 'KEYWORD'),
  flowId: defineSearchAttributeKey('FlowId', 'KEYWORD'),
  flowType: defineSearchAttributeKey('FlowType', 'KEYWORD'),
};

/** @param taskQueue for tests; the product has one */
export async function startInboundWorkflow(
  client: Client,
  call: InboundCall,
  taskQueue: string = QUEUES.requests,
): Promise<void> {
  const { accountId, attemptId, flowId } = call;
  const input: InboundInput = { accountId, attemptId };
  await client.workflow.start(INBOUND_WORKFLOW, {
    workflowId: inboundWorkflowId(attemptId),
    taskQueue,
    args: [input],
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    staticSummary: `Call to flow ${flowId}, ${call.flowName}`,
    typedSearchAttributes: [
      { key: key.accountId, value: String(accountId) },
      { key: key.flowId, value: String(flowId) },
      { key: key.flowType, value: 'inbound' },
    ],
  });
}
