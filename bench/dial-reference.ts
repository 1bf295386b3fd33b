/**
 * The reference of `bench/dial`: as many activities as there are calls, in pages and lanes of the same size,
 * that do nothing at all. What remains between the two is what Clarion does for a call.
 */
import { executeChild, proxyActivities } from '@temporalio/workflow';

interface NoOp {
  nothing(input: { requestId: number; row: number }): Promise<{ attempted: boolean; stop: boolean }>;
}

export interface ReferenceInput {
  rows: number;
  pageRows: number;
  pages: number;
  lanes: number;
  activityQueue: string;
}

export async function referencePage(input: ReferenceInput & { page: number }): Promise<number> {
  const { nothing } = proxyActivities<NoOp>({
    taskQueue: input.activityQueue,
    startToCloseTimeout: '1 minute',
  });
  const waiting = Array.from({ length: input.pageRows }, (_, index) => index + 1);
  const lane = async (): Promise<void> => {
    for (let row = waiting.shift(); row !== undefined; row = waiting.shift()) {
      await nothing({ requestId: input.page, row });
    }
  };
  await Promise.all(Array.from({ length: input.lanes }, lane));
  return input.pageRows;
}

export async function referenceRun(input: ReferenceInput): Promise<void> {
  const waiting = Array.from({ length: Math.ceil(input.rows / input.pageRows) }, (_, index) => index + 1);
  const runner = async (): Promise<void> => {
    for (let page = waiting.shift(); page !== undefined; page = waiting.shift()) {
      await executeChild(referencePage, { args: [{ ...input, page }] });
    }
  };
  await Promise.all(Array.from({ length: input.pages }, runner));
}
