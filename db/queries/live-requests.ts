/** Which requests of an account may change from one second to the next. */
import type { Database } from '../client.ts';

const UNENDED = ['IN_PROCESS', 'PAUSED', 'RECEIVED', 'SCHEDULED'] as const;
/** Of each status, the newest: what a dashboard shows. */
const MOST_OF_STATUS = 50;
const NEWEST = 25;

/**
 * @param input.known looked at once more, so that the end of each is seen
 * @returns ids, the newest first, of the newest requests, ended or not, and of the newest that have not ended
 */
export async function watchedRequests(
  db: Database,
  input: { accountId: number; known: readonly number[] },
): Promise<number[]> {
  const { accountId, known } = input;
  const rows = await db.sql<{ id: number }[]>`
    select r.id from unnest(${[...UNENDED]}::request_status[]) as s (status) cross join lateral (
      select id from requests where account_id = ${accountId} and status = s.status
      order by id desc nulls last limit ${MOST_OF_STATUS}) r
    union
    (select id from requests where account_id = ${accountId}
     order by created_at desc nulls last, id desc nulls last limit ${NEWEST})
    union
    select id from requests where account_id = ${accountId} and id = any(${[...known]}::bigint[])
    order by id desc`;
  return rows.map(({ id }) => id);
}
