/**
 * When people were contacted, as the limits on how often want to know: asked of the ledger inside the transaction
 * that reserves the next contact, under a lock that keeps others from reserving one meanwhile.
 */
import type { FrequencyLimits } from '../../domain/frequency.ts';
import type { Medium } from '../../domain/outcome.ts';
import type { Sql } from '../client.ts';

/** The account's own limits. @throws Error when there is no such account */
export async function readFrequencyLimits(sql: Sql, accountId: number): Promise<FrequencyLimits> {
  const [found] = await sql<FrequencyLimits[]>`
    select contacts_per_day as "perDay", contact_gap_ms as "gapMs" from accounts where id = ${accountId}`;
  if (!found) throw new Error(`account ${accountId} does not exist`);
  return found;
}

export interface ContactsAsked {
  accountId: number;
  medium: Medium;
  /** E.164 numbers, or mail addresses in lower case. */
  addresses: readonly string[];
  /** Unix ms. */
  since: number;
  /** Not those from this moment on, Unix ms. Absent: up to the present. */
  before?: number;
  /** The last so many of each address. */
  most: number;
}

/**
 * SQL for what counts as a contact, of `attempts a`: whatever of a campaign reached a provider, or is about to. Not
 * what a rule forbade, calls to us, one-time codes (no flow sends them), or the second calls of transfers, which
 * connect somebody who is being talked to with an agent whose number rings all day.
 */
export const isContact = (sql: Sql) => sql`
  a.direction = 'out' and a.flow_id <> 0 and (a.step = 0 or a.medium <> 'voice')
  and a.outcome is distinct from 'BLOCKED'`;

/** When each address was contacted, newest first, Unix ms. Addresses without contacts are not in it. */
export async function readContacts(sql: Sql, asked: ContactsAsked): Promise<Map<string, number[]>> {
  const { accountId, medium, since, before, most } = asked;
  const addresses = [...new Set(asked.addresses)];
  if (addresses.length === 0) return new Map();
  // A probe of the index `attempts_address` for each, whatever the ledger's size.
  const rows = await sql<{ address: string; at: Date }[]>`
    select w.address, c.at from unnest(${addresses}::text[]) as w (address)
    cross join lateral (
      select a.reserved_at as at from attempts a
      where a.account_id = ${accountId} and a.address = w.address and a.reserved_at > ${new Date(since)}
        ${before === undefined ? sql`` : sql`and a.reserved_at < ${new Date(before)}`}
        and a.medium = ${medium} and ${isContact(sql)}
      order by a.reserved_at desc nulls last limit ${most}
    ) c`;
  const contacts = new Map<string, number[]>();
  for (const { address, at } of rows) contacts.set(address, [...(contacts.get(address) ?? []), at.getTime()]);
  return contacts;
}

/**
 * Has reservations of messages to one address take turns until the transaction ends: of two that are decided at the
 * same moment the second sees the first. Calls need it not: they take turns at the account's gate.
 */
export async function lockContacts(
  tx: Sql,
  input: { accountId: number; medium: Medium; address: string },
): Promise<void> {
  const key = `contact/${input.accountId}/${input.medium}/${input.address}`;
  await tx`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
