/** Sends one-time codes for as long as a worker lives: `activities/verify-phone.ts` says how and why so. */
import { appendFile } from 'node:fs/promises';
import { createPhoneVerifier, type VerifyPhoneDeps } from '../activities/verify-phone.ts';
import { type CodeMedium, purgeCodes } from '../db/queries/whitelist-codes.ts';
import type { Providers } from '../providers/index.ts';

/** Somebody waits for the code with the telephone in hand. */
const EVERY_MS = 1_000;
const PURGE_EVERY_MS = 3_600_000;

/** @returns a function that stops it and waits for what is under way */
export function startCodeSending(deps: VerifyPhoneDeps, media: readonly CodeMedium[]): () => Promise<void> {
  const stopping = new AbortController();
  const verifier = createPhoneVerifier(deps, media);
  let purgedAt = 0;
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      // The next round tries again; a database that is away comes back.
      await verifier
        .look()
        .catch((error) => deps.log.warn({ err: error }, 'codes to send could not be looked for'));
      if (Date.now() - purgedAt > PURGE_EVERY_MS) {
        purgedAt = Date.now();
        await purgeCodes(deps.db, deps.now()).catch((error) =>
          deps.log.warn({ err: error }, 'old codes were not forgotten'),
        );
      }
      if (stopping.signal.aborted) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, EVERY_MS);
        stopping.signal.addEventListener(
          'abort',
          () => {
            clearTimeout(timer);
            resolve();
          },
          { once: true },
        );
      });
    }
    await verifier.idle();
  };
  const running = run();
  return async () => {
    stopping.abort();
    await running;
  };
}

/** Where `clarion whitelist phones add --local` looks, in the data directory. */
export const SIMULATED_CODES = 'simulated-codes.jsonl';

/**
 * Simulated people can read their code out to nobody, so it is put where the developer can see it: one JSON object a
 * line, in a file for this user alone. Codes that went to real telephones are never written down.
 */
export function showSimulated(
  file: string,
  providers: Pick<Providers, 'sms' | 'voice'>,
): VerifyPhoneDeps['show'] {
  return async ({ number, by, code }) => {
    const { name } = by === 'sms' ? providers.sms : providers.voice;
    if (name !== 'simulated') return;
    const line = JSON.stringify({ at: new Date().toISOString(), number, by, code });
    await appendFile(file, `${line}\n`, { mode: 0o600 });
  };
}
