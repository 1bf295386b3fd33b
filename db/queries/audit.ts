/** Who changed what, when, from where. Written in the transaction of the change itself. */
import type { Database } from '../client.ts';
import { auditLog } from '../schema/index.ts';

export interface AuditEntry {
  /** 0 for changes of operations that belong to no account. */
  accountId: number;
  /** `key:<id>`, `user:<id>` or `system`. */
  actor: string;
  /** The caller's network address, where known. */
  address?: string | undefined;
  /** Such as `request.pause`. */
  action: string;
  /** Such as `request/12`. Ids, never a person's number or address. */
  subject: string;
  detail?: Record<string, unknown> | undefined;
}

export async function writeAudit(db: Database, entry: AuditEntry): Promise<void> {
  await db.orm.insert(auditLog).values(entry);
}
