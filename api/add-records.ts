/** Records that come as JSON: their shape and limits, and how they reach the decision that every row gets. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { type AddedRow, addRecords, MAX_ADDED_ROWS } from '../db/queries/add-records.ts';
import type { Deps } from './context.ts';

/** People in one call, and the bytes they may take. */
export const MAX_RECORDS = MAX_ADDED_ROWS;
export const RECORDS_LIMIT_BYTES = 25 * 1024 * 1024;

export const recordInput = z
  .strictObject({
    number: z.coerce.string().max(200).openapi({ type: 'string', example: '+919876543210' }),
    variables: z
      .record(z.string().min(1).max(100), z.coerce.string().max(10_000).openapi({ type: 'string' }))
      .optional(),
  })
  .openapi('NewRecord');
export type RecordInput = z.output<typeof recordInput>;

/** Decides and stores records of a request, in the change's transaction. @returns what became of each, in order */
export async function addRecordsTo(
  tx: Database,
  deps: Pick<Deps, 'register'>,
  input: { account: Account; requestId: number; records: readonly RecordInput[] },
): Promise<AddedRow[]> {
  return addRecords(tx, {
    accountId: input.account.id,
    requestId: input.requestId,
    register: deps.register.asksOutside ? deps.register : undefined,
    rows: input.records.map(({ number, variables = {} }) => ({ number, variables })),
  });
}
