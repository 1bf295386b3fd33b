/** Which requests were made of which, and the rows that one takes from another. */
import { and, asc, desc, eq, gt, inArray, isNotNull } from 'drizzle-orm';
import type { Outcome, RequestSource, RequestStatus, RowResult } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';
import { records, requests } from '../schema/index.ts';
import type { RecordRow } from './records.ts';
import type { RequestKey } from './requests.ts';

export interface DerivedRequest {
  requestId: number;
  source: RequestSource;
  /** Outcomes whose people it took; null for all of them. */
  outcomes: Outcome[] | null;
  status: RequestStatus;
  createdAt: Date;
}

/** Requests made of this one's rows, newest first. */
export async function listDerived(
  db: Database,
  input: RequestKey & { source?: RequestSource; limit: number },
): Promise<DerivedRequest[]> {
  return db.orm
    .select({
      requestId: requests.id,
      source: requests.source,
      outcomes: requests.fromOutcomes,
      status: requests.status,
      createdAt: requests.createdAt,
    })
    .from(requests)
    .where(
      and(
        eq(requests.accountId, input.accountId),
        eq(requests.fromRequestId, input.requestId),
        input.source && eq(requests.source, input.source),
      ),
    )
    .orderBy(desc(requests.id))
    .limit(input.limit);
}

export interface RowChoice extends RequestKey {
  results?: RowResult[] | undefined;
  /** Accepted rows that ended so. */
  outcomes?: Outcome[] | undefined;
}

export type TakenRow = Pick<RecordRow, 'row' | 'given' | 'number' | 'variables' | 'timeZone' | 'outcome'>;

/** Rows read at a time: a fraction of a second of work, a few megabytes. */
const AT_ONCE = 5_000;

/** The rows of a request that are chosen, by row, some thousand at a time. */
export async function* takeRows(db: Database, choice: RowChoice): AsyncGenerator<TakenRow[]> {
  let afterRow = 0;
  for (;;) {
    const rows = await db.orm
      .select({
        row: records.row,
        given: records.given,
        number: records.number,
        variables: records.variables,
        timeZone: records.timeZone,
        outcome: records.outcome,
      })
      .from(records)
      .where(
        and(
          eq(records.accountId, choice.accountId),
          eq(records.requestId, choice.requestId),
          gt(records.row, afterRow),
          choice.results && inArray(records.result, choice.results),
          choice.outcomes &&
            and(
              eq(records.result, 'ACCEPTED'),
              isNotNull(records.endedAt),
              inArray(records.outcome, choice.outcomes),
            ),
        ),
      )
      .orderBy(asc(records.row))
      .limit(AT_ONCE);
    const last = rows.at(-1);
    if (!last) return;
    yield rows;
    afterRow = last.row;
  }
}
