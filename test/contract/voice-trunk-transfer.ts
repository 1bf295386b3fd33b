/** What every voice trunk guarantees of transfers: each of the two calls has an ending, and the second is rung once. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DuplicateAttempt, type VoiceCall } from '../../providers/voice/trunk.ts';
import { type Ringing, text } from './voice-trunk-kit.ts';

export function transferContract(ring: Ringing): void {
  const { people } = ring;

  describe('transfer', () => {
    it('connects the person with somebody, and the call goes on when the other leaves', async () => {
      const call = await ring.connect(people.listens);
      const { endedBy, leg } = await ring.transfer(call, people.hangsUpSoon);
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
    ] as const)('to somebody who %s is NOT_CONNECTED, and the call goes on', async (who, outcome, cause) => {
      const call = await ring.connect(people.listens);
      const { endedBy, leg } = await ring.transfer(call, people[who]);
      expect(endedBy).toBe('NOT_CONNECTED');
      expect(leg).toMatchObject({ outcome, answeredAt: undefined });
      expect(leg.cause).toMatch(new RegExp(`^${cause}\\b`));
      expect(await call.say(text('They are not there.'))).toBe('DONE');
      await call.hangUp();
    });

    it('to somebody who does not answer ends at the ring timeout', async () => {
      const call = await ring.connect(people.listens);
      const { endedBy, leg } = await ring.transfer(call, people.ringsOut, { ringTimeoutMs: 2000 });
      expect([endedBy, leg.outcome]).toEqual(['NOT_CONNECTED', 'NO_ANSWER']);
      expect(await call.say(text('They do not answer.'))).toBe('DONE');
      await call.hangUp();
    });

    it('ends when the person hangs up while the other is being rung', async () => {
      const call = await ring.connect(people.hangsUpSoon);
      const { endedBy, leg } = await ring.transfer(call, people.ringsOut);
      expect([endedBy, leg.outcome]).toEqual(['HUNG_UP', 'CANCELLED']);
      expect((await call.ended()).outcome).toBe('ANSWERED');
    });

    it('ends when the person hangs up after the other has answered, or nearly', async () => {
      const call = await ring.connect(people.hangsUpSoon);
      const { endedBy, leg } = await ring.transfer(call, people.listens);
      expect(endedBy).toBe('HUNG_UP');
      expect(['ANSWERED', 'CANCELLED']).toContain(leg.outcome);
    });

    it('ends when we hang up', async () => {
      const call = await ring.connect(people.listens);
      const transferred = ring.transfer(call, people.ringsOut);
      await call.hangUp();
      expect((await transferred).endedBy).toBe('HUNG_UP');
    });

    it('after the end is HUNG_UP, without a second call', async () => {
      const call = await ring.connect(people.listens);
      await call.hangUp();
      await call.ended();
      const legId = randomUUID();
      expect((await ring.transfer(call, people.listens, { legId })).endedBy).toBe('HUNG_UP');
      expect((await ring.trunk.reconcile(legId)).kind).toBe('NEVER_PLACED');
    });

    /** A call that is up. Skips the test of a trunk whose second calls cannot outlive their worker. */
    const joining = async (skip: (note: string) => void) => {
      const call = await ring.connect(people.listens);
      if (call.join === undefined) {
        await call.hangUp();
        skip('this trunk joins no calls');
      }
      return { call, join: async (leg: VoiceCall) => call.join?.(leg) };
    };

    it('that another worker takes up connects the two when the other answers, and the call goes on when they leave', async ({
      skip,
    }) => {
      const { call, join } = await joining(skip);
      const leg = await ring.place(people.hangsUpSoon);
      expect(await Promise.all([join(leg), join(leg)])).toEqual(['OTHER_LEFT', 'OTHER_LEFT']);
      expect(await leg.ended()).toMatchObject({ outcome: 'ANSWERED', answeredAt: expect.any(Date) });
      expect(await call.say(text('They have gone.'))).toBe('DONE');
      await call.hangUp();
    });

    it('that another worker takes up is NOT_CONNECTED when the other does not answer', async ({ skip }) => {
      const { call, join } = await joining(skip);
      expect(await join(await ring.place(people.busy))).toBe('NOT_CONNECTED');
      expect(await call.say(text('They are busy.'))).toBe('DONE');
      await call.hangUp();
    });

    it('that another worker takes up when the person has left ends the second call', async ({ skip }) => {
      const { call, join } = await joining(skip);
      const leg = await ring.place(people.listens);
      await call.hangUp();
      await call.ended();
      expect(await join(leg)).toBe('HUNG_UP');
      expect(['ANSWERED', 'CANCELLED']).toContain((await leg.ended()).outcome);
    });

    it('the second call is placed once for its id, and its ending can be asked for', async () => {
      const call = await ring.connect(people.listens);
      const legId = randomUUID();
      const { leg } = await ring.transfer(call, people.busy, { legId });
      await expect(ring.transfer(call, people.busy, { legId })).rejects.toBeInstanceOf(DuplicateAttempt);
      const found = await ring.trunk.reconcile(legId);
      expect(found).toMatchObject({ kind: 'ENDED', ending: { outcome: leg.outcome, cause: leg.cause } });
      await call.hangUp();
    });
  });
}
