/** How a request, its record for a number and its policy stood at a moment: from their rows, events and versions. */
import type { RequestStatus } from '../../domain/outcome.ts';
import { type RequestPolicy, requestPolicy } from '../../domain/policy.ts';
import type { Person } from '../../domain/window.ts';
import type { Database } from '../client.ts';
import { personColumns } from './places.ts';

export interface RequestAt {
  flowId: number;
  flowVersion: number;
  /** As it is now. */
  status: RequestStatus;
  policyVersion: number;
  policy: RequestPolicy;
  /** Why it took no new attempts at the moment; null when it took them. */
  stopped: 'NOT_CREATED' | 'PAUSED' | 'CANCELLED' | 'ENDED' | 'NOT_STARTED' | 'PAST_END' | null;
  startAt: Date | null;
  endAt: Date | null;
}

interface FoundRequest {
  flowId: number;
  flowVersion: number;
  status: RequestStatus;
  policyVersion: number;
  policy: unknown;
  created: boolean;
  paused: boolean;
  cancelled: boolean;
  ended: boolean;
  startAt: Date | null;
  endAt: Date | null;
  late: boolean;
}

/** @returns undefined when the account has no such request */
export async function requestAt(
  db: Database,
  input: { accountId: number; requestId: number; at: Date },
): Promise<RequestAt | undefined> {
  const { accountId, requestId, at } = input;
  const [found] = await db.sql<FoundRequest[]>`
    select q.flow_id as "flowId", q.flow_version as "flowVersion", q.status, p.version as "policyVersion", p.policy,
           q.created_at <= ${at} as created,
           coalesce((select e.type = 'PAUSED' from request_events e
                     where e.request_id = q.id and e.type in ('PAUSED', 'RESUMED') and e.at <= ${at}
                     order by e.id desc limit 1), q.paused_at <= ${at}, false) as paused,
           coalesce(q.cancelled_at <= ${at}, false) as cancelled,
           coalesce(q.ended_at <= ${at}, false) as ended,
           q.start_at as "startAt", q.end_at as "endAt", coalesce(q.late_at <= ${at}, false) as late
    from requests q
    join lateral (
      select version, policy from request_policies p
      where p.account_id = q.account_id and p.request_id = q.id
      order by p.created_at <= ${at} desc, case when p.created_at <= ${at} then -p.version else p.version end limit 1
    ) p on true
    where q.account_id = ${accountId} and q.id = ${requestId}`;
  if (!found) return undefined;
  const { flowId, flowVersion, status, policyVersion, startAt, endAt } = found;
  const policy = requestPolicy.parse(found.policy);
  return {
    flowId,
    flowVersion,
    status,
    policyVersion,
    policy,
    startAt,
    endAt,
    stopped: whyStopped(found, at),
  };
}

function whyStopped(found: FoundRequest, at: Date): RequestAt['stopped'] {
  if (!found.created) return 'NOT_CREATED';
  if (found.ended) return 'ENDED';
  if (found.cancelled) return 'CANCELLED';
  if (found.paused) return 'PAUSED';
  if (found.startAt && found.startAt > at) return 'NOT_STARTED';
  if (found.endAt && found.endAt <= at && !found.late) return 'PAST_END';
  return null;
}

export interface RecordAt extends Person {
  row: number;
  /** Why it is not called at all; `ACCEPTED` otherwise. */
  result: string;
  detail: string | null;
  /** Attempts begun by then. */
  attempts: number;
  inProgress: boolean;
  ended: boolean;
  outcome: string | null;
  /** When its next attempt is due, as it is noted now. */
  dueAt: Date | null;
}

/** The record of a number: of several the accepted one. @returns undefined when the request has none */
export async function recordAt(
  db: Database,
  input: { accountId: number; requestId: number; number: string; at: Date },
): Promise<RecordAt | undefined> {
  const { accountId, requestId, number, at } = input;
  const [found] = await db.sql<RecordAt[]>`
    select r.row, r.result, r.detail, r.outcome, r.due_at as "dueAt", coalesce(r.ended_at <= ${at}, false) as ended,
           ${personColumns(db.sql)}, coalesce(a.begun, 0)::int as attempts, coalesce(a.open, false) as "inProgress"
    from records r left join lateral (
      select count(*) as begun, bool_or(coalesce(a.settled_at > ${at}, true)) as open from attempts a
      where a.account_id = r.account_id and a.request_id = r.request_id and a.row = r.row and a.step = 0
        and a.address = r.number and a.reserved_at < ${at}
    ) a on true
    where r.account_id = ${accountId} and r.request_id = ${requestId} and r.number = ${number}
    order by r.result = 'ACCEPTED' desc, r.row limit 1`;
  return found;
}

/** The version of a flow that was published at a moment, or the next to be; null when the flow never was. */
export async function flowVersionAt(
  db: Database,
  input: { accountId: number; flowId: number; at: Date },
): Promise<number | null> {
  const { accountId, flowId, at } = input;
  const [found] = await db.sql<{ version: number }[]>`
    select version from flow_versions where account_id = ${accountId} and flow_id = ${flowId}
    order by published_at <= ${at} desc, abs(extract(epoch from published_at - ${at})), version desc limit 1`;
  return found?.version ?? null;
}
