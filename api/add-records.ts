/** Records that come as JSON: their shape and limits, and how they reach the decision that every row gets. */
import { z } from '@hono/zod-openapi';
import type { Database } from '../db/client.ts';
import type { Account } from '../db/queries/accounts.ts';
import { type AddedRow, addRecords, MAX_ADDED_ROWS } from '../db/queries/add-records.ts';
import type { SeenNumbers } from '../domain/row.ts';
import { TrialRefused } from '../domain/trial.ts';
import type { Deps } from './context.ts';
import { ApiError } from './errors.ts';

/** People in one call, and the bytes they may take. */
export const MAX_RECORDS = MAX_ADDED_ROWS;
export const RECORDS_LIMIT_BYTES = 25 * 1024 * 1024;

export const recordInput = z
  .strictObject({
    number: z.coerce.string().max(200).openapi({ type: 'string', example: '+919876543210' }),
    variables: z
      .record(z.string().min(1).max(100), z.coerce.string().max(10_000).openapi({ type: 'string' }))
      .optional(),
    timezone: z.string().max(100).optional().openapi({
      description:
        "The person's IANA time zone, such as Asia/Kolkata: their hours follow its clock. Absent: by the number.",
    }),
  })
  .openapi('NewRecord');
export type RecordInput = z.output<typeof recordInput>;

/**
 * Decides and stores records of a request, in the change's transaction.
 * @returns what became of each, in order
 * @throws ApiError FLOW_NOT_RUNNABLE, naming records that a trial may not call
 */
export async function addRecordsTo(
  tx: Database,
  deps: Pick<Deps, 'register'>,
  input: {
    account: Account;
    requestId: number;
    records: readonly RecordInput[];
    /** As `addRecords` takes it. */
    seen?: SeenNumbers;
    /** What the record at a place is called in an error. */
    fieldOf?: (place: number) => string;
  },
): Promise<AddedRow[]> {
  const { fieldOf = (place: number) => `records.${place}` } = input;
  return addRecords(tx, {
    accountId: input.account.id,
    requestId: input.requestId,
    seen: input.seen,
    register: deps.register.asksOutside ? deps.register : undefined,
    rows: input.records.map(({ number, variables = {}, timezone }) => ({
      number,
      variables,
      timeZone: timezone,
    })),
  }).catch((error: unknown) => {
    if (!(error instanceof TrialRefused)) throw error;
    const message = 'is not a whitelisted number of this account';
    const errors = error.rows.map((row) => ({ field: fieldOf(row - 1), message }));
    throw new ApiError('FLOW_NOT_RUNNABLE', `${capital(error.message)}.`, errors);
  });
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);
