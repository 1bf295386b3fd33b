/**
 * Removes what crashes leave of mails in storage: raw mails that no row names, half-written files, and lists of
 * refused mails. They are people's numbers, and nothing else would ever find them.
 */
import type { Database } from '../db/client.ts';
import { readNamedRawKeys, readRefusedMails } from '../db/queries/incoming-mails.ts';
import type { Storage } from '../providers/storage/storage.ts';

/** Far longer than any mail takes from its file to its row: younger files are left alone. */
const MIN_AGE_MS = 2 * 86_400_000;
const BATCH = 500;

interface SweepDeps {
  db: Database;
  storage: Storage;
  now: () => Date;
}

/** @returns how many files it removed. Killed at any moment, the next sweep goes on */
export async function sweepMails(deps: SweepDeps): Promise<number> {
  const raw = await sweep(deps, 'mails', async (keys) => {
    const named = new Set(await readNamedRawKeys(deps.db, { keys }));
    return keys.filter((key) => !named.has(key));
  });
  // A mail without a verdict may write its lists any time, however old its day: only refused ones are certain.
  const lists = await sweep(deps, 'uploads', async (keys) => {
    const ofMails = keys.flatMap((key) => {
      const id = /^uploads\/[\d-]+\/mail-(\d{1,15})-/.exec(key)?.[1];
      return id === undefined ? [] : [{ key, id: Number(id) }];
    });
    const ids = [...new Set(ofMails.map(({ id }) => id))];
    const refused = new Set(ids.length === 0 ? [] : await readRefusedMails(deps.db, { ids }));
    return ofMails.filter(({ id }) => refused.has(id)).map(({ key }) => key);
  });
  return raw + lists;
}

/** @param unneeded picks, of some keys, those that may go */
async function sweep(
  { storage, now }: SweepDeps,
  folder: string,
  unneeded: (keys: string[]) => Promise<string[]>,
): Promise<number> {
  const newestDay = new Date(now().getTime() - MIN_AGE_MS).toISOString().slice(0, 10);
  let removed = 0;
  let keys: string[] = [];
  const flush = async (): Promise<void> => {
    for (const key of await unneeded(keys)) {
      await storage.remove(key);
      removed += 1;
    }
    keys = [];
  };
  for await (const key of storage.list(folder)) {
    const day = key.split('/')[1] ?? '';
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || day >= newestDay) continue;
    keys.push(key);
    if (keys.length >= BATCH) await flush();
  }
  if (keys.length > 0) await flush();
  return removed;
}
