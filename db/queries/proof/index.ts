/** The proof of a request: all claims about it, looked at in one snapshot of the database. */
import type { Database, Sql } from '../../client.ts';
import { type Claim, look, type ProofInput } from './check.ts';
import { HOURS_CHECKS } from './hours.ts';
import { LEDGER_CHECKS } from './ledger.ts';
import { ORDER_CHECKS } from './orders.ts';
import { PEOPLE_CHECKS } from './people.ts';

export type { BuiltInHours, Claim, ProofInput, Violation } from './check.ts';

const CHECKS = [...LEDGER_CHECKS, ...ORDER_CHECKS, ...PEOPLE_CHECKS, ...HOURS_CHECKS];

/** The names of all claims, in the order in which they are looked at. */
export const CLAIMS = CHECKS.map(({ name }) => name);

/** How long one claim may be looked at. */
const TIMEOUT_MS = 60_000;

/**
 * Looks at every claim about a request. Reads all its attempts: some seconds for a hundred thousand.
 * @throws PostgresError 57014 when a claim takes longer than a minute
 */
export async function proveRequest(db: Database, input: ProofInput): Promise<Claim[]> {
  return db.sql.begin('isolation level repeatable read read only', async (transaction) => {
    const sql = transaction as unknown as Sql;
    await sql`select set_config('statement_timeout', ${String(TIMEOUT_MS)}, true)`;
    return lookAtAll(sql, input);
  }) as Promise<Claim[]>;
}

/** As `proveRequest`, in the caller's own transaction. */
export async function lookAtAll(sql: Sql, input: ProofInput): Promise<Claim[]> {
  const claims: Claim[] = [];
  for (const check of CHECKS) claims.push(await look(sql, check, input));
  return claims;
}
