/** Numbers of ours that people call: kept by their account, and found by whatever a carrier says was dialled. */
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { readDialled } from '../../domain/inbound-number.ts';
import type { Database } from '../client.ts';
import { dids, flows } from '../schema/index.ts';

/** A number with the flow that answers it. */
export interface Did {
  id: number;
  number: string;
  flowId: number;
  flowName: string;
  enabled: boolean;
  createdAt: Date;
  updatedAt: Date;
}

interface DidKey {
  accountId: number;
  id: number;
}

const SHOWN = {
  id: dids.id,
  number: dids.number,
  flowId: dids.flowId,
  flowName: flows.name,
  enabled: dids.enabled,
  createdAt: dids.createdAt,
  updatedAt: dids.updatedAt,
};
const isDid = (key: DidKey) => and(eq(dids.accountId, key.accountId), eq(dids.id, key.id));

export async function getDid(db: Database, key: DidKey): Promise<Did | undefined> {
  const [found] = await db.orm
    .select(SHOWN)
    .from(dids)
    .innerJoin(flows, eq(flows.id, dids.flowId))
    .where(isDid(key));
  return found;
}

/** By id, from above `afterId`. */
export async function listDids(
  db: Database,
  input: {
    accountId: number;
    flowId?: number | undefined;
    number?: string | undefined;
    limit: number;
    afterId?: number | undefined;
  },
): Promise<Did[]> {
  return db.orm
    .select(SHOWN)
    .from(dids)
    .innerJoin(flows, eq(flows.id, dids.flowId))
    .where(
      and(
        eq(dids.accountId, input.accountId),
        input.flowId === undefined ? undefined : eq(dids.flowId, input.flowId),
        input.number === undefined ? undefined : eq(dids.number, input.number),
        input.afterId === undefined ? undefined : gt(dids.id, input.afterId),
      ),
    )
    .orderBy(asc(dids.id))
    .limit(input.limit);
}

/**
 * Adds a number, inside a transaction.
 * @param input.number E.164
 * @param input.most numbers an account may have
 * @returns the new id; `TAKEN` when somebody has the number, `TOO_MANY` when the account has enough
 */
export async function addDid(
  tx: Database,
  input: { accountId: number; number: string; flowId: number; enabled: boolean; most: number },
): Promise<number | 'TAKEN' | 'TOO_MANY'> {
  const { accountId, number, flowId, enabled } = input;
  // Two additions of one account take turns, so that both count.
  await tx.sql`select 1 from accounts where id = ${accountId} for no key update`;
  const [{ count } = { count: 0 }] = await tx.sql<{ count: number }[]>`
    select count(*) as count from dids where account_id = ${accountId}`;
  if (count >= input.most) return 'TOO_MANY';
  const [made] = await tx.orm
    .insert(dids)
    .values({ accountId, number, flowId, enabled })
    .onConflictDoNothing({ target: dids.number })
    .returning({ id: dids.id });
  return made?.id ?? 'TAKEN';
}

/** @returns false when the account has no such number */
export async function updateDid(
  db: Database,
  input: DidKey & { flowId?: number | undefined; enabled?: boolean | undefined },
): Promise<boolean> {
  const { flowId, enabled } = input;
  const changed = await db.orm
    .update(dids)
    .set({ flowId, enabled, updatedAt: sql`now()` })
    .where(isDid(input))
    .returning({ id: dids.id });
  return changed.length > 0;
}

/** @returns false when the account has no such number */
export async function removeDid(db: Database, key: DidKey): Promise<boolean> {
  const removed = await db.orm.delete(dids).where(isDid(key)).returning({ id: dids.id });
  return removed.length > 0;
}

/** Who is called, and what answers. */
export interface DialledDid {
  accountId: number;
  /** E.164. */
  number: string;
  defaultCountry: string;
  flowId: number;
  flowName: string;
  flowVersion: number;
}

/**
 * Finds the number that was dialled, on the whole platform. With a plus it means that number alone. Without
 * one it may be international, or national in the country of the account that has the number; when that could
 * be two different numbers of ours it is neither, so that nobody is put through to somebody else's flow.
 *
 * @param given as the carrier gave it
 * @returns undefined when the number is nobody's, switched off, or its flow cannot be run
 */
export async function findDialledDid(db: Database, given: string): Promise<DialledDid | undefined> {
  const dialled = readDialled(given);
  const international = dialled.international ?? '';
  if (dialled.exact && international === '') return undefined;
  const countries = dialled.exact ? [] : await countriesOfDids(db);
  const national = countries.flatMap((country) => {
    const number = dialled.nationalIn(country);
    return number === undefined ? [] : [{ country, number }];
  });
  const found = await db.sql<(DialledDid & { runnable: boolean })[]>`
    select d.account_id as "accountId", d.number, a.default_country as "defaultCountry", f.id as "flowId",
           f.name as "flowName", f.published_version as "flowVersion",
           d.enabled and f.type = 'inbound' and f.published_version is not null
             and (not f.transactional or (a.transactional_contract and f.approved_version = f.published_version))
             as runnable
    from dids d join accounts a on a.id = d.account_id join flows f on f.id = d.flow_id
    where d.number = ${international}
       or (d.number, a.default_country) in (
         select * from unnest(${national.map((one) => one.number)}::text[],
                              ${national.map((one) => one.country)}::text[]))`;
  const [only] = found;
  if (!only?.runnable || found.length > 1) return undefined;
  const { runnable: _, ...did } = only;
  return did;
}

/** A platform has numbers of a few countries. */
async function countriesOfDids(db: Database): Promise<string[]> {
  const rows = await db.sql<{ country: string }[]>`
    select distinct a.default_country as country from accounts a
    where exists (select 1 from dids d where d.account_id = a.id)`;
  return rows.map((row) => row.country);
}
