/** The sounds that calls play, looked up no more often than needed: a thousand calls may play one prompt at once. */
import type { Database } from '../client.ts';
import { promptSounds } from './prompts.ts';

/**
 * Storage keys of approved prompts by name; a name that is not among them may not be played.
 * @throws what the database throws, for a prompt that was never seen before
 */
export type FindPromptSounds = (
  accountId: number,
  names: readonly string[],
) => Promise<ReadonlyMap<string, string>>;

/** A prompt that is approved, or taken back, is played, or not any more, this much later. */
const FRESH_MS = 5_000;
/** Of all accounts. More are forgotten and looked up again. */
const MAX_KEPT = 10_000;

interface Kept {
  /** Absent: may not be played. */
  key: string | undefined;
  until: number;
}

export function createPromptSounds(db: Database, now: () => number = Date.now): FindPromptSounds {
  const kept = new Map<string, Kept>();
  const placeOf = (accountId: number, name: string): string => `${accountId}/${name}`;
  return async (accountId, names) => {
    const stale = names.filter((name) => (kept.get(placeOf(accountId, name))?.until ?? 0) <= now());
    if (stale.length > 0) {
      try {
        const found = await promptSounds(db, { accountId, names: stale });
        if (kept.size > MAX_KEPT) kept.clear();
        const until = now() + FRESH_MS;
        for (const name of stale) kept.set(placeOf(accountId, name), { key: found.get(name), until });
      } catch (error) {
        // While the database is away, what was right a while ago is played.
        if (stale.some((name) => !kept.has(placeOf(accountId, name)))) throw error;
      }
    }
    return new Map(
      names.flatMap((name): [string, string][] => {
        const key = kept.get(placeOf(accountId, name))?.key;
        return key === undefined ? [] : [[name, key]];
      }),
    );
  };
}
