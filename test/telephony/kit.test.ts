import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import { maySendRaw, type RunningPhones } from '../../telephony/phones.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { type BareAri, bareAri, recordOf, until } from './bare-ari.ts';

const { kit } = await telephonyKit();

describe.skipIf(!kit)('a real Asterisk and simulated telephones', () => {
  let phones: RunningPhones;
  let asterisk: RunningAsterisk;
  let ari: BareAri;

  beforeAll(async () => {
    if (!kit) return;
    phones = await testPhones(kit);
    asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    ari = await bareAri(asterisk, 'kit');
    afterAll(() => ari.close());
  });

  const endOf = (id: string, limitMs?: number) =>
    ari.event((event) => event.type === 'ChannelDestroyed' && event.channel?.id === id, limitMs);
  const answerOf = (id: string) => ari.event((event) => event.type === 'Dial' && isAnswer(event, id));

  test.each([
    { number: '+919800000011', does: 'is busy', cause: 17 },
    { number: '+919800000012', does: 'rings until it is given up', cause: 19 },
    { number: '+919800000013', does: 'declines', cause: 21 },
    { number: '+919800000014', does: 'does not exist', cause: 1 },
    { number: '+919800000018', does: 'cannot be reached at first', cause: 34 },
  ])(
    'a number that $does ends with cause $cause, in events and in the call record',
    async ({ number, cause }) => {
      const id = `refused-${number.slice(-2)}`;
      await ari.call(id, number);
      expect((await endOf(id)).cause).toBe(cause);
      const record = await until(() => whole(recordOf(asterisk, id)));
      expect(record).toEqual([
        { type: 'CHAN_START', cause: undefined },
        { type: 'HANGUP', cause },
      ]);
    },
  );

  test.each([
    { number: '+919800000035', by: 'RFC 4733, or INFO where that needs rights' },
    { number: '+919800000036', by: 'INFO' },
  ])('a key pressed by $by is heard, once', async ({ number }) => {
    const id = `pressed-${number.slice(-2)}`;
    await ari.call(id, number);
    await answerOf(id);
    const isKey = (event: { type: string; channel?: { id: string } }) =>
      event.type === 'ChannelDtmfReceived' && event.channel?.id === id;
    expect((await ari.event(isKey)).digit).toBe('3');
    await ari.ask('DELETE', `/channels/${id}`);
    expect((await endOf(id)).cause).toBe(16);
    expect(ari.events.filter(isKey)).toHaveLength(1);
  });

  test('who hangs up after two seconds ends the call in good order', async () => {
    await ari.call('leaver', '+919800000007');
    await answerOf('leaver');
    expect((await endOf('leaver')).cause).toBe(16);
    expect((await until(() => whole(recordOf(asterisk, 'leaver')))).map(({ type }) => type)).toEqual([
      'CHAN_START',
      'ANSWER',
      'HANGUP',
    ]);
  });

  test('a failing network carries a later attempt', async () => {
    await ari.call('second-try', '+919800000008', { attemptNumber: 2 });
    await answerOf('second-try');
    await ari.ask('DELETE', '/channels/second-try');
    expect((await endOf('second-try')).cause).toBe(16);
  });

  test.each([
    { number: '+919800000010', who: 'a person', status: 'HUMAN' },
    { number: '+919800000019', who: 'an answering machine', status: 'MACHINE' },
  ])('$who is taken for one', async ({ number, status }) => {
    const id = `detected-${number.slice(-2)}`;
    await ari.call(id, number);
    await answerOf(id);
    expect(await ari.ask('POST', `/channels/${id}/continue?context=clarion-detect&extension=detect`)).toBe(
      204,
    );
    const told = await ari.event((event) => event.type === 'StasisStart' && event.args?.[0] === 'detected');
    expect(told.args?.[1]).toBe(status);
    ari.events.splice(0);
    await ari.ask('DELETE', `/channels/${id}`);
  });

  test('every INVITE is written down, with whose attempt it was and which', async () => {
    const before = (await phones.invites()).length;
    const began = Date.now();
    await ari.call('noted', '+919800000021', { attemptNumber: 3 });
    await endOf('noted');
    const invites = (await phones.invites()).slice(before);
    expect(invites).toMatchObject([{ called: '+919800000021', attemptId: 'noted', attemptNumber: 3 }]);
    expect(Math.abs((invites[0]?.at.getTime() ?? 0) - began)).toBeLessThan(5000);
  });
});

function isAnswer(event: object, id: string): boolean {
  return 'dialstatus' in event && event.dialstatus === 'ANSWER' && JSON.stringify(event).includes(id);
}

function whole<T extends { type: string }>(record: T[]): T[] | undefined {
  return record.at(-1)?.type === 'HANGUP' ? record : undefined;
}
