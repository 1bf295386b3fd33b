/** What reading a list needs to know, and the one transaction that keeps what was read. */
import type { FileRejection, RowResult } from '../../domain/outcome.ts';
import { requestPolicy } from '../../domain/policy.ts';
import type { RowRules } from '../../domain/row.ts';
import type { SplitRule } from '../../domain/split.ts';
import { nextOpening, type Person, placeKey, zonesOf } from '../../domain/window.ts';
import type { Area } from '../area-zones.ts';
import type { Database } from '../client.ts';
import { CopyInto, copyText } from '../copy.ts';
import { withLiveHours } from './live-hours.ts';
import { addTallies } from './tallies.ts';

export interface IngestKey {
  accountId: number;
  requestId: number;
}

export interface IngestRequest {
  upload: { key: string; format: 'csv' | 'zip' } | null;
  phoneColumn: string | null;
  loaded: number;
  added: number;
  /** Set once the list has been read, or turned away. */
  ingested: boolean;
  rejection: FileRejection | null;
  rejectionDetail: string | null;
  rules: RowRules;
  /** The flow's variables in its own spelling. */
  declared: string[];
  lateOf: LateOf;
  /** Of an arm of a split: whose people of the list are its own. */
  split: (SplitRule & { arm: number }) | null;
}

/** Absent unless the request is an arm. */
function splitOf({ splitArm, splitSalt, splitArms }: Found): IngestRequest['split'] {
  if (splitArm === null || splitSalt === null || splitArms === null) return null;
  return { arm: splitArm, salt: splitSalt, weights: splitArms.map(({ weight }) => weight) };
}

/** Why a person can not be contacted before the request ends, for the row's detail; null when they can. */
export type LateOf = (person: Person) => string | null;

interface Found {
  uploadKey: string | null;
  uploadFormat: 'csv' | 'zip' | 'ndjson' | null;
  phoneColumn: string | null;
  loaded: number;
  added: number;
  ingestedAt: Date | null;
  rejection: FileRejection | null;
  rejectionDetail: string | null;
  startAt: Date | null;
  endAt: Date | null;
  country: string;
  transactional: boolean;
  policy: { promotional?: boolean; category?: RowRules['category']; whitelistedOnly?: boolean } | null;
  definition: { variables?: { name: string; required?: boolean }[] } | null;
  splitArm: number | null;
  splitSalt: string | null;
  splitArms: { weight: number }[] | null;
}

/**
 * @param now decides whether the request's end time has passed
 * @throws Error when the account has no such request, or its flow version is gone
 */
export async function readIngestRequest(db: Database, key: IngestKey, now: Date): Promise<IngestRequest> {
  const [found] = await db.sql<Found[]>`
    select r.upload_key as "uploadKey", r.upload_format as "uploadFormat", r.phone_column as "phoneColumn",
           r.loaded, r.added, r.ingested_at as "ingestedAt", r.rejection, r.rejection_detail as "rejectionDetail",
           r.start_at as "startAt", r.end_at as "endAt", a.default_country as country, f.transactional, p.policy, v.definition,
           r.split_arm as "splitArm", s.salt as "splitSalt", s.arms as "splitArms"
    from requests r
      join accounts a on a.id = r.account_id
      join flows f on f.id = r.flow_id and f.account_id = r.account_id
      left join flow_versions v on v.flow_id = r.flow_id and v.version = r.flow_version
      left join request_policies p on p.request_id = r.id and p.version = r.policy_version
      left join splits s on s.id = r.split_id and s.account_id = r.account_id
    where r.id = ${key.requestId} and r.account_id = ${key.accountId}`;
  if (!found) throw new Error(`account ${key.accountId} has no request ${key.requestId}`);
  if (!found.definition) throw new Error(`the flow version of request ${key.requestId} is gone`);
  const variables = found.definition.variables ?? [];
  const { uploadKey, uploadFormat } = found;
  const isFile = uploadKey !== null && (uploadFormat === 'csv' || uploadFormat === 'zip');
  return {
    upload: isFile ? { key: uploadKey, format: uploadFormat } : null,
    phoneColumn: found.phoneColumn,
    loaded: found.loaded,
    added: found.added,
    ingested: found.ingestedAt !== null || found.rejection !== null,
    rejection: found.rejection,
    rejectionDetail: found.rejectionDetail,
    declared: variables.map((variable) => variable.name),
    split: splitOf(found),
    lateOf: await latenessOf(db, key.accountId, found, now),
    rules: {
      country: found.country,
      // Both must agree that the register applies: a transactional flow is exempt whatever its policy says.
      scrub: !found.transactional && (found.policy?.promotional ?? true),
      category: found.policy?.category ?? null,
      whitelistedOnly: found.policy?.whitelistedOnly ?? false,
      tooLate: found.endAt !== null && found.endAt <= now,
      required: variables.filter((variable) => variable.required).map((variable) => variable.name),
    },
  };
}

/**
 * Judges each place once: a list has few, however many rows. A flow that sends what is late turns nobody away for it:
 * `domain/lateness.ts`.
 */
async function latenessOf(db: Database, accountId: number, found: Found, now: Date): Promise<LateOf> {
  const { policy: kept, startAt, endAt } = found;
  if (kept === null || endAt === null || endAt <= now) return () => null;
  const policy = requestPolicy.parse(kept);
  if (policy.onLate === 'SEND') return () => null;
  const hours = await withLiveHours(db.sql, accountId, policy, now);
  const from = Math.max(now.getTime(), startAt?.getTime() ?? 0);
  const known = new Map<string, string | null>();
  return (person) => {
    const key = placeKey(person);
    let why = known.get(key);
    if (why === undefined) {
      const opening = nextOpening(hours, person, from);
      const [zone, ...others] = zonesOf(hours, person);
      const clock = others.length > 0 ? `${zone} and ${others.length} more zones` : zone;
      why =
        opening !== undefined && opening < endAt.getTime()
          ? null
          : `no calling hour by the clock of ${clock} opens before the request's end time`;
      known.set(key, why);
    }
    return why;
  };
}

/**
 * Takes turns with any other reader of the same list until the transaction ends. Not a lock on the request's
 * row: pausing or cancelling it must not wait for a long list.
 */
export async function lockIngest(tx: Database, key: IngestKey): Promise<void> {
  await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`ingest/${key.requestId}`}, 0))`;
}

/** A row as it goes into `records`. */
export interface NewRecord {
  row: number;
  result: RowResult;
  given: string;
  /** E.164. */
  number: string | null;
  region: string | null;
  /** IANA zone the row named. */
  timeZone: string | null;
  /** Of its area code. */
  area: Area | null;
  /** JSON text of an object of strings. */
  variables: string;
  detail: string | null;
}

/** One line of COPY text for `copyRecords`. */
export function recordLine(key: IngestKey, record: NewRecord): string {
  const { row, result, given, number, region, timeZone, area, variables, detail } = record;
  const zones = `${timeZone ?? '\\N'}\t${area === null ? '\\N\t\\N' : `{${area.zones.join(',')}}\t${area.certain}`}`;
  return `${key.requestId}\t${row}\t${key.accountId}\t${result}\t${copyText(given)}\t${number ?? '\\N'}\t${region ?? '\\N'}\t${zones}\t${copyText(variables)}\t${detail === null ? '\\N' : copyText(detail)}\n`;
}

/** Runs a COPY of `recordLine` lines; nothing else may run in the transaction until `feed` has ended. */
export async function copyRecords(tx: Database, feed: (copy: CopyInto) => Promise<void>): Promise<void> {
  const copy = tx.sql`
    copy records (request_id, row, account_id, result, given, number, region, time_zone, area_zones, area_certain,
      variables, detail) from stdin`;
  await CopyInto.run(tx.sql, copy, feed);
}

/** Rows by result. */
export type ResultCounts = Partial<Record<RowResult, number>>;

/** Adds counts to the request and its tallies. Part of the transaction that adds the rows. */
export async function countRows(tx: Database, key: IngestKey, counts: ResultCounts): Promise<void> {
  const loaded = Object.values(counts).reduce((sum, count) => sum + count, 0);
  await tx.sql`
    update requests set loaded = loaded + ${loaded}, added = added + ${counts.ACCEPTED ?? 0},
      ingested_at = coalesce(ingested_at, now())
    where id = ${key.requestId} and account_id = ${key.accountId}`;
  const tallies = Object.entries(counts).map(([value, count]) => ({
    requestId: key.requestId,
    kind: 'result' as const,
    value,
    count,
  }));
  await addTallies(tx.sql, key.accountId, tallies);
}

/** @param data counts and versions only */
export async function addIngestEvent(
  tx: Database,
  key: IngestKey,
  event: { type: 'INGESTED' | 'REJECTED'; data: Record<string, unknown> },
): Promise<void> {
  await tx.sql`
    insert into request_events (account_id, request_id, type, data)
    values (${key.accountId}, ${key.requestId}, ${event.type}, ${JSON.stringify(event.data)}::text::jsonb)`;
}

/** Turns the whole file away. Harmless a second time. */
export async function rejectRequest(
  tx: Database,
  key: IngestKey,
  why: { rejection: FileRejection; detail: string },
): Promise<void> {
  const changed = await tx.sql`
    update requests set status = 'REJECTED', rejection = ${why.rejection}, rejection_detail = ${why.detail},
      ingested_at = now(), ended_at = now()
    where id = ${key.requestId} and account_id = ${key.accountId} and ingested_at is null and rejection is null`;
  if (changed.count === 0) return;
  await addIngestEvent(tx, key, { type: 'REJECTED', data: { ...why } });
}
