/**
 * The vocabulary between the interpreter of flows (`step.ts`, pure) and whoever carries out what it asks:
 * one effect at a time goes out, one event comes back. The state is plain JSON, so it can be stored after
 * every step and a call that outlives its worker goes on where it was.
 */

/** Something to say: text for a synthesiser, or a stored prompt by name. */
export type Speech = { kind: 'TEXT'; text: string; language: string } | { kind: 'PROMPT'; prompt: string };

/** What the interpreter wants done next. All text has its variables filled in. */
export type FlowEffect =
  | { type: 'SAY'; speech: Speech[] }
  | {
      type: 'GATHER';
      speech: Speech[];
      minDigits: number;
      maxDigits: number;
      timeoutMs: number;
      interDigitTimeoutMs: number;
      terminators: string;
      bargeIn: boolean;
    }
  | {
      type: 'WEBHOOK';
      method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
      url: string;
      headers: Record<string, string>;
      body: string | undefined;
      timeoutMs: number;
    }
  /** First says the speech, then records the person. `kind` and `widget` make the recording's name. */
  | {
      type: 'RECORD';
      kind: 'RECORD' | 'PLAY_AND_RECORD';
      widget: string;
      speech: Speech[];
      maxMs: number;
      /** Ends it after this long without a voice. 0: never. */
      silenceMs: number;
      /** Keys that end it; `any` is every key, an empty text none. */
      terminators: string;
      beep: boolean;
    }
  /** A second call, connected with this one. `step` as of a message. */
  | { type: 'TRANSFER'; step: number; to: string; callerId: string | undefined; ringTimeoutMs: number }
  /** `step` makes the message's attempt id: the nth message or second call of this attempt, from 1. */
  | { type: 'SEND_SMS'; step: number; to: string; sender: string | undefined; text: string }
  | { type: 'SEND_EMAIL'; step: number; to: string; subject: string; text: string; html: string | undefined }
  /** End the call. The next event is HUNG_UP. */
  | { type: 'HANG_UP' }
  /** The flow is over; nothing more may be asked of the interpreter. */
  | { type: 'END' };

/** What happened. The first event of every run is START; HUNG_UP may come in place of any other. */
export type FlowEvent =
  | { type: 'START'; answeredBy: 'PERSON' | 'MACHINE' }
  | { type: 'SAID' }
  | { type: 'GATHERED'; digits: string; endedBy: 'FULL' | 'TERMINATOR' | 'TIMEOUT' }
  /** `status` 0: no response; `error` says why in one word, e.g. TIMEOUT, REFUSED. `body` is the text of the response, at most 64 KiB. */
  | { type: 'WEBHOOK_REPLIED'; status: number; body: string; error: string | undefined }
  | { type: 'MESSAGE_SETTLED'; outcome: string }
  | RecordedEvent
  /** How the second call ended: ANSWERED once the other has left. */
  | TransferredEvent
  /** `with`: what was under way and has come to its end with the call. It is noted, and leads nowhere. */
  | { type: 'HUNG_UP'; with?: RecordedEvent | TransferredEvent };

/** `durationMs` 0: nothing was heard. `FAILED`: it could not be recorded; `name` may then be empty. */
export interface RecordedEvent {
  type: 'RECORDED';
  name: string;
  durationMs: number;
  endedBy: 'TERMINATOR' | 'SILENCE' | 'LIMIT' | 'HUNG_UP' | 'FAILED';
}
export interface TransferredEvent {
  type: 'TRANSFERRED';
  outcome: string;
}

/** Values a flow may read: `$flow.key.<name>` and `$user.key.<name>`. */
export interface FlowState {
  /** Id of the widget the person is at. */
  widget: string;
  /** Values of `$flow.key.*`: from the list's row, from the person, from webhooks. */
  variables: Record<string, string>;
  /** Attempts left at the current widget (menus and gathers ask again), or whatever else it must remember. */
  memory: Record<string, number>;
  /** Widgets entered so far: a flow that goes round for ever is ended at a limit. */
  entered: number;
  /** Messages sent and second calls begun so far; numbers the next one. */
  messages: number;
  /** Every key pressed, in order. */
  keys: string;
  ended: boolean;
}

/** One line of a person's journey. The runner adds the time. */
export interface JourneyNote {
  widget: string;
  widgetType: string;
  /** What happened: ENTERED, SAID, GATHERED, BRANCHED, SET, WEBHOOK, SMS, EMAIL, RECORDED, TRANSFERRED, HUNG_UP, ENDED, ... */
  event: string;
  data?: Record<string, string | number | boolean>;
}

export interface StepResult {
  state: FlowState;
  effect: FlowEffect;
  notes: JourneyNote[];
}
