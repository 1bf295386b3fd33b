/**
 * Claims about who may be contacted at all: blacklist, do-not-call register, whitelist, and how often. They are about
 * messages and second calls from inside a call as much as about the call.
 */
import { type Check, everyContactOf } from './check.ts';

const BLACKLIST: Check = {
  name: 'BLACKLIST',
  claim:
    'Nobody is contacted whose number or mail address was on the blacklist. Entries that were taken away since cannot be asked.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, b.number is not null as violated,
           format('it began at %s; its address was put on the blacklist at %s', a.reserved_at, b.created_at) as detail
    from (${everyContactOf(sql, input)}) a
    left join (
      select number, created_at, expires_at from blacklist_phones where account_id = ${input.accountId}
      union all
      select email, created_at, expires_at from blacklist_emails where account_id = ${input.accountId}) b
      on b.number = a.address and b.created_at < a.reserved_at - ${input.clockToleranceMs} * interval '1 ms'
        and (b.expires_at is null or b.expires_at > a.reserved_at)`,
};

const SCRUBBED: Check = {
  name: 'SCRUBBED',
  claim:
    'Every promotional contact was checked against the do-not-call register, and was neither refused altogether nor in its category.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row,
           coalesce(a.evidence ->> 'register' is null or exists (
             select 1 from jsonb_array_elements(a.evidence #> '{register,entries}') e
             where (e ->> 'categories')::int & (1 | case coalesce(a.policy ->> 'category', '')
               when '' then 255 when 'FINANCE' then 2 when 'REAL_ESTATE' then 4 when 'EDUCATION' then 8
               when 'HEALTH' then 16 when 'CONSUMER_GOODS' then 32 when 'COMMUNICATION' then 64
               when 'TOURISM' then 128 end) <> 0
               or a.policy ->> 'category' is null), true) as violated,
           format('the register said %s of it', coalesce(a.evidence ->> 'register', 'nothing')) as detail
    from (${everyContactOf(sql, input)}) a
    where (a.policy ->> 'promotional')::boolean and a.medium <> 'email'
      and not coalesce((a.evidence ->> 'whitelisted')::boolean, false)`,
};

const TRIALS: Check = {
  name: 'TRIALS',
  claim: 'A trial contacts whitelisted numbers alone.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, not coalesce((a.evidence ->> 'whitelisted')::boolean, false) as violated,
           'the number was not on the whitelist' as detail
    from (${everyContactOf(sql, input)}) a
    where (a.policy ->> 'whitelistedOnly')::boolean and a.medium <> 'email'`,
};

/**
 * By the limits that held at the time, which are kept with the attempt. All of the account's contacts count; in which
 * of several possible zones the person lives nobody knows, so the day of each counts by itself. A message to somebody
 * else than the person of the row is to somebody whose zone is not written down: only its gap is looked at. Second
 * calls connect the person with somebody, and count for nobody.
 */
const FREQUENCY: Check = {
  name: 'FREQUENCY',
  claim: 'Nobody is contacted more often a day, or sooner again, than the account and the flow allow.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row,
           coalesce(w.gap_ms < (a.evidence #>> '{frequency,gapMs}')::float8 - ${input.clockToleranceMs}, false)
             or coalesce(w.today > (a.evidence #>> '{frequency,perDay}')::int, false) as violated,
           format('contact number %s of its day, %s ms after the last; allowed %s', w.today, round(w.gap_ms),
                  a.evidence -> 'frequency') as detail
    from (${everyContactOf(sql, input)}) a
    left join (${everyContactOf(sql, input)}) call
      on call.row = a.row and call.attempt_no = a.attempt_no and call.step = 0 and call.address = a.address
    cross join lateral (
      select max(case when z.zone is null then null else d.n end) as today, min(d.gap_ms) as gap_ms
      from (select jsonb_array_elements_text(coalesce(
              nullif(a.evidence #> '{hours,zones}', 'null'), call.evidence #> '{hours,zones}', '[null]')) as zone) z
      cross join lateral (
        select 1 + count(*) filter (where (o.reserved_at at time zone coalesce(z.zone, 'UTC'))::date
                                        = (a.reserved_at at time zone coalesce(z.zone, 'UTC'))::date) as n,
               extract(epoch from a.reserved_at - max(o.reserved_at)) * 1000 as gap_ms
        from attempts o
        where o.account_id = ${input.accountId} and o.address = a.address and o.medium = a.medium and o.id <> a.id
          and (o.reserved_at, o.id) < (a.reserved_at, a.id) and o.reserved_at > a.reserved_at - interval '8 days'
          and o.direction = 'out' and o.flow_id <> 0 and (o.step = 0 or o.medium <> 'voice')
          and o.outcome is distinct from 'BLOCKED') d) w
    where jsonb_typeof(a.evidence -> 'frequency') = 'object' and (a.step = 0 or a.medium <> 'voice')`,
};

export const PEOPLE_CHECKS: readonly Check[] = [BLACKLIST, SCRUBBED, TRIALS, FREQUENCY];
