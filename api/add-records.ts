/** Records that come as JSON: their shape and limits, and how they reach the decision that every row gets. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import type { RowResult } from '../domain/outcome.ts';

/** People in one call, and the bytes they may take. */
export const MAX_RECORDS = 50_000;
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

export interface AddedRecord {
  row: number;
  number: string | null;
  result: RowResult;
  detail: string | null;
}

export async function addRecordsTo(
  _tx: Database,
  _input: { account: Account; requestId: number; records: readonly RecordInput[] },
): Promise<AddedRecord[]> {
  throw new Error('not yet');
}
