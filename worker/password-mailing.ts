/** Mails links for passwords for as long as a worker lives: `activities/mail-passwords.ts` says how and why so. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type MailPasswordsDeps, mailPasswords } from '../activities/mail-passwords.ts';

const EVERY_MS = 2_000;

/** @returns a function that stops it and waits for what is under way */
export function startPasswordMailing(deps: MailPasswordsDeps): () => Promise<void> {
  const stopping = new AbortController();
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // The next round tries again; a database that is away comes back.
      await mailPasswords(deps).catch((error) =>
        deps.log.warn({ err: error }, 'links for passwords could not be mailed'),
      );
      if (stopping.signal.aborted) return;
      await sleep(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}
