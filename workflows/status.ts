/** Keeps the workflow's RequestStatus search attribute in step with the request, so operators find it by status. */
import { defineSearchAttributeKey } from '@temporalio/common';
import { upsertSearchAttributes } from '@temporalio/workflow';
import type { RequestStatus } from '../domain/outcome.ts';

const REQUEST_STATUS = defineSearchAttributeKey('RequestStatus', 'KEYWORD');

/** A function that tells Temporal a status when it differs from the last one told. */
export function createStatusTeller(told?: RequestStatus): (status: RequestStatus) => void {
  let last = told;
  return (status) => {
    if (status === last) return;
    last = status;
    upsertSearchAttributes([{ key: REQUEST_STATUS, value: status }]);
  };
}
