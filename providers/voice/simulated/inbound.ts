/**
 * Calls to us on the simulated network: tests and trials ring one of our numbers, and the caller's last digit
 * decides what they do once answered, as when they are called (`people.ts`).
 */
import { randomUUID } from 'node:crypto';
import type { CallEnding, CallOrder, InboundOffer, VoiceTrunk } from '../trunk.ts';
import type { SimulatedCall } from './call.ts';
import { CAUSES, callerScript, NETWORK_RING_LIMIT_MS, type Script } from './people.ts';

/** Somebody who calls us. */
export interface SimulatedCaller {
  readonly callId: string;
  /** Hangs up before being answered. Harmless afterwards. */
  giveUp(): void;
  /** How the call ended for them. */
  readonly ended: Promise<CallEnding>;
}

export interface SimulatedVoiceTrunk extends VoiceTrunk {
  /** Rings one of our numbers; resolves once it rings. */
  ring(call: Omit<InboundOffer, 'callId'>): Promise<SimulatedCaller>;
}

/** Whether a trunk is one on which callers can be simulated. */
export const isSimulated = (trunk: VoiceTrunk): trunk is SimulatedVoiceTrunk => 'ring' in trunk;

/** What the caller hears of it. */
const REFUSALS = {
  REJECTED: { outcome: 'DECLINED', cause: CAUSES.rejected },
  BUSY: { outcome: 'BUSY', cause: CAUSES.busy },
  UNALLOCATED: { outcome: 'INVALID', cause: CAUSES.unallocated },
} as const;

interface CallStore {
  /** Writes the call down and begins it. `ended` is told once. */
  begin(order: CallOrder, script: Script, ended: (ending: CallEnding) => void): Promise<SimulatedCall>;
  find(callId: string): SimulatedCall | undefined;
}

export class CallsToUs {
  readonly #store: CallStore;
  #listener: ((offer: InboundOffer) => void) | undefined;
  /** Not answered yet. */
  #ringing = new Map<string, InboundOffer>();

  constructor(store: CallStore) {
    this.#store = store;
  }

  listen(listener: (offer: InboundOffer) => void): void {
    this.#listener = listener;
    for (const offer of [...this.#ringing.values()]) if (this.#store.find(offer.callId)) listener(offer);
  }

  async ring({ did, caller }: Omit<InboundOffer, 'callId'>): Promise<SimulatedCaller> {
    const offer = { callId: `simulated-${randomUUID()}`, did, caller };
    const { callId } = offer;
    let tell: (ending: CallEnding) => void = () => {};
    const ended = new Promise<CallEnding>((resolve) => {
      tell = resolve;
    });
    const call = await this.#store.begin(orderOf(callId, did), callerScript(caller), (ending) => {
      this.#ringing.delete(callId);
      tell(ending);
    });
    this.#ringing.set(callId, offer);
    void call.answered().then(() => this.#ringing.delete(callId));
    if (this.#listener) this.#listener(offer);
    else this.refuse(callId, 'UNALLOCATED');
    return {
      callId,
      giveUp: () => call.endUnanswered('ABANDONED', CAUSES.clearing),
      ended,
    };
  }

  refuse(callId: string, cause: keyof typeof REFUSALS): void {
    const refusal = REFUSALS[cause];
    this.#store.find(callId)?.endUnanswered(refusal.outcome, refusal.cause);
  }
}

/** The limit of the whole call comes with its acceptance. */
const orderOf = (callId: string, did: string): CallOrder => ({
  attemptId: callId,
  to: did,
  callerId: undefined,
  ringTimeoutMs: NETWORK_RING_LIMIT_MS,
  maxCallMs: Number.POSITIVE_INFINITY,
  detectMachine: false,
  awaitGreetingEnd: false,
  priorAttempts: 0,
});
