/**
 * What a voice trunk is to Clarion, whether Asterisk or simulated. The contract suite in
 * `test/contract/voice-trunk.ts` states what every implementation guarantees.
 */
import type { VoiceOutcome } from '../../domain/outcome.ts';

/** What to say: text for a speech synthesiser, or the name of a stored prompt. */
export type Utterance = { kind: 'TEXT'; text: string; language: string } | { kind: 'PROMPT'; prompt: string };

export interface CallOrder {
  /** The attempt's id: also the id of the call at the trunk, and the carrier's reference in its records. */
  attemptId: string;
  /** E.164. */
  to: string;
  callerId: string | undefined;
  ringTimeoutMs: number;
  /** The trunk itself ends the call after this long, whatever happens to us. */
  maxCallMs: number;
  detectMachine: boolean;
  /** Attempts of this person before this one; the simulated network fails some numbers only at first. */
  priorAttempts: number;
}

/** How a call ended. `cause` is the network's own reason, for a person to read. */
export interface CallEnding {
  outcome: VoiceOutcome;
  cause: string;
  answeredAt: Date | undefined;
  endedAt: Date;
}

export interface GatherOrder {
  prompts: Utterance[];
  /** For trunks that detect the end of input themselves; fewer digits may still come back. */
  minDigits: number;
  maxDigits: number;
  /** How long to wait for the first key after the prompts have ended. */
  timeoutMs: number;
  interDigitTimeoutMs: number;
  /** Keys that end the input and are not part of it, e.g. `#`. */
  terminators: string;
  /**
   * A key pressed during the prompts cuts them short. Without it the prompts play to their end, and a key
   * pressed meanwhile counts then.
   */
  bargeIn: boolean;
}

/** `digits` may be empty. `HUNG_UP`: the call ended while waiting; `VoiceCall.ended` says how. */
export interface GatherResult {
  digits: string;
  endedBy: 'FULL' | 'TERMINATOR' | 'TIMEOUT' | 'HUNG_UP';
}

export type CallProgress =
  | { kind: 'ANSWERED'; by: 'PERSON' | 'MACHINE'; at: Date }
  | { kind: 'ENDED'; ending: CallEnding };

/** A call in progress. No promise of it waits for ever: each settles at hang-up at the latest. */
export interface VoiceCall {
  readonly attemptId: string;
  /** The first that comes: an answer or the end. */
  answered(): Promise<CallProgress>;
  ended(): Promise<CallEnding>;
  /** Plays in order; resolves when done, or at hang-up. */
  say(utterances: Utterance[]): Promise<'DONE' | 'HUNG_UP'>;
  gather(order: GatherOrder): Promise<GatherResult>;
  /** Ends the call. Harmless when it has ended. */
  hangUp(): Promise<void>;
}

/** What became of an attempt that was reserved but never settled. */
export type Reconciliation =
  | { kind: 'LIVE'; call: VoiceCall }
  | { kind: 'ENDED'; ending: CallEnding }
  /** The trunk's own record proves it was never asked. */
  | { kind: 'NEVER_PLACED' }
  | { kind: 'UNKNOWN'; why: string };

export interface VoiceTrunk {
  /** Stored with each attempt. */
  readonly name: string;
  /**
   * Asks the network for a call, at most once for an attempt id. Resolves once the trunk has the order.
   * @throws TrunkUnavailable when the trunk certainly did not act
   * @throws DuplicateAttempt when it acted on this id before: reconcile. Any other error leaves the attempt
   * unknown: reconcile too.
   */
  place(order: CallOrder): Promise<VoiceCall>;
  /** Finds out, without acting on the person, what became of an attempt. */
  reconcile(attemptId: string): Promise<Reconciliation>;
  close(): Promise<void>;
}

/** The trunk certainly did not act: the attempt may be settled as FAILED and tried again by the policy. */
export class TrunkUnavailable extends Error {
  override name = 'TrunkUnavailable';
}

/**
 * The trunk has had an order with this attempt id before and refuses a second call. What became of the
 * first is for `reconcile` to say: never settle the attempt on the strength of this error.
 */
export class DuplicateAttempt extends Error {
  override name = 'DuplicateAttempt';
}
