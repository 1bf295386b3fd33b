/** Wrong passwords for one address of mail, from wherever they came: counted before the try, forgotten when it succeeds. */
import type { Database } from '../client.ts';

/**
 * Takes one try, in one statement: tries at the same moment are counted one by one.
 * @param input.emailHash SHA-256 of the address in lower case: no list of those who are attacked
 * @returns seconds until tries are left again; undefined when this one may be made
 */
export async function takeSignInTry(
  db: Database,
  input: { emailHash: string; most: number; windowSeconds: number },
): Promise<number | undefined> {
  const { emailHash, most, windowSeconds } = input;
  const [taken] = await db.sql<{ tries: number; waitSeconds: number }[]>`
    insert into sign_in_tries as t (email_hash, tries, since) values (${emailHash}, 1, now())
    on conflict (email_hash) do update set
      tries = case when t.since < now() - ${windowSeconds} * interval '1 second' then 1 else t.tries + 1 end,
      since = case when t.since < now() - ${windowSeconds} * interval '1 second' then now() else t.since end
    returning tries, ceil(extract(epoch from since - now()) + ${windowSeconds}::int)::int as "waitSeconds"`;
  if (!taken || taken.tries <= most) return undefined;
  return Math.max(1, taken.waitSeconds);
}

/** A right password, or a new one: what was counted is forgotten, and so is what is old of everybody. */
export async function forgetSignInTries(db: Database, input: { emailHash: string }): Promise<void> {
  await db.sql`
    delete from sign_in_tries where email_hash = ${input.emailHash} or since < now() - interval '1 day'`;
}
