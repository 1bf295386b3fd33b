/** Taking the people of one request into another: each is decided anew, against the lists as they are now. */
import { type RowChoice, type TakenRow, takeRows } from '../db/queries/request-lineage.ts';
import { SeenNumbers } from '../domain/row.ts';
import { addRecordsTo, type RecordInput } from './add-records.ts';
import type { Api, ChangeCall } from './endpoint.ts';

const recordOf = ({ number, given, variables, timeZone }: TakenRow): RecordInput => ({
  number: number ?? given,
  variables: variables ?? {},
  ...(timeZone !== null && { timezone: timeZone }),
});

/**
 * Copies rows, in their order, into a request that has none yet. In the change's transaction: a crash leaves neither
 * the request nor any of its rows.
 * @returns how many, by the outcome they ended with; `null` for those that had none
 */
export async function copyRows(
  api: Api,
  call: ChangeCall<unknown, unknown, unknown>,
  from: Omit<RowChoice, 'accountId'>,
  requestId: number,
): Promise<Map<TakenRow['outcome'], number>> {
  const { db, account } = call;
  const taken = new Map<TakenRow['outcome'], number>();
  const seen = new SeenNumbers();
  for await (const rows of takeRows(db, { ...from, accountId: account.id })) {
    await addRecordsTo(db, api.deps, { account, requestId, seen, records: rows.map(recordOf) });
    for (const { outcome } of rows) taken.set(outcome, (taken.get(outcome) ?? 0) + 1);
  }
  return taken;
}
