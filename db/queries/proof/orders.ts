/** Claims about what the operator ordered: the policy of the moment, its retries, start, end and pauses. */
import { attemptsOf, type Check, contactsOf } from './check.ts';

const POLICY_NAMED: Check = {
  name: 'POLICY_NAMED',
  claim: 'Every attempt names a version of the policy that there was when it began, and none was newer.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row,
           a.policy is null or a.policy_at > a.reserved_at + ${input.clockToleranceMs} * interval '1 ms'
             or later.version is not null as violated,
           format('it began at %s under version %s, made at %s; version %s was there', a.reserved_at,
                  coalesce(a.policy_version::text, 'none'), a.policy_at, later.version) as detail
    from (${attemptsOf(sql, input)}) a
    left join lateral (
      select p.version from request_policies p
      where p.account_id = ${input.accountId} and p.request_id = ${input.requestId} and p.version > a.policy_version
        and p.created_at < a.reserved_at - ${input.clockToleranceMs} * interval '1 ms'
      order by p.version desc limit 1) later on true`,
};

/**
 * It is decided when the attempt before ends, by the policy of that moment: one of the versions between those that the
 * two attempts name.
 */
const RETRIES: Check = {
  name: 'RETRIES',
  claim:
    'A further attempt follows an outcome that its policy tries again, within its number and after its interval.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row,
           not exists (
             select 1 from request_policies p
             where p.account_id = ${input.accountId} and p.request_id = ${input.requestId}
               and p.version between before.policy_version and a.policy_version
               and case when before.outcome = 'UNKNOWN' then p.policy ->> 'onUnknown' = 'RETRY'
                        else before.attempt_no <= (p.policy #>> array['retries', before.outcome::text, 'times'])::int
                          and a.reserved_at >= before.settled_at + interval '1 ms'
                            * (p.policy #>> array['retries', before.outcome::text, 'intervalMs'])::float8 end) as violated,
           format('attempt %s began at %s after %s at %s, where the policy says %s', a.attempt_no, a.reserved_at,
                  before.outcome, before.settled_at, a.policy -> 'retries' -> before.outcome::text) as detail
    from (${attemptsOf(sql, input)}) a
    join (${attemptsOf(sql, input)}) before on before.row = a.row and before.attempt_no = a.attempt_no - 1`,
};

const SCHEDULE: Check = {
  name: 'SCHEDULE',
  claim: 'Nobody is contacted before the start, after the end, or after a cancel.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row,
           a.reserved_at < w.start_at or (w.late_at is null and a.reserved_at >= w.end_at)
             or a.reserved_at > w.cancelled_at + ${input.clockToleranceMs} * interval '1 ms'
             or a.reserved_at > w.ended_at as violated,
           format('it began at %s; start %s, end %s, cancelled %s', a.reserved_at, w.start_at, w.end_at, w.cancelled_at)
             as detail
    from (${contactsOf(sql, input)}) a
    join requests w on w.account_id = ${input.accountId} and w.id = ${input.requestId}`,
};

const PAUSES: Check = {
  name: 'PAUSES',
  claim: 'Nobody is contacted while the request is paused.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, p.since is not null as violated,
           format('it began at %s, in the pause from %s to %s', a.reserved_at, p.since, p.until) as detail
    from (${contactsOf(sql, input)}) a
    left join lateral (
      select p.since, p.until
      from (select e.at as since, (select min(n.at) from request_events n
                                   where n.account_id = e.account_id and n.request_id = e.request_id and n.id > e.id
                                     and n.type in ('RESUMED', 'CANCELLED', 'EXPIRED', 'COMPLETED')) as until
            from request_events e
            where e.account_id = ${input.accountId} and e.request_id = ${input.requestId} and e.type = 'PAUSED') p
      where a.reserved_at > p.since + ${input.clockToleranceMs} * interval '1 ms'
        and (p.until is null or a.reserved_at < p.until - ${input.clockToleranceMs} * interval '1 ms')
      limit 1) p on true`,
};

export const ORDER_CHECKS: readonly Check[] = [POLICY_NAMED, RETRIES, SCHEDULE, PAUSES];
