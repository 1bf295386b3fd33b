import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import type { RunningPhones } from '../../telephony/phones.ts';
import { TONE_HERTZ, ulawMs } from '../../telephony/voices.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { type BareAri, bareAri, recordOf, until } from './bare-ari.ts';

const { kit } = await telephonyKit();
const run = promisify(execFile);

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
  const answerOf = (id: string, by = ari) =>
    by.event((event) => event.type === 'Dial' && isAnswer(event, id));

  const toldOf = (id: string) =>
    ari.event(
      ({ type, channel, args }) => type === 'StasisStart' && channel?.id === id && args?.[0] === 'detected',
    );

  test.concurrent.each([
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

  test.concurrent.each([
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

  test.concurrent('who hangs up after two seconds ends the call in good order', async () => {
    await ari.call('leaver', '+919800000007');
    await answerOf('leaver');
    expect((await endOf('leaver')).cause).toBe(16);
    expect((await until(() => whole(recordOf(asterisk, 'leaver')))).map(({ type }) => type)).toEqual([
      'CHAN_START',
      'ANSWER',
      'HANGUP',
    ]);
  });

  test.concurrent('a failing network carries a later attempt', async () => {
    await ari.call('second-try', '+919800000008', { attemptNumber: 2 });
    await answerOf('second-try');
    await ari.ask('DELETE', '/channels/second-try');
    expect((await endOf('second-try')).cause).toBe(16);
  });

  test.concurrent.each([
    { number: '+919800000010', who: 'a person', status: 'HUMAN' },
    { number: '+919800000019', who: 'an answering machine', status: 'MACHINE' },
  ])('$who is taken for one', async ({ number, status }) => {
    const id = `detected-${number.slice(-2)}`;
    await ari.call(id, number);
    await answerOf(id);
    expect(await ari.ask('POST', `/channels/${id}/continue?context=clarion-detect&extension=detect`)).toBe(
      204,
    );
    const told = await toldOf(id);
    expect(told.args?.[1]).toBe(status);
    await ari.ask('DELETE', `/channels/${id}`);
  });

  test.concurrent('every INVITE is written down, with whose attempt it was and which', async () => {
    const began = Date.now();
    await ari.call('noted', '+919800000021', { attemptNumber: 3 });
    await endOf('noted');
    const invites = (await phones.invites()).filter(({ attemptId }) => attemptId === 'noted');
    expect(invites).toMatchObject([{ called: '+919800000021', attemptId: 'noted', attemptNumber: 3 }]);
    expect(Math.abs((invites[0]?.at.getTime() ?? 0) - began)).toBeLessThan(5000);
  });

  test.concurrent('a call whose program dies while it is listened to waits, and comes to whoever adopts it', async () => {
    const dying = await bareAri(asterisk, 'dying');
    await dying.call('adopted', '+919800000050');
    await answerOf('adopted', dying);
    dying.close();
    await ari.ask('POST', '/channels/adopted/continue?context=clarion-detect&extension=detect');
    // Detection is over after a second or two: nobody is there to be told.
    await sleep(3000);
    await ari.ask('POST', '/asterisk/variable?variable=CLARION_HEIR_dying&value=kit');
    const told = await toldOf('adopted');
    expect(told.args?.[1]).toBe('HUMAN');
    await ari.ask('DELETE', '/channels/adopted');
  });

  test.concurrent('a machine is told of only when its greeting is over, where that is asked for', async () => {
    await ari.call('greeting', '+919800000029', { awaitGreetingEnd: true });
    const began = Date.now();
    await answerOf('greeting');
    await ari.ask('POST', '/channels/greeting/continue?context=clarion-detect&extension=detect');
    const told = await toldOf('greeting');
    expect(told.args?.[1]).toBe('MACHINE');
    const greetingMs = ulawMs(join(phones.dir, 'voices/greeting.ulaw'));
    expect(greetingMs).toBeGreaterThan(5000);
    // Pauses between sentences are shorter than those that end it.
    expect(Date.now() - began).toBeGreaterThan(greetingMs);
    await ari.ask('DELETE', '/channels/greeting');
  });

  test.concurrent('what a telephone is heard to say can be recorded: the tone of a number ending in 90 is in it', async ({
    skip,
  }) => {
    if (!kit) return skip();
    await ari.call('hums', '+919800000090');
    await answerOf('hums');
    // A call that was dialled stays in a bridge of Asterisk's own, and only a snoop on it can be recorded.
    await ari.ask('POST', '/channels/hums/snoop/ear?spy=in&app=kit');
    await ari.event((event) => event.type === 'StasisStart' && event.channel?.id === 'ear');
    await ari.ask('POST', '/channels/ear/record?name=hums&format=gsm&maxDurationSeconds=3');
    const file = join(asterisk.recordingsDir, 'hums.gsm');
    await sleep(3500);
    await ari.ask('DELETE', '/channels/hums');
    // Loudness of what a narrow filter lets through at the tone's frequency, and beside it.
    const loudness = async (hertz: number) => {
      const { stderr } = await run(kit.sox, [
        file,
        '-n',
        'trim',
        '1.5',
        '1',
        'bandpass',
        String(hertz),
        '20',
        'stat',
      ]);
      return Number(/RMS\s+amplitude:\s+([\d.]+)/.exec(stderr)?.[1]);
    };
    expect(await loudness(TONE_HERTZ)).toBeGreaterThan(0.05);
    expect(await loudness(1300)).toBeLessThan(0.01);
  });
});

function isAnswer(event: object, id: string): boolean {
  return 'dialstatus' in event && event.dialstatus === 'ANSWER' && JSON.stringify(event).includes(id);
}

function whole<T extends { type: string }>(record: T[]): T[] | undefined {
  return record.at(-1)?.type === 'HANGUP' ? record : undefined;
}
