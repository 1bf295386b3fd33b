/**
 * What hours depend on and no policy freezes: the dates of holiday calendars, and the promotional hours that operations
 * added. Read whenever hours are judged, in the transaction that reserves an attempt too, so that a date added a second
 * before its turn holds a call back.
 */
import type { HolidayCalendar } from '../../domain/holiday.ts';
import type { HoursPolicy, LiveHours } from '../../domain/hours/rules.ts';
import type { CallingWindow, RequestPolicy } from '../../domain/policy.ts';
import type { PromotionalRule } from '../../domain/promotional-hours.ts';
import type { Sql } from '../client.ts';

type Named = Pick<RequestPolicy, 'promotional' | 'holidayCalendars'>;

/** Which days are needed: a decision of now takes today's, a plan those of the year ahead. */
export type Ahead = 'NOW' | 'YEAR';
const DAYS: Record<Ahead, number> = { NOW: 2, YEAR: 402 };

/**
 * What each policy's hours depend on besides itself, in order. Nothing is asked for policies that depend on nothing.
 * @param now which dates of calendars are near
 */
export async function readLiveHours(
  sql: Sql,
  accountId: number,
  policies: readonly Named[],
  now: Date,
  ahead: Ahead,
): Promise<LiveHours[]> {
  const names = [...new Set(policies.flatMap((policy) => policy.holidayCalendars))];
  const [promotional, calendars] = await Promise.all([
    policies.some((policy) => policy.promotional) ? addedRules(sql) : [],
    names.length > 0 ? readCalendars(sql, accountId, names, now, DAYS[ahead]) : [],
  ]);
  return policies.map((policy) => ({
    promotional: policy.promotional ? promotional : [],
    calendars: calendars.filter(({ name }) => policy.holidayCalendars.includes(name)),
  }));
}

/** A policy with what its hours depend on. */
export async function withLiveHours<P extends Named & HoursPolicy>(
  sql: Sql,
  accountId: number,
  policy: P,
  now: Date,
  ahead: Ahead = 'YEAR',
): Promise<P & { live: LiveHours }> {
  const [live] = await readLiveHours(sql, accountId, [policy], now, ahead);
  return { ...policy, live: live ?? { promotional: [], calendars: [] } };
}

/** The rules operations added, of all countries. A table of a few rows. */
export async function addedRules(sql: Sql): Promise<PromotionalRule[]> {
  const rows = await sql<
    {
      id: number;
      country: string;
      effectiveFrom: string;
      source: string;
      windows: CallingWindow[];
      replacesBuiltIn: boolean;
    }[]
  >`
    select id, country, effective_from::text as "effectiveFrom", source, windows,
           replaces_built_in as "replacesBuiltIn"
    from promotional_hours where removed_at is null order by id`;
  return rows.map((row) => ({ ...row, id: String(row.id) }));
}

async function readCalendars(
  sql: Sql,
  accountId: number,
  names: string[],
  now: Date,
  days: number,
): Promise<HolidayCalendar[]> {
  const rows = await sql<{ name: string; region: string | null; dates: Record<string, string> | null }[]>`
    select c.name, c.region, (
      select jsonb_object_agg(h.date::text, h.name) from holidays h
      where h.calendar_id = c.id and h.date between (${now}::timestamptz at time zone 'UTC')::date - 2
        and (${now}::timestamptz at time zone 'UTC')::date + ${days}::int) as dates
    from holiday_calendars c where c.account_id = ${accountId} and c.name = any(${names}) order by c.name`;
  return rows.map(({ name, region, dates }) => ({
    name,
    region,
    dates: new Map(Object.entries(dates ?? {})),
  }));
}
