/** Creating requests inside a change's transaction: from stored files, from records, and for one person. */
import type { Account } from '../db/queries/accounts.ts';
import { type Flow, getFlowVersion } from '../db/queries/flows.ts';
import { createRequest } from '../db/queries/requests.ts';
import type { FileRejection, Outcome, RequestSource } from '../domain/outcome.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import type { Change } from './commit.ts';
import { requireCalendars } from './policy-parts.ts';
import {
  freezePolicy,
  mayBeTried,
  type RequestOptions,
  readStatusEmails,
  readTimes,
  whyNotRunnable,
} from './request-options.ts';
import { readSpread } from './spread-option.ts';
import type { StoredFile } from './upload.ts';

/** What all requests of one call have in common. */
export interface RequestPlan {
  account: Account;
  actor: string;
  flow: Flow;
  policy: RequestPolicy;
  /** Why nothing can be called: the requests are made, and rejected whole. */
  notRunnable: string | undefined;
  startAt: Date | null;
  endAt: Date | null;
  statusEmails: string[];
  phoneColumn: string | null;
  open: boolean;
}

/** Checks the options. @throws ApiError INVALID_INPUT, NOT_WHITELISTED */
export async function planRequests(
  change: Pick<Change, 'db'>,
  input: { account: Account; actor: string; flow: Flow; options: RequestOptions },
): Promise<RequestPlan> {
  const { account, actor, flow, options } = input;
  const notRunnable = whyNotRunnable(flow, account);
  const trial = notRunnable !== undefined && (await mayBeTried(change.db, account, flow));
  const now = new Date();
  const times = readTimes(options, account.timeZone, now);
  const frozen = await freezePolicy(change.db, account, flow, trial);
  await requireCalendars(change.db, account.id, frozen.holidayCalendars);
  const about = { ...times, now, zone: account.timeZone, open: options.open ?? false };
  return {
    account,
    actor,
    flow,
    policy: {
      ...frozen,
      ...(options.spreadOver && { spreadOver: readSpread(options.spreadOver, about) }),
    },
    notRunnable: trial ? undefined : notRunnable,
    ...times,
    statusEmails: await readStatusEmails(change.db, account, options.statusEmails),
    phoneColumn: options.phoneColumn ?? null,
    open: options.open ?? false,
  };
}

interface Rejection {
  code: FileRejection;
  detail: string;
}

/** Stores one request of the plan. @returns its id */
export async function makeRequest(
  change: Change,
  plan: RequestPlan,
  input: {
    source: RequestSource;
    file?: StoredFile;
    rejection?: Rejection | undefined;
    /** The request whose rows these are, and which of them where not all. */
    from?: { requestId: number; outcomes: Outcome[] | null };
    /** The split it is an arm of. */
    split?: { id: number; arm: number };
    /** Another version of the flow than the published one: a draft as it is tried. */
    flowVersion?: number;
  },
): Promise<number> {
  const { account, flow, file = undefined } = { ...plan, ...input };
  const rejection: Rejection | undefined =
    plan.notRunnable === undefined
      ? input.rejection
      : { code: 'FLOW_NOT_RUNNABLE', detail: plan.notRunnable };
  const requestId = await createRequest(change.db, {
    accountId: account.id,
    flowId: flow.id,
    flowVersion: input.flowVersion ?? flow.publishedVersion ?? 0,
    flowType: flow.type,
    source: input.source,
    fromRequestId: input.from?.requestId ?? null,
    fromOutcomes: input.from?.outcomes ?? null,
    splitId: input.split?.id ?? null,
    splitArm: input.split?.arm ?? null,
    fileName: file?.fileName ?? null,
    // A rejected file is never read, so nothing is to be kept of it.
    uploadKey: rejection ? null : (file?.key ?? null),
    uploadFormat: file?.format ?? null,
    phoneColumn: plan.phoneColumn,
    startAt: plan.startAt,
    endAt: plan.endAt,
    open: plan.open && !rejection,
    statusEmails: plan.statusEmails,
    createdBy: plan.actor,
    policy: plan.policy,
    // Records sent as JSON are decided in this very transaction: there is nothing to ingest.
    ...(!file && { ingestedAt: new Date() }),
    ...(rejection && {
      status: 'REJECTED' as const,
      rejection: rejection.code,
      rejectionDetail: rejection.detail,
      endedAt: new Date(),
    }),
  });
  await change.audit('request.create', `request/${requestId}`, { source: input.source, flowId: flow.id });
  change.notify(requestId);
  return requestId;
}

/** Why a stored file is turned away before it is read. */
export function fileRejection(file: StoredFile): Rejection | undefined {
  if (file.key !== undefined) return undefined;
  return file.format === 'zip'
    ? { code: 'ZIP_TOO_LARGE', detail: 'The zip archive is larger than 25 MB.' }
    : { code: 'FILE_TOO_LARGE', detail: 'The file is larger than 10 MB.' };
}

/** The definition a request runs: that of the flow's published version. */
export async function runningDefinition(change: Pick<Change, 'db'>, flow: Flow): Promise<unknown> {
  const version = flow.publishedVersion;
  if (version === null) return undefined;
  const found = await getFlowVersion(change.db, { accountId: flow.accountId, flowId: flow.id, version });
  return found?.definition;
}
