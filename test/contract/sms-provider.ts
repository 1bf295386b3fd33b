/** What every SMS provider guarantees. A new gateway passes this suite: `smsProviderContract('name', {...})`. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SmsMessage, SmsProvider, SmsResult } from '../../providers/sms/provider.ts';

export interface SmsUnderTest {
  makeProvider(): Promise<SmsProvider>;
  /** Numbers for which the provider behaves so. Those a provider cannot bring about are left out. */
  people: Partial<Record<SmsResult['outcome'], string>>;
  /** How many messages the gateway itself has counted for an attempt: evidence from outside the provider. */
  sentFor(attemptId: string): Promise<number>;
}

export function smsProviderContract(name: string, given: SmsUnderTest): void {
  describe(`the SMS provider contract: ${name}`, () => {
    let provider: SmsProvider;
    beforeAll(async () => {
      provider = await given.makeProvider();
    });
    afterAll(() => provider.close());

    const anyone = Object.values(given.people)[0] ?? '';
    const message = (over: Partial<SmsMessage> = {}): SmsMessage => ({
      attemptId: randomUUID(),
      to: anyone,
      sender: undefined,
      text: 'Your parcel is here.',
      priorAttempts: 0,
      ...over,
    });

    it.each(Object.entries(given.people))('%s is what becomes of a message to %s', async (outcome, to) => {
      const result = await provider.send(message({ to }));
      expect(result.outcome).toBe(outcome);
      expect(result.cause).not.toBe('');
      expect(result.providerRef).not.toBe('');
    });

    it('one attempt is one message, however often it is sent, and the answer stays the same', async () => {
      const one = message();
      const first = await provider.send(one);
      expect(await provider.send(one)).toEqual(first);
      expect(await given.sentFor(one.attemptId)).toBe(1);
    });

    it('that holds for repetitions at the same moment, too', async () => {
      const one = message();
      const results = await Promise.all([provider.send(one), provider.send(one), provider.send(one)]);
      expect(new Set(results.map(({ providerRef }) => providerRef)).size).toBe(1);
      expect(await given.sentFor(one.attemptId)).toBe(1);
    });

    it('different attempts at one person are different messages', async () => {
      const [first, second] = [await provider.send(message()), await provider.send(message())];
      expect(first.providerRef).not.toBe(second.providerRef);
    });

    it('a text in any script and with line breaks is taken', async () => {
      const result = await provider.send(message({ text: 'नमस्ते 👋\nSee you "soon" & <safely>' }));
      expect(['SENT', 'DELIVERED', 'UNDELIVERED']).toContain(result.outcome);
    });

    it('what can be sent to nobody is REJECTED, not an error', async () => {
      expect((await provider.send(message({ to: 'nobody' }))).outcome).toBe('REJECTED');
    });
  });
}
