/** What a forecast asks the database: how people behaved, who is left of a request, and what it shares with others. */
import { isCallOutcome } from '../../domain/forecast/back-test.ts';
import {
  CALL_OUTCOMES,
  type CallOutcome,
  type History,
  type Situation,
} from '../../domain/forecast/behaviour.ts';
import type { LineFacts, PeopleGroup } from '../../domain/forecast/facts.ts';
import { contactsNeeded, type FrequencyLimits, hasLimits, NO_LIMITS } from '../../domain/frequency.ts';
import type { RegisterEntry } from '../../domain/register.ts';
import { RateFinder, type TariffRate } from '../../domain/tariff.ts';
import type { Database, Sql } from '../client.ts';
import { isContact } from './contacts.ts';
import { entriesOf } from './register.ts';
import { answerOf } from './register-answers.ts';

/** Calls that are looked at: the newest, as people change. */
const MOST_CALLS = 5_000;
/** Fewer calls of the flow than this say less than those of the whole account. */
const ENOUGH_CALLS = 200;
/** Quantiles of lengths: every twentieth. */
const QUANTILES = Array.from({ length: 21 }, (_, at) => at / 20);

/** Whose calls: of one request, of a flow, or of all. */
interface Of {
  accountId: number;
  requestId?: number;
  flowId?: number;
}

/** Not of test calls: whoever asked for them picks up. */
const noTest = (sql: Sql) =>
  sql`not exists (select 1 from requests q where q.id = request_id and q.source = 'test')`;

/** Settled calls to people, newest first. Test calls tell nothing of a list. */
const recent = (sql: Sql, of: Of) => sql`
  recent as materialized (
    select request_id, row, attempt_no, outcome, reserved_at, answered_at, settled_at from attempts
    where account_id = ${of.accountId} and direction = 'out' and medium = 'voice' and step = 0
      and request_id is not null and settled_at is not null and outcome = any(${[...CALL_OUTCOMES]}::outcome[])
      ${of.requestId === undefined ? sql`` : sql`and request_id = ${of.requestId}`}
      ${of.flowId === undefined ? sql`` : sql`and flow_id = ${of.flowId}`} and ${noTest(sql)}
    order by reserved_at desc limit ${MOST_CALLS})`;

async function readCalls(db: Database, of: Of, scope: History['scope']): Promise<History> {
  const { sql } = db;
  const [endings, durations] = await Promise.all([
    sql<{ situation: Situation; outcome: CallOutcome; count: number }[]>`
      with ${recent(sql, of)}
      select case when p.outcome in ('BUSY', 'NO_ANSWER', 'FAILED', 'MACHINE', 'UNKNOWN') then p.outcome::text
                  else 'FIRST' end as situation, r.outcome, count(*)::int as count
      from recent r left join attempts p on r.attempt_no > 1 and p.account_id = ${of.accountId}
        and p.request_id = r.request_id and p.row = r.row and p.attempt_no = r.attempt_no - 1 and p.step = 0
      group by 1, 2`,
    sql<{ outcome: CallOutcome; count: number; ringMs: number[]; talkMs: number[] }[]>`
      with ${recent(sql, of)}, lengths as (
        select outcome, extract(epoch from coalesce(answered_at, settled_at) - reserved_at) * 1000 as ring,
               coalesce(extract(epoch from settled_at - answered_at) * 1000, 0) as talk from recent)
      select outcome, count(*)::int as count,
             percentile_cont(${QUANTILES}::float8[]) within group (order by ring::float8) as "ringMs",
             percentile_cont(${QUANTILES}::float8[]) within group (order by talk::float8) as "talkMs"
      from lengths group by outcome`,
  ]);
  return { scope, endings: [...endings], durations: [...durations] };
}

const callsOf = ({ endings }: History): number => endings.reduce((sum, one) => sum + one.count, 0);

/** How the account's people behaved: of the flow where it has enough calls, else of all flows. Null without any call. */
export async function readHistory(
  db: Database,
  input: { accountId: number; flowId: number },
): Promise<History | null> {
  const ofFlow = await readCalls(db, input, 'FLOW');
  if (callsOf(ofFlow) >= ENOUGH_CALLS) return ofFlow;
  const ofAll = await readCalls(db, { accountId: input.accountId }, 'ACCOUNT');
  return callsOf(ofAll) === 0 ? null : ofAll;
}

/** How the people of one request behaved. Null where none was called. */
export async function readRequestHistory(
  db: Database,
  input: { accountId: number; requestId: number },
): Promise<History | null> {
  const history = await readCalls(db, input, 'REQUEST');
  return callsOf(history) === 0 ? null : history;
}

/** Messages sent from inside a flow's calls, for each answered call: over its newest calls. */
export async function readMessagesPerAnswer(
  db: Database,
  input: { accountId: number; flowId: number },
): Promise<{ sms: number; mail: number; answered: number }> {
  const [found] = await db.sql<{ sms: number; mail: number; answered: number }[]>`
    with recent as materialized (
      select medium, step, answered_at from attempts
      where account_id = ${input.accountId} and flow_id = ${input.flowId} and direction = 'out'
        and ${noTest(db.sql)}
      order by reserved_at desc limit ${MOST_CALLS})
    select (count(*) filter (where medium = 'sms'))::int as sms, (count(*) filter (where medium = 'email'))::int as mail,
           (count(*) filter (where medium = 'voice' and step = 0 and answered_at is not null))::int as answered
    from recent`;
  const { sms = 0, mail = 0, answered = 0 } = found ?? {};
  return answered === 0
    ? { sms: 0, mail: 0, answered }
    : { sms: sms / answered, mail: mail / answered, answered };
}

interface LeftRow {
  region: string | null;
  timeZone: string | null;
  areaZones: string[] | null;
  areaCertain: boolean | null;
  start: string;
  attempts: number;
  previous: string | null;
  dueAt: Date | null;
  inCall: boolean;
  contacts: number[] | null;
  entries: RegisterEntry[] | null;
  count: number;
  rows: number[];
}

/** Rows of one group that are named. */
const ROWS_NAMED = 100;
/** Moments at which people are due again are told apart as finely as this many of them allow. */
const DUE_MOMENTS = 400;

/** SQL for whether record `r` has a number of the account's own. */
const isWhitelisted = (sql: Sql, accountId: number) => sql`
  exists (select 1 from whitelist_phones w where w.account_id = ${accountId} and w.number = r.number
          and w.verified_at is not null)`;

/** SQL for what the registers say of record `r`, as the last moment before a call asks them; null where nothing. */
function registeredOf(sql: Sql, accountId: number, asked: 'LOCAL' | 'OUTSIDE' | undefined) {
  if (asked === undefined) return sql`null::jsonb`;
  const number: ReturnType<Sql> = sql`substr(r.number, 2)::bigint`;
  const outside =
    asked === 'LOCAL'
      ? sql`'[]'::jsonb`
      : sql`
    coalesce((select jsonb_build_array(kept.answer -> 'entry') from (select ${answerOf(sql, number)} as answer) kept
              where (kept.answer ->> 'registered')::boolean), '[]')`;
  return sql`
    case when not ${isWhitelisted(sql, accountId)} then
      nullif(coalesce(${entriesOf(sql, accountId, number)}, '[]') || ${outside}, '[]')
    end`;
}

/** Earlier contacts matter by the day they are of, and every zone's midnight is at a quarter of an hour. */
const DAY_GRAIN_SECONDS = 900;
/** The last one matters to a gap, too. */
const LAST_GRAIN_SECONDS = 60;

/**
 * SQL for when the person of record `r` was called, newest first, Unix ms, by any request of the account: as many as the
 * limits need, null where there are none or no limit. Told so finely as matters, so that people stay alike: the last to
 * the end of its minute, so that nothing is foretold sooner than it may be, the others to their quarter of an hour.
 */
function contactsOf(sql: Sql, accountId: number, limits: FrequencyLimits, now: Date) {
  if (!hasLimits(limits)) return sql`null::float8[]`;
  const { since, most } = contactsNeeded(limits, now.getTime());
  // A probe of the index `attempts_address` a person. Numbers of the account's own are under no limit.
  return sql`(
    select array_agg(case when c.place = 1
        then floor(c.at / ${LAST_GRAIN_SECONDS}) * ${LAST_GRAIN_SECONDS * 1000} + ${LAST_GRAIN_SECONDS * 1000 - 1}
        else floor(c.at / ${DAY_GRAIN_SECONDS}) * ${DAY_GRAIN_SECONDS * 1000} end::float8 order by c.place)
    from (
      select extract(epoch from a.reserved_at)::float8 as at, row_number() over (order by a.reserved_at desc) as place
      from attempts a
      where a.account_id = ${accountId} and a.address = r.number and a.reserved_at > ${new Date(since)}
        and a.medium = 'voice' and ${isContact(sql)}
        and not ${isWhitelisted(sql, accountId)}
      order by a.reserved_at desc limit ${most}
    ) c)`;
}

/**
 * The people of a request who have not ended, counted by what tells them apart.
 * @param input.limits on how often they may be called: by these it is told when they were. Absent: none
 * @param input.register the registers that promotion heeds: the local table alone, or with the answers of one outside that
 *   are kept. Absent: the request heeds none
 */
export async function readPeopleLeft(
  db: Database,
  input: {
    accountId: number;
    requestId: number;
    rates: readonly TariffRate[];
    limits?: FrequencyLimits;
    register?: 'LOCAL' | 'OUTSIDE' | undefined;
    now: Date;
  },
): Promise<PeopleGroup[]> {
  const { accountId, requestId, rates, limits = NO_LIMITS, now } = input;
  const longest = Math.max(0, ...rates.map((rate) => rate.prefix.length));
  const finder = new RateFinder(rates);
  const rows = await db.sql<LeftRow[]>`
    with left_over as materialized (
      select r.row, r.region, r.time_zone, r.area_zones, r.area_certain, left(r.number, ${longest + 1}::int) as start,
             r.attempts, r.outcome, greatest(r.due_at, ${now}) as due_at, o.attempt_id is not null as in_call,
             ${contactsOf(db.sql, accountId, limits, now)} as contacts,
             ${registeredOf(db.sql, accountId, input.register)} as entries
      from records r left join open_attempts o on o.attempt_id = r.last_attempt_id
      where r.account_id = ${accountId} and r.request_id = ${requestId} and r.result = 'ACCEPTED' and r.ended_at is null
    ), fineness as (
      select greatest(1, ceil(extract(epoch from max(due_at) - min(due_at)) / ${DUE_MOMENTS}))::float8 as seconds
      from left_over
    )
    select region, time_zone as "timeZone", area_zones as "areaZones", area_certain as "areaCertain", start, attempts,
           outcome as previous, in_call as "inCall", contacts, entries, count(*)::int as count,
           (array_agg(row order by row))[1:${ROWS_NAMED}] as rows,
           case when due_at > ${now}
                then to_timestamp(ceil(extract(epoch from due_at) / seconds) * seconds) end as "dueAt"
    from left_over cross join fineness
    group by region, time_zone, area_zones, area_certain, start, attempts, outcome, in_call, contacts, entries,
             "dueAt"`;
  return rows.map((row) => ({
    person: personOf(row),
    preferences: row.entries ?? [],
    count: row.count,
    attempts: row.attempts,
    previous: isCallOutcome(row.previous) ? row.previous : null,
    dueAt: row.dueAt?.getTime() ?? null,
    inCall: row.inCall,
    contacts: row.contacts ?? [],
    script: [],
    rate: finder.find(row.start),
    rows: row.rows,
  }));
}

type Located = Pick<LeftRow, 'region' | 'timeZone' | 'areaZones' | 'areaCertain'>;
export const personOf = ({ region, timeZone, areaZones, areaCertain }: Located): PeopleGroup['person'] => ({
  region,
  timeZone,
  areaZones,
  areaCertain,
});

/** The account's enabled trunks, and whether it has any at all. */
export async function readLineFacts(
  db: Database,
  input: { accountId: number },
): Promise<{ lines: LineFacts[]; hasTrunks: boolean }> {
  const rows = await db.sql<
    { name: string; priority: number; calls: number; perSecond: number; enabled: boolean }[]
  >`
    select name, priority, max_concurrent_calls as calls, max_calls_per_second as "perSecond", enabled
    from trunks where account_id = ${input.accountId} and removed_at is null order by id`;
  const lines = rows
    .filter(({ enabled }) => enabled)
    .map(({ name, priority, calls, perSecond }) => ({
      name,
      priority,
      limit: { maxInProgress: calls, perSecond },
    }));
  return { lines, hasTrunks: rows.length > 0 };
}

/** Other requests of the account that are under way and take lines and pace of their own. */
export async function countOthersRunning(
  db: Database,
  input: { accountId: number; exceptRequestId: number | null },
): Promise<number> {
  const [found] = await db.sql<{ count: number }[]>`
    select count(*)::int as count from requests
    where account_id = ${input.accountId} and status = 'IN_PROCESS' and id <> ${input.exceptRequestId ?? 0}`;
  return found?.count ?? 0;
}
