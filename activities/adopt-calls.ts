/**
 * Takes up calls whose worker has died in the middle of them, within seconds: a person is on the line. Their
 * activity's retry comes later, when the server has noticed; it finds the call carried, here or elsewhere, and
 * waits for its end, or finds it settled. Two workers that see the same orphan: the trunk gives it to
 * one, and the other lets go.
 */
import type { Database } from '../db/client.ts';
import { findKnownCalls, type KnownCall } from '../db/queries/orphans.ts';
import { isCodeAttemptId, stepAttemptId } from '../domain/attempt-id.ts';
import type { Logger } from '../log.ts';
import type { VoiceTrunk } from '../providers/voice/trunk.ts';

export interface AdoptCallsDeps {
  db: Database;
  trunk: VoiceTrunk;
  log: Logger;
  /** Carry one open call to its settlement. */
  adoptPlaced(call: KnownCall, signal: AbortSignal): Promise<void>;
  adoptAnswered(call: KnownCall, signal: AbortSignal): Promise<void>;
}

export interface AdoptCalls {
  /** Looks for orphans once and takes up what it finds. Resolves when they are in hand, not when they have ended. */
  look(signal: AbortSignal): Promise<void>;
  /** Resolves when every call taken up has been settled or let go. */
  idle(): Promise<void>;
}

export function createAdoptCalls(deps: AdoptCallsDeps): AdoptCalls {
  const inHand = new Map<string, Promise<void>>();

  const adopt = (call: KnownCall, signal: AbortSignal): void => {
    if (inHand.has(call.callId)) return;
    deps.log.info({ attemptId: call.attemptId }, 'a call without a carrier is taken up');
    const carry = call.direction === 'in' ? deps.adoptAnswered : deps.adoptPlaced;
    const working = carry(call, signal)
      // The activity's retry is still to come.
      .catch((error) =>
        deps.log.warn({ attemptId: call.attemptId, err: error }, 'a call taken up was not settled here'),
      )
      .finally(() => inHand.delete(call.callId));
    inHand.set(call.callId, working);
  };

  return {
    look: async (signal) => {
      const orphans = (await deps.trunk.orphans()).filter((id) => !inHand.has(id));
      if (orphans.length === 0) return;
      // A call the ledger does not know at all is not ours to touch.
      const known = await findKnownCalls(deps.db, orphans);
      const parents = await findKnownCalls(deps.db, known.filter(isSecond).map(firstCallOf));
      const open = new Set(parents.filter((call) => !call.settled).map((call) => call.attemptId));
      for (const call of known) {
        // The second call of a transfer is its first call's affair, as long as that lasts.
        // What a one-time code's call was to say, only its dead worker knew.
        const isOver =
          call.settled || isCodeAttemptId(call.attemptId) || (isSecond(call) && !open.has(firstCallOf(call)));
        if (isOver) await deps.trunk.drop(call.callId);
        else if (!isSecond(call)) adopt(call, signal);
      }
    },
    idle: async () => {
      await Promise.all(inHand.values());
    },
  };
}

const isSecond = (call: KnownCall): boolean => call.step > 0;

/** Attempt id of the call from inside which this one was placed. */
const firstCallOf = (call: KnownCall): string => stepAttemptId(call.attemptId, 0);
