/** What the people of a finished request did, for a look at what another policy would have made of it. */
import { isCallOutcome, type PastAttempt } from '../../domain/forecast/back-test.ts';
import { CALL_OUTCOMES } from '../../domain/forecast/behaviour.ts';
import type { PeopleGroup } from '../../domain/forecast/facts.ts';
import { RateFinder, type TariffRate } from '../../domain/tariff.ts';
import type { Database } from '../client.ts';
import { personOf } from './forecast.ts';

interface Request {
  accountId: number;
  requestId: number;
}

/** Rows of one group that are named. */
const ROWS_NAMED = 100;
const ATTEMPTS_AT_ONCE = 5_000;

interface Row {
  region: string | null;
  timeZone: string | null;
  areaZones: string[] | null;
  areaCertain: boolean | null;
}

/**
 * Everybody who was accepted, as they stood before the first call, counted by place, rate, and what they did. Those
 * whom a last-moment rule blocked are left out: no policy of hours and retries would have called them.
 */
export async function readPeopleAsTheyDid(
  db: Database,
  input: Request & { rates: readonly TariffRate[] },
): Promise<{ people: PeopleGroup[]; blocked: number }> {
  const { accountId, requestId, rates } = input;
  const longest = Math.max(0, ...rates.map((rate) => rate.prefix.length));
  const finder = new RateFinder(rates);
  const rows = await db.sql<
    (Row & { start: string; script: string[] | null; blocked: boolean; count: number; rows: number[] })[]
  >`
    with done as (
      select row, array_agg(outcome::text order by attempt_no) as script from attempts
      where account_id = ${accountId} and request_id = ${requestId} and step = 0 and medium = 'voice'
        and outcome = any(${[...CALL_OUTCOMES]}::outcome[])
      group by row
    )
    select r.region, r.time_zone as "timeZone", r.area_zones as "areaZones", r.area_certain as "areaCertain",
           left(r.number, ${longest + 1}::int) as start, d.script, r.outcome is not distinct from 'BLOCKED' as blocked,
           count(*)::int as count, (array_agg(r.row order by r.row))[1:${ROWS_NAMED}] as rows
    from records r left join done d on d.row = r.row
    where r.account_id = ${accountId} and r.request_id = ${requestId} and r.result = 'ACCEPTED'
    group by r.region, r.time_zone, r.area_zones, r.area_certain, start, d.script, blocked`;
  const called = rows.filter((row) => !row.blocked);
  return {
    blocked: rows.reduce((sum, row) => (row.blocked ? sum + row.count : sum), 0),
    people: called.map((row) => ({
      person: personOf(row),
      preferences: [],
      count: row.count,
      attempts: 0,
      previous: null,
      dueAt: null,
      inCall: false,
      script: (row.script ?? []).filter(isCallOutcome),
      rate: finder.find(row.start),
      rows: row.rows,
    })),
  };
}

/** Hands every settled call of a request to `take`, by row and attempt, however many there are. */
export async function eachAttempt(
  db: Database,
  input: Request,
  take: (attempt: PastAttempt) => void,
): Promise<void> {
  const batches = db.sql<
    (Row & { row: number; attemptNo: number; reservedAt: Date; settledAt: Date; outcome: string })[]
  >`
    select a.row, a.attempt_no as "attemptNo", a.reserved_at as "reservedAt", a.settled_at as "settledAt", a.outcome,
           r.region, r.time_zone as "timeZone", r.area_zones as "areaZones", r.area_certain as "areaCertain"
    from attempts a join records r on r.request_id = a.request_id and r.row = a.row
    where a.account_id = ${input.accountId} and a.request_id = ${input.requestId} and a.step = 0
      and a.medium = 'voice' and a.settled_at is not null
    order by a.row, a.attempt_no`.cursor(ATTEMPTS_AT_ONCE);
  for await (const batch of batches) {
    for (const { row, attemptNo, reservedAt, settledAt, outcome, ...located } of batch) {
      if (!isCallOutcome(outcome)) continue;
      const times = { reservedAt: reservedAt.getTime(), settledAt: settledAt.getTime() };
      take({ row, attemptNo, person: personOf(located), ...times, outcome });
    }
  }
}
