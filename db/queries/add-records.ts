/**
 * Rows that come as JSON: with a request, one by one to an open request, or as a single call. Judged by the
 * same decision as the rows of a file, and against the rows the request has already.
 */

import { zoneProblem } from '../../domain/hours/place.ts';
import type { RowResult } from '../../domain/outcome.ts';
import { isBlocked, type RegisterEntry } from '../../domain/register.ts';
import { decideRow, findMissing, hasZeroCharacter, readNumber, SeenNumbers } from '../../domain/row.ts';
import { TrialRows } from '../../domain/trial.ts';
import { areaOf } from '../area-zones.ts';
import { type Database, inTransaction } from '../client.ts';
import {
  copyRecords,
  countRows,
  type IngestKey,
  type NewRecord,
  type ResultCounts,
  readIngestRequest,
  recordLine,
} from './ingest.ts';
import { findRegistered } from './register.ts';
import { lookUp } from './suppression.ts';

/** Rows of one call. The API's own limit is the same. */
export const MAX_ADDED_ROWS = 50_000;

export interface GivenRow {
  /** As it was given; read in the account's default country. */
  number: string;
  variables: Record<string, string>;
  /** IANA zone of the person; blank or absent: by the number. */
  timeZone?: string | undefined;
}

export interface AddedRow {
  /** Its number in the request, from 1. */
  row: number;
  /** E.164; null where the given one is no number. */
  number: string | null;
  result: RowResult;
  detail: string | null;
}

/** A register that is asked instead of the local table. */
export interface AskedRegister {
  lookUp(
    accountId: number,
    numbers: readonly string[],
  ): Promise<{ entries: ReadonlyMap<string, RegisterEntry[]> }>;
}

/** Asked in the caller's transaction: another connection of the same pool might never be free. */
const ownTable = (tx: Database): AskedRegister => ({
  lookUp: (accountId, numbers) => findRegistered(tx, { accountId, numbers }),
});

/**
 * Adds rows and their counts in one transaction, the caller's if there is one. Takes turns with other
 * writers of the same request by locking its row. What stops a request from taking rows (closed, cancelled)
 * is for the caller to check, under the same lock.
 * @throws RangeError for too many rows; TrialRefused, naming places from 1; Error when the account has no such request
 */
export async function addRecords(
  db: Database,
  input: IngestKey & {
    rows: readonly GivenRow[];
    register?: AskedRegister | undefined;
    /** Numbers of all rows the request has, and takes note of these. Absent: the database is asked for them. */
    seen?: SeenNumbers | undefined;
    now?: Date;
  },
): Promise<AddedRow[]> {
  if (input.rows.length > MAX_ADDED_ROWS) {
    throw new RangeError(`at most ${MAX_ADDED_ROWS} rows can be added at once, got ${input.rows.length}`);
  }
  return inTransaction(db, async (tx) => {
    const { accountId, requestId } = input;
    const now = input.now ?? new Date();
    await tx.sql`select 1 from requests where id = ${requestId} and account_id = ${accountId} for update`;
    const request = await readIngestRequest(tx, input, now);
    const { rules } = request;
    const numbers = input.rows.map((given) => readNumber(given.number, rules));
    const e164 = [...new Set(numbers.flatMap((number) => (number ? [number.e164] : [])))];
    const seen = input.seen ?? (await earlierRows(tx, input, e164));
    const listed = await lookUp(tx, { accountId, numbers: e164, now });
    const registered = rules.scrub
      ? (await (input.register ?? ownTable(tx)).lookUp(accountId, e164)).entries
      : new Map<string, RegisterEntry[]>();
    const counts: ResultCounts = {};
    const trial = new TrialRows();
    const records = input.rows.map((given, index): NewRecord => {
      const row = request.loaded + index + 1;
      const malformed = problemOf(given);
      const number = malformed === null ? numbers[index] : undefined;
      const region = number?.region ?? null;
      const area = number ? areaOf(number.e164, region) : null;
      const timeZone = (malformed === null && given.timeZone?.trim()) || null;
      const whitelisted = number !== undefined && listed.whitelisted.has(number.e164);
      const decision = decideRow(
        {
          malformed,
          given: given.number,
          number,
          repeats: number ? seen.meet(number.e164, row) : 0,
          blacklisted: number !== undefined && listed.blacklisted.has(number.e164),
          onRegister: number !== undefined && isBlocked(registered.get(number.e164) ?? [], rules.category),
          whitelisted,
          missingVariable: findMissing(given.variables, rules.required),
          late: number
            ? request.lateOf({ region, timeZone, areaZones: area?.zones, areaCertain: area?.certain })
            : null,
        },
        rules,
      );
      trial.meet(index + 1, decision.result, whitelisted);
      counts[decision.result] = (counts[decision.result] ?? 0) + 1;
      return {
        row,
        ...decision,
        given: malformed === null ? given.number : wellFormed(given.number),
        number: number?.e164 ?? null,
        region,
        timeZone,
        area,
        variables: malformed === null ? JSON.stringify(filled(given.variables)) : '{}',
      };
    });
    if (rules.whitelistedOnly) trial.check();
    await insert(tx, input, records);
    await countRows(tx, input, counts);
    return records.map(({ row, number, result, detail }) => ({ row, number, result, detail }));
  });
}

/** The rows of the request that have one of the numbers already. */
async function earlierRows(tx: Database, key: IngestKey, numbers: string[]): Promise<SeenNumbers> {
  const rows = await tx.sql<{ number: string; row: number }[]>`
    select number, min(row) as row from records
    where account_id = ${key.accountId} and request_id = ${key.requestId} and number = any(${numbers}::text[])
    group by number`;
  const seen = new SeenNumbers();
  for (const { number, row } of rows) seen.meet(number, row);
  return seen;
}

async function insert(tx: Database, key: IngestKey, records: readonly NewRecord[]): Promise<void> {
  if (records.length === 0) return;
  await copyRecords(tx, (copy) => copy.write(records.map((record) => recordLine(key, record)).join('')));
}

/** JSON may carry what PostgreSQL cannot keep: U+0000 and halves of surrogate pairs. */
export function problemOf(given: GivenRow): string | null {
  if (!isText(given.number)) return 'the number holds characters that are not text';
  const at = Object.entries(given.variables).find(([name, value]) => !isText(name) || !isText(value));
  if (at) return `the variable ${wellFormed(at[0])} holds characters that are not text`;
  const zone = given.timeZone?.trim() ?? '';
  return zone === '' ? null : zoneProblem('timezone', wellFormed(zone));
}

const LONE_SURROGATE = /\p{Surrogate}/u;
const isText = (value: string): boolean => !hasZeroCharacter(value) && !LONE_SURROGATE.test(value);
const wellFormed = (value: string): string =>
  value.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\ufffd');

/** Blank values bring nothing, as blank cells of a file do. */
function filled(variables: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value.trim() !== ''));
}
