/**
 * What outsiders and workflows agree on: task queues, workflow ids, signals, inputs and search attributes.
 * The API and the worker import this file; it imports nothing but types, so it is safe inside a workflow.
 * Everything here is identifiers and counts: never a number, an address or a name of a person.
 */
import type { FinalStatus, FlowType, RequestStatus } from '../domain/outcome.ts';

/** Task queues, one for each kind of work so that each has slots and a pace of its own. */
export const QUEUES = {
  /** Workflows, and the short activities that read and write the database for them. */
  requests: 'requests',
  /** Reading uploaded lists: heavy on the processor, so it lives in a process of its own. */
  ingest: 'ingest',
  voice: 'voice',
  sms: 'sms',
  email: 'email',
} as const;

/**
 * The queue for another kind of work beside one's own: `requests-x` and `voice` make `voice-x`. So several
 * Clarions, or tests, can share one Temporal namespace by giving their queues an ending.
 */
export function siblingQueue(requestsQueue: string, name: keyof typeof QUEUES): string {
  return QUEUES[name] + requestsQueue.slice(QUEUES.requests.length);
}

export interface RequestInput {
  accountId: number;
  requestId: number;
  flowId: number;
  flowType: FlowType;
  /** Set when the workflow continues as new: what it must not forget. */
  resumed?: RequestProgress;
}

/** A request workflow's memory between runs. Plain JSON. */
export interface RequestProgress {
  /** Next pass number and due time (Unix ms) of each page that still has records, by page number. */
  pages: { page: number; pass: number; dueAt: number }[];
  /** Rows that already belong to pages. */
  rows: number;
  /** The highest pass number used so far, over all pages. */
  highestPass: number;
  policyVersion: number;
  status: RequestStatus;
}

export interface RequestResult {
  status: FinalStatus;
  loaded: number;
  added: number;
}

/** One pass over one page: attempts every record of the row range that is due, once. */
export interface PageInput {
  accountId: number;
  requestId: number;
  flowId: number;
  page: number;
  pass: number;
  fromRow: number;
  toRow: number;
  /** Calls this page may have in progress at once. */
  lanes: number;
  /** Take up what falls due while calls of the pass are in progress, too: `rolling.ts`. */
  rolling?: boolean;
}

/** `dueAt`: when the page's next record is due, Unix ms by the workers' clock; absent when every record of the page has ended. */
export interface PageResult {
  attempted: number;
  /** Lanes that broke off with an error; their records are left for the next pass. */
  failed: number;
  dueAt?: number;
  /** The request was paused, cancelled or past its end time, so the pass ended early. */
  stopped: boolean;
}

/** One call to us. */
export interface InboundInput {
  accountId: number;
  /** The ledger's id of the call. */
  attemptId: string;
}

export const requestWorkflowId = (requestId: number): string => `request/${requestId}`;
export const pageWorkflowId = (input: Pick<PageInput, 'requestId' | 'page' | 'pass'>): string =>
  `request/${input.requestId}/page/${input.page}/pass/${input.pass}`;

export const inboundWorkflowId = (attemptId: string): string => `inbound/${attemptId}`;

/** Names of the workflow functions that outsiders start. */
export const REQUEST_WORKFLOW = 'requestWorkflow';
export const INBOUND_WORKFLOW = 'inboundWorkflow';

/**
 * The one signal of a request workflow: "what you read from the database may have changed". Pause, resume,
 * cancel, edits and new records are rows in Postgres; the signal only saves waiting. Sending it twice, or
 * late, is harmless.
 */
export const CHANGED_SIGNAL = 'changed';

/** Custom search attributes, all of type Keyword. Registered by the embedded stack and by `clarion doctor --fix`. */
export const SEARCH_ATTRIBUTES = ['RequestId', 'AccountId', 'FlowId', 'FlowType', 'RequestStatus'] as const;

export { PAGE_ROWS } from '../domain/paging.ts';
