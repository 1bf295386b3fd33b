/**
 * Links by which a password is set: asked for here, drawn and mailed by a worker, used once. The token itself is in the
 * mail alone.
 */
import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { passwordLinks } from '../schema/index.ts';

/** Asks a worker to mail a link. `accountId` and `invitedBy` are of an invitation. */
export async function askPasswordLink(
  db: Database,
  input: { userId: number; accountId?: number; invitedBy?: string },
): Promise<void> {
  await db.orm.insert(passwordLinks).values(input);
}

/** Links asked for of a user within some seconds, sent or not. */
export async function countPasswordLinks(
  db: Database,
  input: { userId: number; withinSeconds: number },
): Promise<number> {
  const [row] = await db.sql<{ count: number }[]>`
    select count(*)::int as count from password_links
    where user_id = ${input.userId} and created_at > now() - ${input.withinSeconds} * interval '1 second'`;
  return row?.count ?? 0;
}

export interface PasswordLinkMail {
  id: number;
  /** How often it has been begun, this time included. Above 1 an earlier mail may have arrived; its token is void. */
  sends: number;
  email: string;
  userName: string;
  /** Of an invitation. */
  accountName: string | null;
  /** The account that invites does not mail this address. */
  blacklisted: boolean;
  expiresAt: Date;
}

/**
 * Takes the link that has been due the longest and gives it a token, in one statement: of two workers one mails it.
 * @param input.tokenHash SHA-256 of the token that the mail will hold, hex
 */
export async function takePasswordLink(
  db: Database,
  input: {
    tokenHash: string;
    leaseMs: number;
    maxSends: number;
    invitationHours: number;
    forgottenHours: number;
  },
): Promise<PasswordLinkMail | undefined> {
  const { tokenHash, leaseMs, maxSends, invitationHours, forgottenHours } = input;
  await db.sql`
    update password_links set state = 'FAILED', due_at = null, cause = 'begun too often, and never known to have ended'
    where due_at <= now() and sends >= ${maxSends}`;
  const [taken] = await db.sql<PasswordLinkMail[]>`
    with next as (
      select id from password_links where due_at <= now()
      order by due_at, id limit 1 for update skip locked)
    update password_links l
    set state = 'RESERVED', sends = l.sends + 1, token_hash = ${tokenHash},
        due_at = now() + ${leaseMs} * interval '1 millisecond',
        expires_at = now() + interval '1 hour'
          * case when l.account_id is null then ${forgottenHours}::int else ${invitationHours}::int end
    from next, users u
    where l.id = next.id and u.id = l.user_id
    returning l.id, l.sends, u.email, u.name as "userName", l.expires_at as "expiresAt",
              (select name from accounts where id = l.account_id) as "accountName",
              exists (select from blacklist_emails b
                where b.account_id = l.account_id and b.email = u.email
                  and (b.expires_at is null or b.expires_at > now())) as blacklisted`;
  return taken;
}

/** Writes how the mail ended. One that another worker has taken since is left to that one. */
export async function settlePasswordLink(
  db: Database,
  link: Pick<PasswordLinkMail, 'id' | 'sends'>,
  ending:
    | { state: 'SENT' | 'FAILED'; cause: string }
    | { state: 'WAITING'; cause: string; againAfterMs: number },
): Promise<void> {
  const againAfterMs = 'againAfterMs' in ending ? ending.againAfterMs : null;
  await db.sql`
    update password_links
    set state = ${ending.state}, cause = ${ending.cause},
        due_at = now() + ${againAfterMs}::double precision * interval '1 millisecond'
    where id = ${link.id} and state = 'RESERVED' and sends = ${link.sends}`;
}

/** Uses a link up. @returns whose it was; undefined for one that is unknown, used, or too old */
export async function usePasswordLink(
  db: Database,
  input: { tokenHash: string },
): Promise<{ userId: number } | undefined> {
  const [used] = await db.sql<{ userId: number }[]>`
    update password_links set used_at = now(), due_at = null
    where token_hash = ${input.tokenHash} and used_at is null and expires_at > now()
    returning user_id as "userId"`;
  // A password set is the answer to every link that waits.
  if (used) {
    await db.orm
      .update(passwordLinks)
      .set({ expiresAt: new Date(0), dueAt: null })
      .where(and(eq(passwordLinks.userId, used.userId), isNull(passwordLinks.usedAt)));
  }
  return used;
}
