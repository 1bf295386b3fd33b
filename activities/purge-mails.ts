/** Removes the raw form of mails some days after the verdict; the row that says what became of them stays. */
import type { Database } from '../db/client.ts';
import { markPurged, readMailsToPurge } from '../db/queries/incoming-mails.ts';
import type { Storage } from '../providers/storage/storage.ts';

const DAY_MS = 86_400_000;
const BATCH = 200;

/** @returns how many it removed. Killed between file and row it removes the file again, which does no harm */
export async function purgeMails(deps: {
  db: Database;
  storage: Storage;
  keepDays: number;
  now: () => Date;
}): Promise<number> {
  const before = new Date(deps.now().getTime() - deps.keepDays * DAY_MS);
  let removed = 0;
  for (;;) {
    const batch = await readMailsToPurge(deps.db, { before, limit: BATCH });
    for (const mail of batch) {
      await deps.storage.remove(mail.rawKey);
      await markPurged(deps.db, mail);
      removed += 1;
    }
    if (batch.length < BATCH) return removed;
  }
}
