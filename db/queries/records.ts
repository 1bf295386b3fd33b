/** Rows of a request's list, as they stood and as they ended. */
import { and, asc, eq, gt, inArray, isNotNull, ne } from 'drizzle-orm';
import type { Outcome, RowResult } from '../../domain/outcome.ts';
import type { Database } from '../client.ts';
import { records } from '../schema/index.ts';
import type { RequestKey } from './requests.ts';

export type RecordRow = typeof records.$inferSelect;

export interface RecordFilter extends RequestKey {
  result?: RowResult | undefined;
  /** Any row but accepted ones. */
  rejected?: boolean | undefined;
  outcome?: Outcome | undefined;
  /** E.164. */
  number?: string | undefined;
  /** Only rows above this one. */
  afterRow: number;
  limit: number;
}

/** By row, from above `afterRow`. */
export async function listRecords(db: Database, filter: RecordFilter): Promise<RecordRow[]> {
  return db.orm
    .select()
    .from(records)
    .where(
      and(
        eq(records.accountId, filter.accountId),
        eq(records.requestId, filter.requestId),
        gt(records.row, filter.afterRow),
        filter.result && eq(records.result, filter.result),
        filter.rejected ? ne(records.result, 'ACCEPTED') : undefined,
        filter.outcome && eq(records.outcome, filter.outcome),
        filter.number === undefined ? undefined : eq(records.number, filter.number),
      ),
    )
    .orderBy(asc(records.row))
    .limit(filter.limit);
}

export async function getRecord(
  db: Database,
  key: RequestKey & { row: number },
): Promise<RecordRow | undefined> {
  const [found] = await db.orm
    .select()
    .from(records)
    .where(
      and(
        eq(records.accountId, key.accountId),
        eq(records.requestId, key.requestId),
        eq(records.row, key.row),
      ),
    );
  return found;
}

/** Accepted rows that ended with one of `outcomes`, by row, from above `afterRow`. */
export async function listEndedRecords(
  db: Database,
  input: RequestKey & { outcomes: Outcome[]; afterRow: number; limit: number },
): Promise<Pick<RecordRow, 'row' | 'given' | 'number' | 'variables'>[]> {
  return db.orm
    .select({
      row: records.row,
      given: records.given,
      number: records.number,
      variables: records.variables,
    })
    .from(records)
    .where(
      and(
        eq(records.accountId, input.accountId),
        eq(records.requestId, input.requestId),
        gt(records.row, input.afterRow),
        eq(records.result, 'ACCEPTED'),
        isNotNull(records.endedAt),
        inArray(records.outcome, input.outcomes),
      ),
    )
    .orderBy(asc(records.row))
    .limit(input.limit);
}

/** Names of the variables that a request's rows brought, in alphabetical order. Reads every row once. */
export async function variableNames(
  db: Database,
  input: RequestKey & { rejected: boolean },
): Promise<string[]> {
  const rows = await db.sql<{ name: string }[]>`
    select distinct jsonb_object_keys(variables) as name from records
    where account_id = ${input.accountId} and request_id = ${input.requestId}
      and (not ${input.rejected} or result <> 'ACCEPTED')
    order by name`;
  return rows.map((row) => row.name);
}
