/** Claims about the ledger itself: who was contacted how often, in which order, and that the books balance. */
import { attemptsOf, type Check, contactsOf } from './check.ts';

const NUMBERED: Check = {
  name: 'NUMBERED',
  claim: 'The attempts of a row are numbered from 1 without a gap, and the row knows their number.',
  facts: (sql, input) => sql`
    select null::uuid as attempt_id, r.row,
           r.attempts <> coalesce(w.n, 0) or w.n <> coalesce(w.last, 0) as violated,
           format('the row counts %s attempts; the ledger has %s, the last of them number %s',
                  r.attempts, coalesce(w.n, 0), coalesce(w.last, 0)) as detail
    from records r
    left join (select row, count(*) as n, max(attempt_no) as last from (${attemptsOf(sql, input)}) a group by row) w
      on w.row = r.row
    where r.account_id = ${input.accountId} and r.request_id = ${input.requestId}`,
};

const ONE_AT_A_TIME: Check = {
  name: 'ONE_AT_A_TIME',
  claim: 'Nobody is tried again before the attempt before has ended.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, before.settled_at is null or before.settled_at > a.reserved_at as violated,
           format('attempt %s began at %s; the one before ended at %s', a.attempt_no, a.reserved_at,
                  coalesce(before.settled_at::text, 'no time')) as detail
    from (${attemptsOf(sql, input)}) a
    join (${attemptsOf(sql, input)}) before on before.row = a.row and before.attempt_no = a.attempt_no - 1`,
};

const ACCEPTED_ONLY: Check = {
  name: 'ACCEPTED_ONLY',
  claim: 'Only accepted rows are contacted, each at the number that stands in it.',
  facts: (sql, input) => sql`
    select a.id as attempt_id, a.row, r.result is distinct from 'ACCEPTED' or r.number is distinct from a.address as violated,
           format('the row is %s and has another number than was contacted', coalesce(r.result::text, 'not there')) as detail
    from (${contactsOf(sql, input)}) a
    left join records r on r.account_id = ${input.accountId} and r.request_id = ${input.requestId} and r.row = a.row
    where a.medium <> 'email'`,
};

const ONCE_A_NUMBER: Check = {
  name: 'ONCE_A_NUMBER',
  claim: 'No number is accepted twice in the request.',
  facts: (sql, input) => sql`
    select null::uuid as attempt_id, min(r.row) as row, count(*) > 1 as violated,
           format('rows %s have the same number', string_agg(r.row::text, ', ' order by r.row)) as detail
    from records r
    where r.account_id = ${input.accountId} and r.request_id = ${input.requestId} and r.result = 'ACCEPTED'
    group by r.number`,
};

const BOOKS: Check = {
  name: 'BOOKS',
  claim:
    'Every row of the list is answered for, counters and rows agree, and a closed request has nothing left open.',
  facts: (sql, input) => sql`
    select null::uuid as attempt_id, null::int as row,
           q.rows <> q.loaded or q.accepted <> q.added or q.tallied <> q.ended
             or (q.closed and (q.ended < q.accepted or q.unsettled > 0)) as violated,
           format('loaded %s, rows %s, added %s, accepted %s, ended %s, counted as ended %s, unsettled %s', q.loaded,
                  q.rows, q.added, q.accepted, q.ended, q.tallied, q.unsettled) as detail
    from (
      select w.loaded, w.added, w.ended_at is not null as closed,
             (select coalesce(sum(t.count), 0) from request_tallies t
              where t.account_id = w.account_id and t.request_id = w.id and t.kind = 'outcome') as tallied,
             (select count(*) from (${attemptsOf(sql, input)}) a where a.settled_at is null) as unsettled,
             c.*
      from requests w, lateral (
        select count(*) as rows, count(*) filter (where r.result = 'ACCEPTED') as accepted,
               count(*) filter (where r.result = 'ACCEPTED' and r.ended_at is not null) as ended
        from records r where r.account_id = w.account_id and r.request_id = w.id) c
      where w.account_id = ${input.accountId} and w.id = ${input.requestId}) q`,
};

export const LEDGER_CHECKS: readonly Check[] = [NUMBERED, ONE_AT_A_TIME, ACCEPTED_ONLY, ONCE_A_NUMBER, BOOKS];
