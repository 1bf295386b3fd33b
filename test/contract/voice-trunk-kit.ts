/** What the parts of the voice trunk's contract share: the people who are rung, and ways to ring them. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type {
  CallEnding,
  CallOrder,
  TransferOrder,
  TransferResult,
  Utterance,
  VoiceCall,
  VoiceTrunk,
} from '../../providers/voice/trunk.ts';

/** Numbers whose people behave as named. The digits are those of the simulated people; a trunk may add a prefix. */
export interface People {
  listens: string;
  busy: string;
  ringsOut: string;
  declines: string;
  nobody: string;
  /** Presses 4 at most `keyDelayMs` after the question starts. */
  pressesFour: string;
  /** Speaks, or plays a tone, for as long as the call lasts. */
  speaks: string;
  hangsUpSoon: string;
  failsAtFirst: string;
  machine: string;
}

/** The last digit decides, and for a key and for 0 the digit before it. */
export function peopleUnder(prefix: string): People {
  return {
    listens: `${prefix}40`,
    busy: `${prefix}41`,
    ringsOut: `${prefix}42`,
    declines: `${prefix}43`,
    nobody: `${prefix}44`,
    pressesFour: `${prefix}45`,
    speaks: `${prefix}90`,
    hangsUpSoon: `${prefix}47`,
    failsAtFirst: `${prefix}48`,
    machine: `${prefix}49`,
  };
}

export interface TrunkUnderTest {
  people: People;
  makeTrunk(): Promise<VoiceTrunk>;
  /** Whether the trunk can tell a machine. */
  detectsMachines: boolean;
  /** How long after a question started, at most, the person presses a key. Default 1000. */
  keyDelayMs?: number;
}

export const text = (words: string): Utterance[] => [{ kind: 'TEXT', text: words, language: 'en' }];
/** Longer than anybody in this suite listens. */
export const LONG = text('And another thing. '.repeat(60));

/** The trunk under test, and what its tests do with it. */
export interface Ringing {
  people: People;
  keyDelayMs: number;
  /** There once the tests run. */
  readonly trunk: VoiceTrunk;
  place(to: string, over?: Partial<CallOrder>): Promise<VoiceCall>;
  /** Places a call and expects it to be answered. */
  connect(to: string, over?: Partial<CallOrder>): Promise<VoiceCall>;
  /** Places a call and expects it to come to nothing. */
  fail(to: string, over?: Partial<CallOrder>): Promise<CallEnding>;
  transfer(call: VoiceCall, to: string, over?: Partial<TransferOrder>): Promise<TransferResult>;
}

/** @param trunkNow gives the trunk once it has been made */
export function ringing(given: TrunkUnderTest, trunkNow: () => VoiceTrunk): Ringing {
  const place: Ringing['place'] = (to, over = {}) =>
    trunkNow().place({
      attemptId: randomUUID(),
      to,
      callerId: undefined,
      ringTimeoutMs: 10_000,
      maxCallMs: 600_000,
      detectMachine: true,
      awaitGreetingEnd: false,
      priorAttempts: 0,
      ...over,
    });
  return {
    people: given.people,
    keyDelayMs: given.keyDelayMs ?? 1000,
    get trunk() {
      return trunkNow();
    },
    place,
    connect: async (to, over) => {
      const call = await place(to, over);
      expect((await call.answered()).kind).toBe('ANSWERED');
      return call;
    },
    fail: async (to, over) => {
      const call = await place(to, over);
      const progress = await call.answered();
      if (progress.kind !== 'ENDED') throw new Error(`${to} answered`);
      expect(await call.ended()).toEqual(progress.ending);
      expect(progress.ending.answeredAt).toBeUndefined();
      return progress.ending;
    },
    transfer: (call, to, over) =>
      call.transfer({ legId: randomUUID(), to, callerId: undefined, ringTimeoutMs: 10_000, ...over }),
  };
}
