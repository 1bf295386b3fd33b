/** Whitelisted numbers: asking for the code that proves one, entering it, listing and removing. */
import { CODE_RULES, HOUR_MS, type SentInHour } from '../../domain/one-time-code.ts';
import type { Database } from '../client.ts';

export type CodeState = 'WAITING' | 'SENDING' | 'SENT' | 'FAILED' | 'BLOCKED' | 'EXPIRED' | 'UNKNOWN';

/** The newest code of a number. */
export interface CodeStatus {
  by: 'sms' | 'call';
  state: CodeState;
  askedAt: Date;
  /** Absent until it is sent. */
  expiresAt: Date | null;
  triesLeft: number;
  cause: string | null;
}

export interface WhitelistPhone {
  id: number;
  /** E.164. */
  number: string;
  /** Absent: nobody has entered its code yet, and it is exempt from nothing. */
  verifiedAt: Date | null;
  createdAt: Date;
  /** Absent when none was ever asked for. */
  code: CodeStatus | null;
}

interface Row {
  id: number;
  number: string;
  verified_at: Date | null;
  created_at: Date;
  by: 'sms' | 'call' | null;
  state: CodeState;
  asked_at: Date;
  expires_at: Date | null;
  tries: number;
  cause: string | null;
}

const shown = ({ id, number, by, ...row }: Row): WhitelistPhone => ({
  id,
  number,
  verifiedAt: row.verified_at,
  createdAt: row.created_at,
  code: by && {
    by,
    state: row.state,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    triesLeft: Math.max(0, CODE_RULES.tries - row.tries),
    cause: row.cause,
  },
});

/** In order of id, from above `afterId`; or the one of an id or a number. */
export async function listWhitelistPhones(
  db: Database,
  input: { accountId: number; limit: number; afterId?: number | undefined; id?: number; number?: string },
): Promise<WhitelistPhone[]> {
  const { sql } = db;
  const rows = await sql<Row[]>`
    select p.id::int, p.number, p.verified_at, p.created_at, c.by, c.state, c.asked_at, c.expires_at, c.tries, c.cause
    from whitelist_phones p
    left join lateral (select * from whitelist_codes c where c.account_id = p.account_id and c.phone_id = p.id
                       order by c.id desc limit 1) c on true
    where p.account_id = ${input.accountId} and p.id > ${input.afterId ?? 0}
      ${input.id === undefined ? sql`` : sql`and p.id = ${input.id}`}
      ${input.number === undefined ? sql`` : sql`and p.number = ${input.number}`}
    order by p.id limit ${input.limit}`;
  return rows.map(shown);
}

/**
 * Takes turns with other changes of the account's list, and with other askers of a code for the number, until the
 * transaction ends: limits counted after this hold.
 */
export async function lockWhitelistPhones(
  tx: Database,
  input: { accountId: number; number: string },
): Promise<void> {
  for (const key of [`whitelist-phones/${input.accountId}`, `whitelist-codes/${input.number}`]) {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
  }
}

export async function countWhitelistPhones(db: Database, input: { accountId: number }): Promise<number> {
  const [row] = await db.sql<{ count: number }[]>`
    select count(*)::int as count from whitelist_phones where account_id = ${input.accountId}`;
  return row?.count ?? 0;
}

export async function hasVerifiedPhone(db: Database, input: { accountId: number }): Promise<boolean> {
  const found = await db.sql`
    select 1 from whitelist_phones where account_id = ${input.accountId} and verified_at is not null limit 1`;
  return found.length > 0;
}

/** @returns its id */
export async function insertWhitelistPhone(
  db: Database,
  input: { accountId: number; number: string },
): Promise<number> {
  const [made] = await db.sql<{ id: number }[]>`
    insert into whitelist_phones (account_id, number) values (${input.accountId}, ${input.number})
    returning id::int`;
  if (!made) throw new Error('a whitelisted number was inserted but not returned');
  return made.id;
}

/** Codes asked for within the last hour: by the account, and for the number by any account. */
export async function countCodes(
  db: Database,
  input: { accountId: number; number: string; now: Date },
): Promise<{ account: SentInHour; number: SentInHour }> {
  const since = new Date(input.now.getTime() - HOUR_MS);
  const [found] = await db.sql<{ account: SentInHour; number: SentInHour }[]>`
    with asked as (
      select account_id, number, extract(epoch from asked_at) * 1000 as at from whitelist_codes
      where asked_at > ${since} and (account_id = ${input.accountId} or number = ${input.number}))
    select json_build_object('count', count(*) filter (where account_id = ${input.accountId}),
             'oldest', coalesce(min(at) filter (where account_id = ${input.accountId}), 0),
             'newest', coalesce(max(at) filter (where account_id = ${input.accountId}), 0)) as account,
           json_build_object('count', count(*) filter (where number = ${input.number}),
             'oldest', coalesce(min(at) filter (where number = ${input.number}), 0),
             'newest', coalesce(max(at) filter (where number = ${input.number}), 0)) as number
    from asked`;
  if (!found) throw new Error('codes were counted and no count was answered');
  return found;
}

/** Asks for a code: a worker sends it within seconds. Earlier ones of the number are worth nothing from now on. */
export async function askForCode(
  tx: Database,
  input: { accountId: number; phoneId: number; number: string; by: 'sms' | 'call'; now: Date },
): Promise<void> {
  const { accountId, phoneId, number, by, now } = input;
  await tx.sql`
    insert into whitelist_codes (account_id, phone_id, number, by, asked_at, due_at)
    values (${accountId}, ${phoneId}, ${number}, ${by}, ${now}, ${now})`;
}

/**
 * Counts a try of the newest code of a number, before anybody looks whether it is right: a process that dies in between
 * has used up a try and given none away.
 * @returns undefined when there is no code that can be tried
 */
export async function countTry(
  db: Database,
  input: { accountId: number; phoneId: number; now: Date },
): Promise<{ codeId: number; codeHash: string; triesLeft: number } | undefined> {
  const [tried] = await db.sql<{ codeId: number; codeHash: string; triesLeft: number }[]>`
    update whitelist_codes set tries = tries + 1
    where id = (select max(id) from whitelist_codes
                where account_id = ${input.accountId} and phone_id = ${input.phoneId})
      and state in ('SENDING', 'SENT', 'UNKNOWN') and used_at is null and expires_at > ${input.now}
      and tries < ${CODE_RULES.tries} and code_hash is not null
    returning id::int as "codeId", code_hash as "codeHash", ${CODE_RULES.tries} - tries as "triesLeft"`;
  return tried;
}

/** Marks the code as used and the number as verified. @returns false when the code was used before */
export async function verifyWhitelistPhone(
  tx: Database,
  input: { accountId: number; phoneId: number; codeId: number; now: Date },
): Promise<boolean> {
  const { accountId, phoneId, codeId, now } = input;
  const used = await tx.sql`
    update whitelist_codes set used_at = ${now}
    where account_id = ${accountId} and id = ${codeId} and phone_id = ${phoneId} and used_at is null`;
  if (used.count === 0) return false;
  const verified = await tx.sql`
    update whitelist_phones set verified_at = coalesce(verified_at, ${now})
    where account_id = ${accountId} and id = ${phoneId}`;
  return verified.count > 0;
}

/** @returns false when it was not there. Its codes remain: send limits count them */
export async function removeWhitelistPhone(
  db: Database,
  input: { accountId: number; id: number },
): Promise<boolean> {
  const removed = await db.sql`
    delete from whitelist_phones where account_id = ${input.accountId} and id = ${input.id}`;
  return removed.count > 0;
}
