/**
 * What every voice trunk guarantees, simulated or real. A new trunk passes this suite before it is used:
 * `voiceTrunkContract('name', {...})` in a test file of its own.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type CallEnding,
  type CallOrder,
  DuplicateAttempt,
  type GatherOrder,
  type RecordOrder,
  type TransferOrder,
  type Utterance,
  type VoiceCall,
  type VoiceTrunk,
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

const text = (words: string): Utterance[] => [{ kind: 'TEXT', text: words, language: 'en' }];
/** Longer than anybody in this suite listens. */
const LONG = text('And another thing. '.repeat(60));

const BASIC_QUESTION: GatherOrder = {
  prompts: text('Please press a key now, any key you like, and take your time about it.'),
  minDigits: 1,
  maxDigits: 1,
  timeoutMs: 2000,
  interDigitTimeoutMs: 1000,
  terminators: '#',
  bargeIn: true,
};

const RECORDING: Omit<RecordOrder, 'name'> = { maxMs: 3000, silenceMs: 0, terminators: '', beep: false };

/** GSM 06.10: each frame begins with the same half byte. */
const FRAME_BYTES = 33;
const FRAME_MS = 20;
const isGsm = (data: Buffer): boolean =>
  data.length % FRAME_BYTES === 0 &&
  Array.from({ length: data.length / FRAME_BYTES }, (_, n) => data[n * FRAME_BYTES] ?? 0).every(
    (first) => first >> 4 === 0xd,
  );
const durationOf = (data: Buffer): number => (data.length / FRAME_BYTES) * FRAME_MS;
/** How far a recording's length and the time that was measured may be apart. */
const TOLERANCE_MS = 1000;
/** A recording is there when it is said to be; the one of a whole call within this long after its end. */
const RECORDING_AFTER_MS = 10_000;

const newRecording = (): string => `record_1_1_unknown_919800001240_${randomUUID()}`;

export function voiceTrunkContract(name: string, given: TrunkUnderTest): void {
  const { people, keyDelayMs = 1000 } = given;
  const QUESTION = { ...BASIC_QUESTION, timeoutMs: keyDelayMs + BASIC_QUESTION.timeoutMs };
  describe(`the voice trunk contract: ${name}`, () => {
    let trunk: VoiceTrunk;
    beforeAll(async () => {
      trunk = await given.makeTrunk();
    });
    afterAll(() => trunk.close());

    const place = (to: string, over: Partial<CallOrder> = {}): Promise<VoiceCall> =>
      trunk.place({
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

    /** Places a call and expects it to be answered. */
    const connect = async (to: string, over: Partial<CallOrder> = {}): Promise<VoiceCall> => {
      const call = await place(to, over);
      expect((await call.answered()).kind).toBe('ANSWERED');
      return call;
    };

    /** Places a call and expects it to come to nothing. */
    const fail = async (to: string, over: Partial<CallOrder> = {}): Promise<CallEnding> => {
      const call = await place(to, over);
      const progress = await call.answered();
      if (progress.kind !== 'ENDED') throw new Error(`${to} answered`);
      expect(await call.ended()).toEqual(progress.ending);
      expect(progress.ending.answeredAt).toBeUndefined();
      return progress.ending;
    };

    /** What a recording holds, waited for a while where it is a whole call's. */
    const fetched = async (recording: string): Promise<Buffer> => {
      const giveUpAt = Date.now() + RECORDING_AFTER_MS;
      for (;;) {
        const found = await trunk.fetchRecording(recording);
        if (found !== undefined) return found.data;
        if (Date.now() > giveUpAt) throw new Error(`the trunk has no recording ${recording}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    };

    const transfer = (call: VoiceCall, to: string, over: Partial<TransferOrder> = {}) =>
      call.transfer({ legId: randomUUID(), to, callerId: undefined, ringTimeoutMs: 10_000, ...over });

    describe('how a call ends', () => {
      it('a person who listens to the end is ANSWERED when we hang up', async () => {
        const call = await connect(people.listens);
        expect(await call.say(text('Good morning.'))).toBe('DONE');
        await call.hangUp();
        const ending = await call.ended();
        expect(ending).toMatchObject({ outcome: 'ANSWERED', cause: expect.stringContaining('16') });
        expect(ending.answeredAt).toBeInstanceOf(Date);
        expect(ending.endedAt.getTime()).toBeGreaterThanOrEqual(ending.answeredAt?.getTime() ?? Infinity);
      });

      it.each([
        ['busy', 'BUSY', '17'],
        ['declines', 'DECLINED', '21'],
        ['nobody', 'INVALID', '1'],
      ] as const)('%s is %s, with the cause in Q.850 numbers', async (who, outcome, cause) => {
        const ending = await fail(people[who]);
        expect(ending.outcome).toBe(outcome);
        expect(ending.cause).toMatch(new RegExp(`^${cause}\\b`));
      });

      it('ringing that nobody answers is NO_ANSWER at the ring timeout', async () => {
        expect((await fail(people.ringsOut, { ringTimeoutMs: 2000 })).outcome).toBe('NO_ANSWER');
      });

      it('a network failure is FAILED, and a later attempt gets through', async () => {
        expect((await fail(people.failsAtFirst)).outcome).toBe('FAILED');
        const call = await connect(people.failsAtFirst, { priorAttempts: 1 });
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('a person who hangs up ends the call, as ANSWERED, without anything being asked of it', async () => {
        const call = await connect(people.hangsUpSoon);
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('hanging up while it rings is CANCELLED', async () => {
        const call = await place(people.ringsOut);
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('CANCELLED');
        expect((await call.answered()).kind).toBe('ENDED');
      });

      it('hanging up twice, or after the end, changes nothing', async () => {
        const call = await connect(people.listens);
        await Promise.all([call.hangUp(), call.hangUp()]);
        const ending = await call.ended();
        await call.hangUp();
        expect(await call.ended()).toEqual(ending);
      });

      it('the trunk ends a call that reaches its limit in the middle of a sentence', async () => {
        const call = await connect(people.listens, { maxCallMs: 6000 });
        expect(await call.say(LONG)).toBe('HUNG_UP');
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('the trunk ends a call that reaches its limit while nobody does anything', async () => {
        const call = await connect(people.listens, { maxCallMs: 4000 });
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });
    });

    describe.runIf(given.detectsMachines)('answering machines', () => {
      it('are told from people, and the call ends as MACHINE', async () => {
        const call = await place(people.machine);
        expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'MACHINE' });
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('MACHINE');
      });

      it('are reported when their greeting is over, where that is asked for', async () => {
        const call = await place(people.machine, { awaitGreetingEnd: true });
        expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'MACHINE' });
        expect(await call.say(text('Please ring us back.'))).toBe('DONE');
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('MACHINE');
      });

      it('are served like people where detection is off', async () => {
        const call = await place(people.machine, { detectMachine: false });
        expect(await call.answered()).toMatchObject({ kind: 'ANSWERED', by: 'PERSON' });
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });
    });

    describe('questions', () => {
      it('a key pressed during the question cuts it short and fills the answer', async () => {
        const call = await connect(people.pressesFour);
        expect(await call.gather({ ...QUESTION, prompts: LONG })).toEqual({ digits: '4', endedBy: 'FULL' });
        await call.hangUp();
      });

      it('without barge-in a key pressed during the question counts when it has been asked', async () => {
        const call = await connect(people.pressesFour);
        expect(await call.gather({ ...QUESTION, bargeIn: false })).toEqual({ digits: '4', endedBy: 'FULL' });
        await call.hangUp();
      });

      it('a terminator ends the answer and is no part of it', async () => {
        const call = await connect(people.pressesFour);
        const answer = await call.gather({ ...QUESTION, maxDigits: 4, terminators: '#4' });
        expect(answer).toEqual({ digits: '', endedBy: 'TERMINATOR' });
        await call.hangUp();
      });

      it('an answer shorter than it may be ends when no further key comes', async () => {
        const call = await connect(people.pressesFour);
        expect(await call.gather({ ...QUESTION, maxDigits: 4 })).toEqual({ digits: '4', endedBy: 'TIMEOUT' });
        await call.hangUp();
      });

      it('silence is an empty answer after the timeout, and the call goes on', async () => {
        const call = await connect(people.listens);
        expect(await call.gather(QUESTION)).toEqual({ digits: '', endedBy: 'TIMEOUT' });
        expect(await call.say(text('Then not.'))).toBe('DONE');
        await call.hangUp();
      });

      it('a person who hangs up in the middle of a question ends it', async () => {
        const call = await connect(people.hangsUpSoon);
        expect((await call.gather({ ...QUESTION, prompts: LONG })).endedBy).toBe('HUNG_UP');
      });
    });

    describe('no promise waits for ever', () => {
      it('speech under way ends as HUNG_UP when the person hangs up', async () => {
        const call = await connect(people.hangsUpSoon);
        expect(await call.say(LONG)).toBe('HUNG_UP');
      });

      it('speech under way ends as HUNG_UP when we hang up', async () => {
        const call = await connect(people.listens);
        const said = call.say(LONG);
        await call.hangUp();
        expect(await said).toBe('HUNG_UP');
      });

      it('speech and questions after the end answer HUNG_UP at once', async () => {
        const call = await connect(people.listens);
        await call.hangUp();
        await call.ended();
        expect(await call.say(text('Hello?'))).toBe('HUNG_UP');
        expect(await call.gather(QUESTION)).toEqual({ digits: '', endedBy: 'HUNG_UP' });
      });
    });

    describe('recording the person', () => {
      it('ends at its limit, and the file is GSM of the length that was told', async () => {
        const call = await connect(people.speaks);
        const recording = newRecording();
        const result = await call.record({ ...RECORDING, name: recording });
        expect(result.endedBy).toBe('LIMIT');
        expect(Math.abs(result.durationMs - RECORDING.maxMs)).toBeLessThanOrEqual(TOLERANCE_MS);
        const data = await fetched(recording);
        expect(isGsm(data)).toBe(true);
        expect(Math.abs(durationOf(data) - result.durationMs)).toBeLessThanOrEqual(TOLERANCE_MS);
        expect(await call.say(text('Thank you.'))).toBe('DONE');
        await call.hangUp();
      });

      it.each(['4', '#4', 'any'])('a key ends it where the terminators are %s', async (terminators) => {
        const call = await connect(people.pressesFour);
        const order = { ...RECORDING, name: newRecording(), maxMs: keyDelayMs + 20_000, terminators };
        expect((await call.record(order)).endedBy).toBe('TERMINATOR');
        await call.hangUp();
      });

      it('a key that is no terminator does not end it', async () => {
        const call = await connect(people.pressesFour);
        const order = { ...RECORDING, name: newRecording(), maxMs: keyDelayMs + 2000, terminators: '#' };
        expect((await call.record(order)).endedBy).toBe('LIMIT');
        await call.hangUp();
      });

      it('ends when the person says nothing, and the call goes on', async () => {
        const call = await connect(people.listens);
        const recording = newRecording();
        const order = { ...RECORDING, name: recording, maxMs: 30_000, silenceMs: 2000, beep: true };
        const result = await call.record(order);
        expect(result.endedBy).toBe('SILENCE');
        const data = await fetched(recording);
        expect(isGsm(data)).toBe(true);
        // Whether silence is kept is the trunk's affair, not whether it tells the truth of it.
        expect(data.length === 0).toBe(result.durationMs === 0);
        expect(await call.say(text('Then not.'))).toBe('DONE');
        await call.hangUp();
      });

      it('ends when the person hangs up', async () => {
        const call = await connect(people.hangsUpSoon);
        const recording = newRecording();
        const result = await call.record({ ...RECORDING, name: recording, maxMs: 60_000 });
        expect(result.endedBy).toBe('HUNG_UP');
        const data = await fetched(recording);
        expect(isGsm(data)).toBe(true);
        expect(data.length === 0).toBe(result.durationMs === 0);
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('after the end there is nothing to record', async () => {
        const call = await connect(people.listens);
        await call.hangUp();
        await call.ended();
        const result = await call.record({ ...RECORDING, name: newRecording() });
        expect(result).toEqual({ endedBy: 'HUNG_UP', durationMs: 0 });
      });

      it('several are kept under their own names, until each is forgotten', async () => {
        const call = await connect(people.speaks);
        const [one, two] = [newRecording(), newRecording()];
        for (const name of [one, two]) await call.record({ ...RECORDING, name, maxMs: 1500 });
        await call.hangUp();
        expect((await fetched(one)).length).toBeGreaterThan(0);
        await trunk.forgetRecording(one);
        await trunk.forgetRecording(one);
        expect(await trunk.fetchRecording(one)).toBeUndefined();
        expect((await fetched(two)).length).toBeGreaterThan(0);
      });

      it('a name nobody recorded under has no recording, and forgetting it does no harm', async () => {
        await trunk.forgetRecording(newRecording());
        expect(await trunk.fetchRecording(newRecording())).toBeUndefined();
      });
    });

    describe('recording a whole call', () => {
      it('goes on to the end of the call, through what else is done in it', async () => {
        const call = await connect(people.speaks);
        const [whole, part] = [newRecording(), newRecording()];
        await call.recordAll(whole);
        await call.say(text('Good morning.'));
        const { durationMs } = await call.record({ ...RECORDING, name: part });
        await transfer(call, people.hangsUpSoon);
        await call.say(text('Goodbye.'));
        await call.hangUp();
        await call.ended();
        const data = await fetched(whole);
        expect(isGsm(data)).toBe(true);
        expect(durationOf(data)).toBeGreaterThan(durationMs);
        expect(isGsm(await fetched(part))).toBe(true);
      });

      it('is there when the person hangs up', async () => {
        const call = await connect(people.hangsUpSoon);
        const whole = newRecording();
        await call.recordAll(whole);
        await call.ended();
        expect((await fetched(whole)).length).toBeGreaterThan(0);
      });

      it('asked for twice, or after the end, does no harm', async () => {
        const call = await connect(people.speaks);
        const whole = newRecording();
        await call.recordAll(whole);
        await call.recordAll(whole);
        await call.say(text('Good morning.'));
        await call.hangUp();
        await call.ended();
        await call.recordAll(whole);
        expect((await fetched(whole)).length).toBeGreaterThan(0);
      });
    });

    describe('transfer', () => {
      it('connects the person with somebody, and the call goes on when the other leaves', async () => {
        const call = await connect(people.listens);
        const { endedBy, leg } = await transfer(call, people.hangsUpSoon);
        expect(endedBy).toBe('OTHER_LEFT');
        expect(leg).toMatchObject({ outcome: 'ANSWERED', answeredAt: expect.any(Date) });
        expect(leg.endedAt.getTime()).toBeGreaterThanOrEqual(leg.answeredAt?.getTime() ?? Infinity);
        expect(await call.say(text('They have gone.'))).toBe('DONE');
        await call.hangUp();
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it.each([
        ['busy', 'BUSY', '17'],
        ['declines', 'DECLINED', '21'],
        ['nobody', 'INVALID', '1'],
      ] as const)(
        'to somebody who %s is NOT_CONNECTED, and the call goes on',
        async (who, outcome, cause) => {
          const call = await connect(people.listens);
          const { endedBy, leg } = await transfer(call, people[who]);
          expect(endedBy).toBe('NOT_CONNECTED');
          expect(leg).toMatchObject({ outcome, answeredAt: undefined });
          expect(leg.cause).toMatch(new RegExp(`^${cause}\\b`));
          expect(await call.say(text('They are not there.'))).toBe('DONE');
          await call.hangUp();
        },
      );

      it('to somebody who does not answer ends at the ring timeout', async () => {
        const call = await connect(people.listens);
        const { endedBy, leg } = await transfer(call, people.ringsOut, { ringTimeoutMs: 2000 });
        expect([endedBy, leg.outcome]).toEqual(['NOT_CONNECTED', 'NO_ANSWER']);
        expect(await call.say(text('They do not answer.'))).toBe('DONE');
        await call.hangUp();
      });

      it('ends when the person hangs up while the other is being rung', async () => {
        const call = await connect(people.hangsUpSoon);
        const { endedBy, leg } = await transfer(call, people.ringsOut);
        expect([endedBy, leg.outcome]).toEqual(['HUNG_UP', 'CANCELLED']);
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('ends when the person hangs up after the other has answered, or nearly', async () => {
        const call = await connect(people.hangsUpSoon);
        const { endedBy, leg } = await transfer(call, people.listens);
        expect(endedBy).toBe('HUNG_UP');
        expect(['ANSWERED', 'CANCELLED']).toContain(leg.outcome);
      });

      it('ends when we hang up', async () => {
        const call = await connect(people.listens);
        const transferred = transfer(call, people.ringsOut);
        await call.hangUp();
        expect((await transferred).endedBy).toBe('HUNG_UP');
      });

      it('after the end is HUNG_UP, without a second call', async () => {
        const call = await connect(people.listens);
        await call.hangUp();
        await call.ended();
        const legId = randomUUID();
        expect((await transfer(call, people.listens, { legId })).endedBy).toBe('HUNG_UP');
        expect((await trunk.reconcile(legId)).kind).toBe('NEVER_PLACED');
      });

      it('the second call is placed once for its id, and its ending can be asked for', async () => {
        const call = await connect(people.listens);
        const legId = randomUUID();
        const { leg } = await transfer(call, people.busy, { legId });
        await expect(transfer(call, people.busy, { legId })).rejects.toBeInstanceOf(DuplicateAttempt);
        const found = await trunk.reconcile(legId);
        expect(found).toMatchObject({ kind: 'ENDED', ending: { outcome: leg.outcome, cause: leg.cause } });
        await call.hangUp();
      });
    });

    describe('the state of the trunk', () => {
      it('is up, or calls could not be tried here', () => {
        expect(trunk.state()).toEqual({ up: true });
      });

      it('a call that we carry is no orphan', async () => {
        const attemptId = randomUUID();
        const call = await connect(people.listens, { attemptId });
        expect(await trunk.orphans()).not.toContain(attemptId);
        await call.hangUp();
      });

      it('a call that is dropped ends for whoever carries it', async () => {
        const attemptId = randomUUID();
        const call = await connect(people.listens, { attemptId });
        const said = call.say(LONG);
        await trunk.drop(attemptId);
        expect(await said).toBe('HUNG_UP');
        expect((await call.ended()).outcome).toBe('ANSWERED');
        await trunk.drop(attemptId);
      });

      it('dropping a call that does not exist does no harm', async () => {
        await trunk.drop(randomUUID());
      });
    });

    describe('at most one call for an attempt', () => {
      it('a second order for the same attempt is refused while the call is up', async () => {
        const attemptId = randomUUID();
        const call = await connect(people.listens, { attemptId });
        await expect(place(people.listens, { attemptId })).rejects.toBeInstanceOf(DuplicateAttempt);
        // The refusal leaves the first call as it was.
        expect(await call.say(text('Still here.'))).toBe('DONE');
        await call.hangUp();
      });

      it('of many orders at once for one attempt exactly one is taken', async () => {
        const attemptId = randomUUID();
        const orders = await Promise.allSettled(
          Array.from({ length: 10 }, () => place(people.listens, { attemptId })),
        );
        const taken = orders.flatMap((order) => (order.status === 'fulfilled' ? [order.value] : []));
        expect(taken).toHaveLength(1);
        await taken[0]?.hangUp();
      });

      it('a second order is refused after the call has ended, too', async () => {
        const attemptId = randomUUID();
        await fail(people.busy, { attemptId });
        await expect(place(people.busy, { attemptId })).rejects.toBeInstanceOf(DuplicateAttempt);
      });
    });

    describe('reconciliation', () => {
      it('an attempt the trunk never heard of was NEVER_PLACED', async () => {
        expect(await trunk.reconcile(randomUUID())).toEqual({ kind: 'NEVER_PLACED' });
      });

      it('a call in progress is LIVE and can be taken over', async () => {
        const attemptId = randomUUID();
        const call = await connect(people.listens, { attemptId });
        const found = await trunk.reconcile(attemptId);
        if (found.kind !== 'LIVE') throw new Error(found.kind);
        expect(found.call.attemptId).toBe(attemptId);
        expect((await found.call.answered()).kind).toBe('ANSWERED');
        await found.call.hangUp();
        expect((await call.ended()).outcome).toBe('ANSWERED');
      });

      it('a call that ended is ENDED, with the ending its caller saw', async () => {
        const attemptId = randomUUID();
        const call = await place(people.busy, { attemptId });
        const ending = await call.ended();
        expect(await trunk.reconcile(attemptId)).toEqual({ kind: 'ENDED', ending });
      });
    });
  });
}
