/** Holiday calendars of an account, and their dates. Policies name a calendar; its dates are looked up when they matter. */
import type { HolidayEntry } from '../../domain/holiday.ts';
import type { Database } from '../client.ts';

export interface Calendar {
  id: number;
  name: string;
  region: string | null;
  /** How many it has. */
  dates: number;
  /** The next one on or after today (UTC), if there is one. */
  nextDate: string | null;
  createdAt: Date;
  updatedAt: Date;
}

interface Key {
  accountId: number;
  calendarId: number;
}

const columns = (db: Database) => db.sql`
  c.id, c.name, c.region, c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select count(*)::int from holidays h where h.calendar_id = c.id) as dates,
  (select min(h.date)::text from holidays h
   where h.calendar_id = c.id and h.date >= (now() at time zone 'UTC')::date) as "nextDate"`;

/** By name; an account has a hundred at most. */
export async function listCalendars(db: Database, input: { accountId: number }): Promise<Calendar[]> {
  return db.sql<Calendar[]>`
    select ${columns(db)} from holiday_calendars c where c.account_id = ${input.accountId} order by c.name`;
}

export async function getCalendar(db: Database, key: Key): Promise<Calendar | undefined> {
  const [found] = await db.sql<Calendar[]>`
    select ${columns(db)} from holiday_calendars c
    where c.account_id = ${key.accountId} and c.id = ${key.calendarId}`;
  return found;
}

/** Those of the names that are no calendars of the account. */
export async function unknownCalendars(
  db: Database,
  input: { accountId: number; names: readonly string[] },
): Promise<string[]> {
  if (input.names.length === 0) return [];
  const found = await db.sql<{ name: string }[]>`
    select name from holiday_calendars
    where account_id = ${input.accountId} and name = any(${[...input.names]})`;
  const known = new Set(found.map(({ name }) => name));
  return input.names.filter((name) => !known.has(name));
}

/**
 * Adds a calendar. Call it in a transaction: those who add at the same time take turns, so the limit holds.
 * @returns undefined where the name is taken; `FULL` where the account has as many as it may
 */
export async function createCalendar(
  tx: Database,
  input: { accountId: number; name: string; region: string | null; most: number },
): Promise<number | 'FULL' | undefined> {
  const { accountId, name, region, most } = input;
  await tx.sql`select 1 from accounts where id = ${accountId} for update`;
  const [count] = await tx.sql<{ count: number }[]>`
    select count(*)::int as count from holiday_calendars where account_id = ${accountId}`;
  if ((count?.count ?? 0) >= most) return 'FULL';
  const [made] = await tx.sql<{ id: number }[]>`
    insert into holiday_calendars (account_id, name, region) values (${accountId}, ${name}, ${region})
    on conflict (account_id, name) do nothing returning id`;
  return made?.id;
}

export async function setCalendarRegion(db: Database, key: Key & { region: string | null }): Promise<void> {
  await db.sql`
    update holiday_calendars set region = ${key.region}, updated_at = now()
    where account_id = ${key.accountId} and id = ${key.calendarId}`;
}

/** Requests that have not ended and whose policy in force names the calendar. */
export async function requestsKeeping(
  db: Database,
  input: { accountId: number; name: string },
): Promise<number[]> {
  const rows = await db.sql<{ id: number }[]>`
    select r.id from requests r
      join request_policies p on p.request_id = r.id and p.version = r.policy_version
    where r.account_id = ${input.accountId} and r.ended_at is null
      and r.status in ('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED')
      and p.policy -> 'holidayCalendars' ? ${input.name}
    order by r.id limit 10`;
  return rows.map(({ id }) => id);
}

export async function removeCalendar(db: Database, key: Key): Promise<boolean> {
  const removed = await db.sql`
    delete from holiday_calendars where account_id = ${key.accountId} and id = ${key.calendarId} returning 1`;
  return removed.length > 0;
}

export async function listHolidays(
  db: Database,
  input: Key & { after?: string | undefined; limit: number },
): Promise<HolidayEntry[]> {
  return db.sql<HolidayEntry[]>`
    select date::text as date, name from holidays
    where account_id = ${input.accountId} and calendar_id = ${input.calendarId}
      and (${input.after ?? null}::date is null or date > ${input.after ?? null}::date)
    order by date limit ${input.limit}`;
}

/**
 * Adds dates; one that is there gets the new name. Call it in a transaction.
 * @param replace the others are taken away
 * @returns `FULL`, with nothing changed, where the calendar would have more than it may
 */
export async function addHolidays(
  tx: Database,
  input: Key & { entries: readonly HolidayEntry[]; replace: boolean; most: number },
): Promise<{ added: number; updated: number; removed: number } | 'FULL'> {
  const { accountId, calendarId, entries, replace, most } = input;
  // Those who add at the same time take turns.
  await tx.sql`
    update holiday_calendars set updated_at = now() where account_id = ${accountId} and id = ${calendarId}`;
  const dates = entries.map(({ date }) => date);
  const [after] = await tx.sql<{ count: number; known: number }[]>`
    select (count(*) filter (where not date::text = any(${dates}) and not ${replace}) + ${new Set(dates).size})::int
             as count,
           (count(*) filter (where date::text = any(${dates})))::int as known
    from holidays where account_id = ${accountId} and calendar_id = ${calendarId}`;
  if ((after?.count ?? 0) > most) return 'FULL';
  const removed = replace
    ? await tx.sql`
        delete from holidays where account_id = ${accountId} and calendar_id = ${calendarId}
          and not date::text = any(${dates}) returning 1`
    : [];
  await tx.sql`
    insert into holidays (calendar_id, account_id, date, name)
    select distinct on (w.date) ${calendarId}::bigint, ${accountId}::int, w.date::date, w.name
    from unnest(${dates}::text[], ${entries.map(({ name }) => name)}::text[]) with ordinality as w (date, name, place)
    order by w.date, w.place desc
    on conflict (calendar_id, date) do update set name = excluded.name`;
  const updated = after?.known ?? 0;
  return { added: new Set(dates).size - updated, updated, removed: removed.length };
}

export async function removeHoliday(db: Database, input: Key & { date: string }): Promise<boolean> {
  const removed = await db.sql`
    delete from holidays
    where account_id = ${input.accountId} and calendar_id = ${input.calendarId} and date = ${input.date}::date
    returning 1`;
  return removed.length > 0;
}

/** Has the workflows of requests that keep a calendar look again: other days may be open now. */
export async function tellRequestsKeeping(
  tx: Database,
  input: { accountId: number; name: string },
): Promise<number[]> {
  const rows = await tx.sql<{ requestId: number }[]>`
    insert into outbox (account_id, request_id, kind)
    select r.account_id, r.id, 'changed' from requests r
      join request_policies p on p.request_id = r.id and p.version = r.policy_version
    where r.account_id = ${input.accountId} and r.ended_at is null
      and r.status in ('RECEIVED', 'SCHEDULED', 'IN_PROCESS', 'PAUSED')
      and p.policy -> 'holidayCalendars' ? ${input.name}
    returning request_id as "requestId"`;
  return rows.map(({ requestId }) => requestId);
}
