/** Claims about when people are contacted: by the clock on their own wall, as PostgreSQL's table of zones has it. */
import type { Sql } from '../../client.ts';
import { type Check, contactsOf, type ProofInput } from './check.ts';

/** Every contact by every clock that may be the person's. An attempt whose clock nobody wrote down is not among them. */
const clocksOf = (sql: Sql, input: ProofInput) => sql`
  select a.*, z.zone, a.reserved_at at time zone z.zone as local,
         coalesce(a.evidence ->> 'region', a.policy ->> 'homeRegion') as region
  from (${contactsOf(sql, input)}) a
  cross join lateral jsonb_array_elements_text(a.evidence #> '{hours,zones}') as z (zone)`;

/** Whether a local time is within one of `windows`, a JSON list of days, from and to. */
const within = (sql: Sql, local: ReturnType<Sql>, windows: ReturnType<Sql>) => sql`
  exists (select 1 from jsonb_array_elements(${windows}) as w (win)
          where win -> 'days' @> to_jsonb(extract(isodow from ${local})::int)
            and to_char(${local}, 'HH24:MI') >= win ->> 'from' and to_char(${local}, 'HH24:MI') < win ->> 'to')`;

const ZONE_NOTED: Check = {
  name: 'ZONE_NOTED',
  claim: 'With every contact it is written down whose clock counted.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, coalesce(jsonb_array_length(a.evidence #> '{hours,zones}'), 0) = 0 as violated,
           'no zone is written down' as detail
    from (${contactsOf(sql, input)}) a`,
};

const FLOW_HOURS: Check = {
  name: 'FLOW_HOURS',
  claim: 'Nobody is contacted outside the calling hours of the policy, by any clock that may be theirs.',
  facts: (sql, input) => sql`
    select c.id as attempt_id, c.row,
           not ${within(sql, sql`c.local`, sql`c.policy -> 'callingHours'`)} as violated,
           format('%s in %s, where the hours are %s', to_char(c.local, 'Dy YYYY-MM-DD HH24:MI:SS'), c.zone,
                  c.policy -> 'callingHours') as detail
    from (${clocksOf(sql, input)}) c
    where jsonb_typeof(c.policy -> 'callingHours') = 'array'`,
};

/** Rules that operations added hold from their date on, with the built-in one unless they replace it. */
const PROMOTIONAL_HOURS: Check = {
  name: 'PROMOTIONAL_HOURS',
  claim: 'Promotion keeps to the hours that the law of the person’s country sets.',
  facts: (sql, input) => sql`
    select c.id as attempt_id, c.row, not ${within(sql, sql`c.local`, sql`rule.windows`)} as violated,
           format('%s in %s; %s allows %s', to_char(c.local, 'Dy YYYY-MM-DD HH24:MI:SS'), c.zone, c.region,
                  rule.windows) as detail
    from (${clocksOf(sql, input)}) c
    cross join lateral (
      select own.windows, own.replaces_built_in from promotional_hours own
      where own.country = c.region and own.effective_from <= c.local::date and own.created_at <= c.reserved_at
        and (own.removed_at is null or own.removed_at > c.reserved_at)
      order by own.effective_from desc, own.id desc limit 1) own
    cross join lateral (values (own.windows)) as rule (windows)
    where (c.policy ->> 'promotional')::boolean
    union all
    select c.id as attempt_id, c.row, not ${within(sql, sql`c.local`, sql`built.windows`)} as violated,
           format('%s in %s; %s allows %s', to_char(c.local, 'Dy YYYY-MM-DD HH24:MI:SS'), c.zone, c.region,
                  built.windows) as detail
    from (${clocksOf(sql, input)}) c
    join jsonb_to_recordset(${sql.json(input.promotional as never)}) as built (country text, windows jsonb)
      on built.country = c.region
    where (c.policy ->> 'promotional')::boolean and not exists (
      select 1 from promotional_hours own
      where own.country = c.region and own.replaces_built_in and own.effective_from <= c.local::date
        and own.created_at <= c.reserved_at and (own.removed_at is null or own.removed_at > c.reserved_at))`,
};

const HOLIDAYS: Check = {
  name: 'HOLIDAYS',
  claim: 'Nobody is contacted on a holiday of a calendar that the policy keeps. Dates added since count too.',
  facts: (sql, input) => sql`
    select c.id as attempt_id, c.row, h.date is not null as violated,
           format('%s in %s is %s of the calendar %s', c.local::date, c.zone, h.name, k.name) as detail
    from (${clocksOf(sql, input)}) c
    join holiday_calendars k
      on k.account_id = ${input.accountId} and c.policy -> 'holidayCalendars' ? k.name
        and (k.region is null or k.region = c.region)
    left join holidays h on h.account_id = ${input.accountId} and h.calendar_id = k.id and h.date = c.local::date`,
};

export const HOURS_CHECKS: readonly Check[] = [ZONE_NOTED, FLOW_HOURS, PROMOTIONAL_HOURS, HOLIDAYS];
