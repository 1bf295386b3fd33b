/** Puts a worker's parts together: the one place where activities meet what they depend on. */

import { type AdoptCalls, createAdoptCalls } from '../activities/adopt-calls.ts';
import { createAnswerCall } from '../activities/answer-call.ts';
import { createBatcher } from '../activities/batcher.ts';
import { callWebhook } from '../activities/carry-out/webhook.ts';
import { type Activities, createActivities } from '../activities/index.ts';
import { createLines, type Lines } from '../activities/lines.ts';
import { createPlaceCall, type PlaceCallDeps } from '../activities/place-call.ts';
import { createTurnstile } from '../activities/turnstile.ts';
import type { Database } from '../db/client.ts';
import { createAccountValues } from '../db/queries/call-context.ts';
import { createFrozen } from '../db/queries/frozen.ts';
import { createPromptSounds } from '../db/queries/prompt-sounds.ts';
import { type Settlement, settleAttempts } from '../db/queries/settle-attempts.ts';
import type { Logger } from '../log.ts';
import type { Providers } from '../providers/index.ts';
import type { DoNotCallRegister } from '../providers/register/register.ts';
import type { Storage } from '../providers/storage/storage.ts';
import { tableRegister } from './do-not-call.ts';

/** Attempts settled in one transaction at the most. */
const SETTLE_BATCH = 200;
/** A call that has ended is in the books this much later. */
const SETTLE_GATHER_MS = 20;

export interface ComposeInput {
  db: Database;
  /** Connections of their own for what is read inside a transaction of `db`: from the same pool it could wait for itself. */
  frozenDb: Database;
  providers: Providers;
  /** Absent: made here. Given where others watch the same lines. */
  lines?: Lines;
  /** Absent: the table of `db`. */
  register?: DoNotCallRegister;
  /** Calls this worker carries at once. */
  voiceSlots?: number;
  storage: Storage;
  log: Logger;
  now?: () => Date;
  /** Base of links in mails. */
  publicUrl: string | undefined;
  /** Flows' webhooks may reach private addresses. */
  privateWebhooks: boolean;
  /** `end` writes a call's journey once, at its end: where calls take no time at all. */
  checkpoints: 'each' | 'end';
}

/** What a worker does: activities, and taking up the calls of workers that have died. */
export interface Composed {
  activities: Activities;
  adoption: AdoptCalls;
}

export function composeWorker(input: ComposeInput): Composed {
  const { db, providers, storage, log, publicUrl, privateWebhooks, checkpoints } = input;
  const now = input.now ?? (() => new Date());
  const lines = input.lines ?? createLines(providers.voice);
  const register = input.register ?? tableRegister(db);
  const frozen = createFrozen(input.frozenDb);
  const settleBatch = createBatcher<Settlement, undefined>(
    async (settlements) => {
      await settleAttempts(db, frozen, settlements);
      return settlements.map(() => undefined);
    },
    SETTLE_BATCH,
    SETTLE_GATHER_MS,
  );
  const calls: PlaceCallDeps = {
    db,
    frozen,
    turnstile: createTurnstile({
      db,
      frozen,
      provider: providers.voice.name,
      lines,
      register,
      // The other half of the slots is for calls whose lines are up.
      mostParked: input.voiceSlots === undefined ? undefined : Math.ceil(input.voiceSlots / 2),
      now,
    }),
    lines,
    accountValues: createAccountValues(db),
    promptSounds: createPromptSounds(db),
    register,
    trunk: providers.voice,
    sms: providers.sms,
    email: providers.email,
    mailFrom: providers.mailFrom,
    settle: settleBatch,
    webhook: (effect, options) => callWebhook(effect, { ...options, allowPrivateAddresses: privateWebhooks }),
    checkpoints,
    now,
    log,
  };
  const placing = createPlaceCall(calls);
  const answering = createAnswerCall(calls);
  const activities = createActivities({
    db,
    frozen,
    now,
    placing,
    answering,
    ingest: {
      db,
      storage,
      register,
      log,
    },
    mail: { db, email: providers.email, mailFrom: providers.mailFrom, publicUrl, log },
  });
  const adoption = createAdoptCalls({
    db,
    trunk: providers.voice,
    log,
    adoptPlaced: async ({ requestId, row, reservedAt, ...call }, signal) => {
      if (requestId === null || row === null) throw new Error('a call to a person without its request');
      const attempt = { id: call.attemptId, reservedAt };
      await placing.adopt({ ...call, requestId, row }, attempt, signal);
    },
    adoptAnswered: (call, signal) => answering.adopt(call, signal),
  });
  return { activities, adoption };
}
