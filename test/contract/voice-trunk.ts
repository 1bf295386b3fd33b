/**
 * What every voice trunk guarantees, simulated or real. A new trunk passes this suite before it is used:
 * `voiceTrunkContract('name', {...})` in a test file of its own.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuplicateAttempt, type GatherOrder, type VoiceTrunk } from '../../providers/voice/trunk.ts';
import { LONG, ringing, type TrunkUnderTest, text } from './voice-trunk-kit.ts';
import { recordingContract } from './voice-trunk-recording.ts';
import { transferContract } from './voice-trunk-transfer.ts';

export { type People, peopleUnder, type TrunkUnderTest } from './voice-trunk-kit.ts';

const BASIC_QUESTION: GatherOrder = {
  prompts: text('Please press a key now, any key you like, and take your time about it.'),
  minDigits: 1,
  maxDigits: 1,
  timeoutMs: 2000,
  interDigitTimeoutMs: 1000,
  terminators: '#',
  bargeIn: true,
};

export function voiceTrunkContract(name: string, given: TrunkUnderTest): void {
  describe(`the voice trunk contract: ${name}`, () => {
    let trunk: VoiceTrunk;
    beforeAll(async () => {
      trunk = await given.makeTrunk();
    });
    afterAll(() => trunk.close());
    const ring = ringing(given, () => trunk);
    const { people, keyDelayMs, place, connect, fail } = ring;
    const QUESTION = { ...BASIC_QUESTION, timeoutMs: keyDelayMs + BASIC_QUESTION.timeoutMs };

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

    recordingContract(ring);
    transferContract(ring);

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
