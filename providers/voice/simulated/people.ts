/**
 * The simulated people: who does what, and when, told by the last digit of the number. Pure; times are
 * simulated milliseconds. `call.ts` plays these scripts.
 */
import type { CallEnding, CallOrder, Utterance } from '../trunk.ts';

/** What the person at a number does with one call. */
export type Script =
  /** The call comes to nothing `afterMs` after it was placed. */
  | { kind: 'ENDS'; afterMs: number; outcome: CallEnding['outcome']; cause: string }
  | { kind: 'RINGS_OUT' }
  | {
      kind: 'ANSWERS';
      /** Of ringing. */
      afterMs: number;
      by: 'PERSON' | 'MACHINE';
      /** Between picking up and being told to us as answered. */
      greetingMs: number;
      /** After answering, wherever the flow is. */
      hangsUpAfterMs: number | undefined;
      /** Pressed at every question, and when their voice is being recorded. */
      key: string | undefined;
      /** Speaks without a pause while being recorded. The others say nothing at all. */
      speaks: boolean;
    }
  /** Somebody who calls us, and does the rest once answered. */
  | { kind: 'CALLS_US'; answered: Extract<Script, { kind: 'ANSWERS' }> };

/** Reasons in the words of ITU-T Q.850, which are also what Asterisk reports. */
export const CAUSES = {
  unallocated: '1 unallocated number',
  clearing: '16 normal call clearing',
  busy: '17 user busy',
  noAnswer: '19 no answer from user',
  rejected: '21 call rejected',
  badNumber: '28 invalid number format',
  network: '38 network out of order',
  trunkClosed: '41 temporary failure, the trunk was closed',
  limit: '102 recovery on timer expiry, the call reached its limit',
} as const;

/** A person presses a key this long after a question starts. */
export const KEY_AFTER_MS = 1000;
/** The impatient person (7) hangs up this long after answering. */
export const IMPATIENT_MS = 2000;
/** The tone that says a recording begins. */
export const BEEP_MS = 400;
/** Somebody a person is connected with, and who does not hang up sooner, talks this long. */
export const TALK_MS = 30_000;
/** A machine's greeting, for those who wait for its end. */
export const GREETING_MS = 4000;
/** No network rings for longer, whatever the order says. */
export const NETWORK_RING_LIMIT_MS = 120_000;

/** Between 1.5 and 3.75 s, by the digit before the last: repeatable, and not everybody at once. */
function ringingMs(before: number): number {
  return 1500 + 250 * before;
}

/** The script of the person at `order.to`. A number without any digit is one nobody has. */
export function scriptFor(
  order: Pick<CallOrder, 'to' | 'priorAttempts' | 'detectMachine' | 'awaitGreetingEnd'>,
): Script {
  const digits = order.to.replace(/\D/g, '');
  const last = digits.at(-1);
  const before = digits.at(-2) ?? '0';
  const afterMs = ringingMs(Number(before));
  const listener = {
    kind: 'ANSWERS',
    afterMs,
    by: 'PERSON',
    greetingMs: 0,
    hangsUpAfterMs: undefined,
    key: undefined,
    speaks: last === '0' && before === '9',
  } as const;
  switch (last) {
    case undefined:
      return { kind: 'ENDS', afterMs: 200, outcome: 'INVALID', cause: CAUSES.badNumber };
    case '1':
      return { kind: 'ENDS', afterMs: 400, outcome: 'BUSY', cause: CAUSES.busy };
    case '2':
      return { kind: 'RINGS_OUT' };
    case '3':
      return { kind: 'ENDS', afterMs, outcome: 'DECLINED', cause: CAUSES.rejected };
    case '4':
      return { kind: 'ENDS', afterMs: 200, outcome: 'INVALID', cause: CAUSES.unallocated };
    case '5':
    case '6':
      return { ...listener, key: before, speaks: true };
    case '7':
      return { ...listener, hangsUpAfterMs: IMPATIENT_MS, speaks: true };
    case '8':
      if (order.priorAttempts > 0) return listener;
      return { kind: 'ENDS', afterMs: 600, outcome: 'FAILED', cause: CAUSES.network };
    case '9':
      // Undetected, a machine is served like a person who never presses a key.
      if (!order.detectMachine) return listener;
      return { ...listener, by: 'MACHINE', greetingMs: order.awaitGreetingEnd ? GREETING_MS : 0 };
    default:
      return listener;
  }
}

/** What a caller does: as when called, once they are answered. Those who would not pick up listen to the end. */
export function callerScript(caller: string): Extract<Script, { kind: 'CALLS_US' }> {
  const person = (to: string): Script =>
    scriptFor({ to, priorAttempts: 1, detectMachine: false, awaitGreetingEnd: false });
  const own = person(caller);
  const answered = own.kind === 'ANSWERS' ? own : person('0');
  if (answered.kind !== 'ANSWERS') throw new Error('a listener answers');
  return { kind: 'CALLS_US', answered };
}

/** About 170 words a minute, at six characters a word with its space. */
const SPEECH_MS_PER_CHARACTER = 60;
/** Stored prompts are taken to be this long: the simulated trunk has no audio. */
const PROMPT_MS = 3000;

/** How long it takes to say these, in simulated milliseconds: an estimate. */
export function speechMs(utterances: readonly Utterance[]): number {
  let total = 0;
  for (const utterance of utterances) {
    total += utterance.kind === 'TEXT' ? utterance.text.length * SPEECH_MS_PER_CHARACTER : PROMPT_MS;
  }
  return total;
}
