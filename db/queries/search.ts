/** What the search box asks for: numbers and addresses anywhere, by look-ups that cost the same at any size. */
import type { Database } from '../client.ts';
import { anywhere, asId } from './flow-choice.ts';

/** Rows of lists with one number that are looked at. A number on more lists than this is somebody's test telephone. */
const MOST_RECORDS = 5_000;

/** Newest requests whose lists have a number (E.164). */
export async function requestsWithNumber(
  db: Database,
  input: { accountId: number; number: string; limit: number },
): Promise<number[]> {
  const rows = await db.sql<{ id: number }[]>`
    select distinct request_id as id from (
      select request_id from records
      where account_id = ${input.accountId} and number = ${input.number} limit ${MOST_RECORDS}) r
    order by request_id desc limit ${input.limit}`;
  return rows.map(({ id }) => id);
}

/** Whether a number or an address is on the blacklist now. */
export async function isBlacklisted(
  db: Database,
  input: { accountId: number; address: string; now: Date },
): Promise<boolean> {
  const { accountId, address, now } = input;
  const rows = await db.sql`
    select 1 from blacklist_phones
    where account_id = ${accountId} and number = ${address} and (expires_at is null or expires_at > ${now})
    union all
    select 1 from blacklist_emails
    where account_id = ${accountId} and email = ${address} and (expires_at is null or expires_at > ${now})`;
  return rows.length > 0;
}

/** A number of ours that people call, by its E.164. */
export async function didByNumber(
  db: Database,
  input: { accountId: number; number: string },
): Promise<{ id: number; flowName: string } | undefined> {
  const [found] = await db.sql<{ id: number; flowName: string }[]>`
    select d.id, f.name as "flowName" from dids d join flows f on f.id = d.flow_id
    where d.account_id = ${input.accountId} and d.number = ${input.number}`;
  return found;
}

export interface FoundFlow {
  id: number;
  name: string;
  type: string;
  publishedVersion: number | null;
}

/** By id or part of a name; names that are or begin with the text come first. */
export async function flowsLike(
  db: Database,
  input: { accountId: number; text: string; limit: number },
): Promise<FoundFlow[]> {
  const { accountId, text, limit } = input;
  const id = asId(text);
  return db.sql<FoundFlow[]>`
    select id, name, type, published_version as "publishedVersion" from flows
    where account_id = ${accountId} and (id = ${id} or name ilike ${anywhere(text)})
    order by (id = ${id}) is true desc, lower(name) = lower(${text}) desc,
             starts_with(lower(name), lower(${text})) desc, name
    limit ${limit}`;
}
