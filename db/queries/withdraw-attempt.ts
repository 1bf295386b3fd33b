/**
 * Takes a reservation back whose attempt certainly never reached the provider: the ledger and the record are as
 * before, and the same attempt, under the same id, may be reserved anew when its turn comes. So a line that is
 * away, or a worker that died before it placed the call, costs nobody an attempt.
 *
 * One statement, so that a crash leaves either the reservation or nothing of it:
 * - Before it: the attempt's retry finds the reservation, asks the trunk, and withdraws it then.
 * - After it: the record is due; the attempt's retry, or the next pass of its page, reserves it like any other.
 *
 * `reservedAt` names the reservation. A worker that was held up and withdraws late, when another has withdrawn
 * the same reservation and made a new one whose call may be up, thereby finds nothing to withdraw.
 */
import { attemptId } from '../../domain/attempt-id.ts';
import type { Database } from '../client.ts';

export type Withdrawal =
  | 'WITHDRAWN'
  /** Withdrawn or settled by another: what the attempt is now, the ledger says. */
  | 'NOT_THERE'
  /** The call has a journey, so it was placed whatever the trunk says. Never withdrawn. */
  | 'HAS_BEGUN';

export async function withdrawAttempt(
  db: Database,
  input: { accountId: number; requestId: number; row: number; attemptNo: number; reservedAt: Date },
): Promise<Withdrawal> {
  const { accountId, requestId, row, attemptNo, reservedAt } = input;
  const id = attemptId({ requestId, row, attemptNo, step: 0 });
  const before = attemptNo > 1 ? attemptId({ requestId, row, attemptNo: attemptNo - 1, step: 0 }) : null;
  const [found] = await db.sql<{ withdrawn: boolean; begun: boolean }[]>`
    with withdrawn as (
      delete from attempts a
      where a.id = ${id} and a.account_id = ${accountId} and a.outcome is null and a.reserved_at = ${reservedAt}
        and not exists (select 1 from journeys j where j.attempt_id = a.id)
      returning a.id
    ), closed as (
      delete from open_attempts where attempt_id in (select id from withdrawn)
    ), put_back as (
      update records r set attempts = ${attemptNo - 1}, last_attempt_id = ${before}
      where r.account_id = ${accountId} and r.request_id = ${requestId} and r.row = ${row}
        and r.last_attempt_id in (select id from withdrawn) and r.ended_at is null
    )
    select exists (select 1 from withdrawn) as withdrawn,
           exists (select 1 from journeys j join attempts a on a.id = j.attempt_id
                   where a.id = ${id} and a.account_id = ${accountId} and a.outcome is null
                     and a.reserved_at = ${reservedAt}) as begun`;
  if (found?.withdrawn) return 'WITHDRAWN';
  return found?.begun ? 'HAS_BEGUN' : 'NOT_THERE';
}
