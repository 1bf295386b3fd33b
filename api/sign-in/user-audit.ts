/** What people do about themselves, noted where those who look after them read it. */
import type { Database } from '../../db/client.ts';
import { writeAudit } from '../../db/queries/audit.ts';
import { accountsOfUser } from '../../db/queries/users.ts';

/** Notes in the audit log of each account of a user what they did about themselves. */
export async function auditUser(
  db: Database,
  input: { userId: number; address: string | undefined; action: string },
): Promise<void> {
  const { userId, address, action } = input;
  for (const { id: accountId } of await accountsOfUser(db, { userId })) {
    await writeAudit(db, { accountId, actor: `user:${userId}`, address, action, subject: `user/${userId}` });
  }
}
