/**
 * What a voice trunk is to Clarion, whether Asterisk or simulated. The contract suite in
 * `test/contract/voice-trunk.ts` states what every implementation guarantees.
 */
import type { Readable } from 'node:stream';
import type { VoiceOutcome } from '../../domain/outcome.ts';

/**
 * What to say: text for a speech synthesiser, or a stored prompt. `sound` is the storage key of the prompt's
 * telephone version (8 kHz, mono); absent where nobody has looked it up, as with the simulated trunk.
 */
export type Utterance =
  | { kind: 'TEXT'; text: string; language: string }
  | { kind: 'PROMPT'; prompt: string; sound?: string };

/** A line to a carrier by which a call leaves; the account's trunk settings. */
export interface Line {
  trunkId: number;
  /** What the telephone server calls it: a PJSIP endpoint. */
  endpoint: string;
  /** In order of preference. */
  codecs: string[];
}

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
  /** A machine is reported only when its greeting is over, so that a message can be left after the tone. */
  awaitGreetingEnd: boolean;
  /** Absent: the line the trunk uses for everybody. */
  line?: Line | undefined;
  /**
   * What a person who answers hears first. A trunk that finds it cannot say it places no call and throws
   * CannotSpeak: nobody is rung to hear silence. It is not waited for at length.
   */
  opening?: Utterance[] | undefined;
  /**
   * Nobody is rung after this moment: whoever ordered the call may be taken for dead by then, and another may
   * have placed it. Looked at last of all, when the trunk could ring.
   */
  ringBefore?: Date | undefined;
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

/** `name` without its ending; the trunk adds the format's. */
export interface RecordOrder {
  name: string;
  maxMs: number;
  /** Ends the recording after this long without a voice. 0: never. */
  silenceMs: number;
  /** Keys that end it; `any` stands for every key, an empty text for none. */
  terminators: string;
  beep: boolean;
}

/** `durationMs` 0: nothing was heard, and the file is empty. */
export interface RecordResult {
  endedBy: 'TERMINATOR' | 'SILENCE' | 'LIMIT' | 'HUNG_UP';
  durationMs: number;
}

/** Connects the person with somebody else. `legId` is the second call's own attempt id. */
export interface TransferOrder {
  legId: string;
  /** E.164. */
  to: string;
  callerId: string | undefined;
  ringTimeoutMs: number;
  line?: Line | undefined;
  /** As in `CallOrder`: nobody is rung after this moment. */
  ringBefore?: Date | undefined;
}

/** How the second call ended. `HUNG_UP`: the person left, before or after the other answered. */
export interface TransferResult {
  endedBy: 'OTHER_LEFT' | 'NOT_CONNECTED' | 'HUNG_UP';
  /** Of the second call, for its own line in the ledger. */
  leg: CallEnding;
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
  /** Records what the person says. Resolves when the recording is complete and can be fetched. */
  record(order: RecordOrder): Promise<RecordResult>;
  /**
   * Records both sides from now to the end of the call, under a name without its ending. Harmless when the
   * call is being recorded already or has ended.
   */
  recordAll(name: string): Promise<void>;
  /** Rings somebody else, connects the two, and resolves when either leaves. @throws as `VoiceTrunk.place` does, for the second call */
  transfer(order: TransferOrder): Promise<TransferResult>;
  /**
   * Goes on with a transfer whose worker died: waits for the second call's answer, connects the two, and
   * resolves when either leaves; when the person does, the second call is hung up. Harmless when they are
   * connected already. Absent where a second call cannot outlive its worker.
   * @param leg as `VoiceTrunk.reconcile` found it, LIVE
   */
  join?(leg: VoiceCall): Promise<TransferResult['endedBy']>;
  /** Ends the call. Harmless when it has ended. */
  hangUp(): Promise<void>;
}

/** What became of an attempt that was reserved but never settled. */
export type Reconciliation =
  | { kind: 'LIVE'; call: VoiceCall }
  /**
   * `carriedElsewhere`: while this was being found out a living process other than this one carried the call. It
   * knows more of the call than the trunk does, and is about to settle it.
   */
  | { kind: 'ENDED'; ending: CallEnding; carriedElsewhere?: boolean }
  /** The trunk's own record proves it was never asked, and never will be: it may be placed now. */
  | { kind: 'NEVER_PLACED' }
  | { kind: 'UNKNOWN'; why: string; carriedElsewhere?: boolean };

/** Whether calls can be placed. `why` is for an operator: which server, since when, what it answered. */
export type TrunkState = { up: true } | { up: false; why: string };

/** A recording as the trunk keeps it until it is fetched. */
export interface FetchedRecording {
  /**
   * GSM 06.10, as `.gsm` files hold it: 33 bytes for each 20 ms. May be empty. To be read to its end or destroyed;
   * it fails when the transfer breaks off or stands still.
   */
  data: Readable;
}

/** A call that somebody makes to us. It rings until it is accepted, refused, or given up. */
export interface InboundOffer {
  /** The call's id at the trunk: unique, and what `reconcile` knows it by. */
  callId: string;
  /** As the carrier gave them: what was dialled, and who calls (may be empty or no number at all). */
  did: string;
  caller: string;
}

export interface VoiceTrunk {
  /** Stored with each attempt. */
  readonly name: string;
  /** Whether calls can be placed at all, or by this line. Never waits. */
  state(line?: Line): TrunkState;
  /** Resolves at the next change of `state`, for any line. */
  stateChanged(): Promise<void>;
  /**
   * Asks the network for a call, at most once for an attempt id. Resolves once the trunk has the order.
   * @throws TrunkUnavailable when the trunk certainly did not act
   * @throws CannotSpeak when it did not act, as the order's opening cannot be said
   * @throws DuplicateAttempt when it acted on this id before: reconcile. Any other error leaves the attempt
   * unknown: reconcile too.
   */
  place(order: CallOrder): Promise<VoiceCall>;
  /**
   * Finds out, without acting on the person, what became of an attempt.
   * @param since it was not placed before: how far back a trunk must be able to look to be sure
   * @param signal gives up waiting for a call that somebody else carries; rejects then
   */
  reconcile(attemptId: string, since?: Date, signal?: AbortSignal): Promise<Reconciliation>;
  /**
   * Ids of calls that are up and that nobody carries any more: their process has died. To be reconciled, and
   * so carried on, or hung up with `drop`.
   */
  orphans(): Promise<string[]>;
  /** Ends a call by its id, whoever carries it. Harmless when there is none. */
  drop(callId: string): Promise<void>;
  /** Told of every call to us, also of those that were ringing when it was set. Without a listener calls to us are refused. */
  onInbound(listener: (offer: InboundOffer) => void): void;
  /**
   * Answers a call to us that `reconcile` found LIVE, and bounds it. Does nothing when it is answered already, by
   * whomever, or has ended: the limit runs from the first acceptance.
   */
  accept(callId: string, maxCallMs: number): Promise<void>;
  /** Turns a call to us away before it is answered. */
  refuse(callId: string, cause: 'REJECTED' | 'BUSY' | 'UNALLOCATED'): Promise<void>;
  /**
   * What a recording holds; undefined when the trunk certainly has none of that name: it is then lost.
   * @param signal breaks the transfer off, also while `data` is read
   * @throws while whoever may have it does not answer
   */
  fetchRecording(name: string, signal?: AbortSignal): Promise<FetchedRecording | undefined>;
  /** Frees the trunk of a recording that is kept elsewhere now. Harmless when there is none. */
  forgetRecording(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The trunk certainly did not act, and will not: the attempt waits for its turn again, under the same id. */
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

/**
 * The trunk certainly did not act: the opening of a call cannot be said.
 * NO_SYNTHESISER: nothing can be spoken at present; the line itself is well.
 * THIS_TEXT: these sentences never can be (no voice for the language, too long). Without an opening the call can be placed.
 */
export class CannotSpeak extends Error {
  override name = 'CannotSpeak';
  readonly kind: 'NO_SYNTHESISER' | 'THIS_TEXT';

  constructor(kind: CannotSpeak['kind'], message: string) {
    super(message);
    this.kind = kind;
  }
}
