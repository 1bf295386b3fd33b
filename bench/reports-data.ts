/**
 * What a large account looks like after a year, made by SQL alone: requests, their records and counters, and a ledger of
 * ten attempts a request, with rarities in it that filters have to find. A second account shares every table.
 */
import type { Database } from '../db/client.ts';
import { requestPolicy } from '../domain/policy.ts';

export interface ReportsData {
  accountId: number;
  /** Flow 1 is nearly everybody's, the last but one hardly used and the last never. */
  flows: { id: number; name: string }[];
  /** A request of half as many records as there are requests. */
  largeRequestId: number;
  requests: number;
  attempts: number;
}

const FLOWS = 40;
/** Attempts of a request, over five people. */
const PER_REQUEST = 10;
/** Of every this many attempts one belongs to the large request. */
const LARGE_EVERY = 20;

/** @param requests of the first account; the second has a tenth of them */
export async function makeReportsData(db: Database, requests: number): Promise<ReportsData> {
  const accounts: ReportsData[] = [];
  for (const share of [requests, Math.ceil(requests / 10)]) accounts.push(await makeAccount(db, share));
  await db.sql`vacuum analyze requests`;
  await db.sql`vacuum analyze attempts`;
  for (const table of [
    'records',
    'request_tallies',
    'open_attempts',
    'blacklist_phones',
    'flows',
    'recordings',
  ]) {
    await db.sql`vacuum analyze ${db.sql(table)}`;
  }
  const [first] = accounts;
  if (!first) throw new Error('no account');
  return first;
}

async function makeAccount(db: Database, requests: number): Promise<ReportsData> {
  const { sql } = db;
  const [account] = await sql<{ id: number }[]>`
    insert into accounts (name, time_zone, default_country, holder_email)
    values ('Bench', 'Asia/Kolkata', 'IN', 'holder@example.com') returning id`;
  const accountId = account?.id ?? 0;
  const flows = await sql<{ id: number; name: string }[]>`
    insert into flows (account_id, name, type, draft, published_version)
    select ${accountId}, 'campaign-' || n || case when n % 5 = 0 then '-collections' else '-survey' end,
           (array['outbound', 'outbound', 'outbound', 'dialer', 'notification'])[1 + n % 5]::flow_type, '{}', 1
    from generate_series(1, ${FLOWS}::int) n order by n returning id, name`;
  const firstFlow = flows[0]?.id ?? 0;
  await sql`
    insert into flow_versions (flow_id, version, account_id, definition, published_by)
    select id, 1, account_id, '{}', 'bench' from flows where account_id = ${accountId}`;
  const firstRequest = await makeRequests(db, { accountId, requests, firstFlow });
  const attempts = requests * PER_REQUEST;
  const largeRequestId = firstRequest + Math.floor(requests / 2);
  await makeAttempts(db, { accountId, firstRequest, requests, attempts, largeRequestId });
  await makeRecords(db, { accountId, firstRequest, requests, largeRequestId });
  await sql`
    insert into blacklist_phones (account_id, number, reason)
    select ${accountId}, '+91' || 9000000000 + n * 7, 'asked' from generate_series(1, ${requests}::int) n`;
  return { accountId, flows, largeRequestId, requests, attempts };
}

/** One request in twelve minutes of a year, most of one flow and of one person each. Returns the first one's id. */
async function makeRequests(
  db: Database,
  input: { accountId: number; requests: number; firstFlow: number },
): Promise<number> {
  const { accountId, requests, firstFlow } = input;
  const { sql } = db;
  const policy = requestPolicy.parse({ timeZone: 'Asia/Kolkata', homeRegion: 'IN', promotional: true });
  await sql`
    insert into requests (account_id, flow_id, flow_version, flow_type, source, file_name, status, loaded, added,
                          ingested_at, started_at, ended_at, created_by, created_at)
    select ${accountId}, f.id, 1, f.type, w.source,
           case when w.source = 'upload' then 'customers-' || w.n % 1000 || '-' || to_char(w.at, 'YYYY-MM-DD') || '.csv' end,
           w.status::request_status, 10, 10, w.at, w.at, w.at, 'bench', w.at
    from (
      select n, now() - make_interval(secs => (${requests}::int - n) * 31536000.0 / ${requests}::int) as at,
             -- The last flow but one has three requests of long ago, the last none.
             case when n % ${Math.ceil(requests / 3)}::int = 5 then ${FLOWS - 2}::int
                  when n % 3 = 0 then 0 else n % ${FLOWS - 2}::int end as flow,
             case when n % 2 = 1 then 'upload' when n % 4 = 2 then 'records'
                  when n in (4, 8) then 'retry' else 'call' end as source,
             case when n > ${requests}::int - 20 then 'IN_PROCESS' when n > ${requests}::int - 30 then 'SCHEDULED'
                  when n in (3, 9) then 'EXPIRED' when n % 100 = 50 then 'CANCELLED' else 'COMPLETED' end as status
      from generate_series(1, ${requests}::int) n) w
    join flows f on f.account_id = ${accountId} and f.id = ${firstFlow}::bigint + w.flow
    order by w.n`;
  const [first] = await sql<{ id: number }[]>`
    select min(id) as id from requests where account_id = ${accountId}`;
  await sql`
    insert into request_policies (request_id, version, account_id, policy, created_by)
    select id, 1, account_id, ${JSON.stringify(policy)}::text::jsonb, 'bench'
    from requests where account_id = ${accountId}`;
  await sql`
    insert into request_tallies (request_id, kind, value, shard, account_id, count)
    select q.id, t.kind, t.value, 0, q.account_id, t.count
    from requests q cross join (values ('result', 'ACCEPTED', 10), ('outcome', 'ANSWERED', 8), ('outcome', 'BUSY', 2),
                                       ('attempt', 'ANSWERED', 8), ('attempt', 'BUSY', 2)) as t (kind, value, count)
    where q.account_id = ${accountId}`;
  return first?.id ?? 0;
}

/** Attempts in the order of time, ids as `domain/attempt-id.ts` makes them. Two are complaints, of long ago. */
async function makeAttempts(
  db: Database,
  input: {
    accountId: number;
    firstRequest: number;
    requests: number;
    attempts: number;
    largeRequestId: number;
  },
): Promise<void> {
  const { accountId, firstRequest, requests, attempts, largeRequestId } = input;
  await db.sql`
    insert into attempts (id, account_id, direction, request_id, row, attempt_no, step, medium, flow_id, flow_version,
                          policy_version, address, sender, provider, provider_ref, reserved_at, answered_at, settled_at,
                          outcome, cause, keys, evidence)
    select (lpad(to_hex(w.request), 12, '0') || '8' || lpad(to_hex(w.no), 3, '0') || '8000' || lpad(to_hex(w.row), 8, '0')
            || lpad(to_hex(w.step), 4, '0'))::uuid,
           ${accountId}, 'out', w.request, w.row, w.no, w.step, w.medium::medium, q.flow_id, 1, 1,
           case when w.medium = 'email' then 'person' || w.person || '@example.com' else '+91' || 9000000000 + w.person end,
           '+911140000000', 'simulated', null, w.at, case when w.outcome = 'ANSWERED' then w.at end,
           w.at + interval '30 seconds', w.outcome::outcome, 'it ended', case when w.outcome = 'ANSWERED' then '1' end,
           '{"hours":"open","register":"local/7"}'
    from (
      select g.*, case when g.medium = 'voice' then
                    case when g.n in (17, 90) then 'ABANDONED'
                         else (array['ANSWERED', 'ANSWERED', 'ANSWERED', 'BUSY', 'NO_ANSWER', 'DECLINED', 'MACHINE'])[1 + g.n % 7] end
                    when g.medium = 'email' and g.n < 100 then 'COMPLAINED'
                    when g.n % 10 = 3 then 'UNDELIVERED' else 'DELIVERED' end as outcome
      from (
        select n, now() - make_interval(secs => (${attempts}::bigint - n) * 31536000.0 / ${attempts}::bigint) as at,
               (n::bigint * 7919) % ${requests}::int as person,
               case when n % ${LARGE_EVERY}::int = 0 then ${largeRequestId}::bigint
                    else ${firstRequest}::bigint + (n - 1) / ${PER_REQUEST}::int end as request,
               case when n % ${LARGE_EVERY}::int = 0 then 5 + n / ${LARGE_EVERY}::int else 1 + n % 5 end as row,
               case when n % ${LARGE_EVERY}::int = 0 then 1 else 1 + n % ${PER_REQUEST}::int / 5 end as no,
               case when n % 50 in (7, 8, 9, 11) or n % 50 = 13 then 1 else 0 end as step,
               case when n % 50 in (7, 8, 9, 11) then 'sms' when n % 50 = 13 then 'email' else 'voice' end as medium
        from generate_series(1, ${attempts}::int) n) g
      ) w
    join requests q on q.id = w.request
    order by w.n`;
  // The newest ones are in progress.
  await db.sql`
    with begun as (
      update attempts set outcome = null, settled_at = null, cause = null where id in (
        select id from attempts where account_id = ${accountId} and medium = 'voice' order by reserved_at desc limit 200)
      returning id, account_id, request_id, flow_id, medium, reserved_at)
    insert into open_attempts (attempt_id, account_id, request_id, flow_id, medium, reserved_at) select * from begun`;
}

async function makeRecords(
  db: Database,
  input: { accountId: number; firstRequest: number; requests: number; largeRequestId: number },
): Promise<void> {
  const { accountId, firstRequest, requests, largeRequestId } = input;
  await db.sql`
    insert into records (request_id, row, account_id, result, given, number, region, attempts, outcome, ended_at)
    select q.id, r.row, ${accountId}, 'ACCEPTED', p.number, p.number, 'IN', 2, 'ANSWERED', q.created_at
    from requests q cross join generate_series(1, 5) as r (row)
         cross join lateral (select '+91' || 9000000000 + ((q.id - ${firstRequest}::bigint) * 10 + r.row) * 7919 % ${requests}::int as number) p
    where q.account_id = ${accountId} and q.id <> ${largeRequestId}`;
  await db.sql`
    insert into records (request_id, row, account_id, result, given, number, region, attempts, outcome, ended_at)
    select ${largeRequestId}, n, ${accountId},
           (case when n % 50 = 3 then 'DUPLICATE' when n = 17 then 'TOO_LATE' else 'ACCEPTED' end)::row_result,
           '+91' || 9000000000 + n, '+91' || 9000000000 + n, 'IN', 1,
           (case when n % 50 = 3 or n = 17 then null when n % 7 = 1 then 'BUSY' else 'ANSWERED' end)::outcome, now()
    from generate_series(1, ${Math.floor(requests / 2)}::int) n order by n`;
}
