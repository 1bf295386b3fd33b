/** The address at which each account takes lists by mail. An account without one takes none. */
import { randomInt } from 'node:crypto';
import { TOKEN_ALPHABET, TOKEN_LENGTH } from '../../domain/mail-in.ts';
import type { Database } from '../client.ts';

export interface MailInAddress {
  token: string;
  createdAt: Date;
}

const drawToken = (): string =>
  Array.from({ length: TOKEN_LENGTH }, () => TOKEN_ALPHABET[randomInt(TOKEN_ALPHABET.length)]).join('');

export async function getMailInAddress(
  db: Database,
  input: { accountId: number },
): Promise<MailInAddress | undefined> {
  const [found] = await db.sql<MailInAddress[]>`
    select token, created_at as "createdAt" from mail_in_addresses where account_id = ${input.accountId}`;
  return found;
}

/** Gives the account a new address. The one before leads nowhere from the commit on. */
export async function drawMailInAddress(db: Database, input: { accountId: number }): Promise<MailInAddress> {
  const [made] = await db.sql<MailInAddress[]>`
    insert into mail_in_addresses (account_id, token) values (${input.accountId}, ${drawToken()})
    on conflict (account_id) do update set token = excluded.token, created_at = now()
    returning token, created_at as "createdAt"`;
  if (!made) throw new Error('an address was drawn and not returned');
  return made;
}

/** @returns false when the account had none */
export async function removeMailInAddress(db: Database, input: { accountId: number }): Promise<boolean> {
  const removed = await db.sql`delete from mail_in_addresses where account_id = ${input.accountId}`;
  return removed.count > 0;
}

/** The accounts whose addresses these are, in order of id. Of all accounts: a mail says no more than the address. */
export async function findMailInAccounts(
  db: Database,
  input: { tokens: readonly string[] },
): Promise<number[]> {
  const rows = await db.sql<{ accountId: number }[]>`
    select account_id as "accountId" from mail_in_addresses
    where token = any(${[...input.tokens]}::text[]) order by account_id`;
  return rows.map((row) => row.accountId);
}
