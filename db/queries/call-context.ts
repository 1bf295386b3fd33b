/** What a call that is being carried out needs from the database besides its reservation. */
import type { FlowState } from '../../domain/flow/machine.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Codec, Line } from '../../domain/trunk.ts';
import type { Database } from '../client.ts';

/** An attempt found in the ledger after a crash, with where its flow was at the last checkpoint. */
export interface FoundAttempt {
  flowId: number;
  flowVersion: number;
  number: string;
  variables: Record<string, string>;
  state: FlowState | null;
  /** The line the call left by. Absent: the platform's default line, or a call to us. */
  line: Line | undefined;
}

/** @throws Error when the attempt does not exist */
export async function findAttempt(
  db: Database,
  input: { accountId: number; attemptId: string },
): Promise<FoundAttempt> {
  const [found] = await db.sql<
    {
      flow_id: number;
      flow_version: number;
      address: string;
      variables: Record<string, string> | null;
      state: FlowState | null;
      trunk_id: number | null;
      endpoint: string | null;
      codecs: Codec[] | null;
    }[]
  >`
    select a.flow_id, a.flow_version, a.address, r.variables, j.state, t.id as trunk_id, t.endpoint, t.codecs
    from attempts a
    left join records r on r.account_id = a.account_id and r.request_id = a.request_id and r.row = a.row
    left join journeys j on j.attempt_id = a.id
    left join trunks t on t.account_id = a.account_id and t.id = a.trunk_id
    where a.account_id = ${input.accountId} and a.id = ${input.attemptId}`;
  if (!found) throw new Error(`attempt ${input.attemptId} is not in the ledger`);
  return {
    flowId: found.flow_id,
    flowVersion: found.flow_version,
    number: found.address,
    variables: found.variables ?? {},
    state: found.state,
    line:
      found.trunk_id === null || found.endpoint === null
        ? undefined
        : { trunkId: found.trunk_id, endpoint: found.endpoint, codecs: found.codecs ?? [] },
  };
}

/** How an attempt was settled. */
export interface FoundSettlement {
  outcome: Outcome;
  cause: string;
  answeredAt: Date | undefined;
}

/** @returns undefined while the attempt is open. @throws Error when it does not exist */
export async function findSettlement(
  db: Database,
  input: { accountId: number; attemptId: string },
): Promise<FoundSettlement | undefined> {
  const [found] = await db.sql<{ outcome: Outcome | null; cause: string | null; answered_at: Date | null }[]>`
    select outcome, cause, answered_at from attempts
    where account_id = ${input.accountId} and id = ${input.attemptId}`;
  if (!found) throw new Error(`attempt ${input.attemptId} is not in the ledger`);
  const { outcome, cause, answered_at: answeredAt } = found;
  return outcome === null ? undefined : { outcome, cause: cause ?? '', answeredAt: answeredAt ?? undefined };
}

/** `$user.key.*` of an account, and what its webhooks may do. */
export interface AccountValues {
  userValues: Record<string, string>;
  plainHttpWebhooks: boolean;
  /** ISO 3166-1 alpha-2: numbers without a country code are read as this country's. */
  defaultCountry: string;
}

/** A change of an account's values is seen by calls that are answered this much later. */
const FRESH_MS = 5_000;

/** Reads accounts' values, at most once in `FRESH_MS` each: a thousand calls a minute need not ask a thousand times. */
export function createAccountValues(db: Database): (accountId: number) => Promise<AccountValues> {
  const kept = new Map<number, { until: number; values: Promise<AccountValues> }>();
  return (accountId) => {
    const found = kept.get(accountId);
    if (found && found.until > Date.now()) return found.values;
    const values = readAccountValues(db, accountId);
    kept.set(accountId, { until: Date.now() + FRESH_MS, values });
    // A failure is not kept.
    values.catch(() => kept.delete(accountId));
    return values;
  };
}

async function readAccountValues(db: Database, accountId: number): Promise<AccountValues> {
  const [found] = await db.sql<
    { values: Record<string, string>; plain_http_webhooks: boolean; default_country: string }[]
  >`
    select values, plain_http_webhooks, default_country from accounts where id = ${accountId}`;
  if (!found) throw new Error(`account ${accountId} does not exist`);
  return {
    userValues: found.values,
    plainHttpWebhooks: found.plain_http_webhooks,
    defaultCountry: found.default_country,
  };
}
