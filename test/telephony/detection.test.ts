/**
 * Who answers is found out on a real Asterisk, over a set of people's and machines' greetings. The figures are
 * told at every run; with CLARION_DETECTION_TABLE=1 each greeting too.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answeredBy,
  DETECTION_LIMIT_MS,
  GREETING_LIMIT_MS,
} from '../../providers/voice/asterisk/detection.ts';
import type { CallOrder, VoiceCall, VoiceTrunk } from '../../providers/voice/trunk.ts';
import type { RunningAsterisk } from '../../telephony/asterisk.ts';
import { kitSounds, trunkOn } from '../support/asterisk-trunk.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { telephonyKit, testAsterisk, testPhones } from '../support/telephony.ts';
import { makeGreeting } from './greeting-sounds.ts';
import { type Greeting, MACHINES, PEOPLE } from './greetings.ts';

const { kit } = await telephonyKit();
const dir = scratchDir();

/**
 * Share of the set's machines that must be recognised. 17 of 24 are (71%); not so the short ones, the quiet one, and
 * those that say hello and wait, which are like people: hanging up on a person would be worse. Two of them, one in
 * twelve, are left to the chance that a busy computer delays the sound of a call.
 */
const RECOGNISED_AT_LEAST = 15 / 24;
/** What people say who only say hello is shorter than this. */
const SHORT_MS = 1_000;
/** At once: few enough for a small computer to play them all in time. */
const CALLS_AT_ONCE = 30;
/** How long `WaitForSilence` in `telephony/asterisk/extensions.conf` waits for a machine that goes on. */
const PATIENCE_MS = 20_000;

const SENTENCE =
  'We are sorry that nobody can take your call now, but all of us are busy with somebody else. ';
const LONG: Greeting = {
  name: 'seven seconds',
  by: 'MACHINE',
  parts: [
    { say: SENTENCE.slice(0, -1) },
    { pauseMs: 400 },
    { say: 'Speak after the tone.' },
    { pauseMs: 1_200 },
    { beepMs: 500 },
  ],
};
const ENDLESS: Greeting = { name: 'never silent', by: 'MACHINE', parts: [{ say: SENTENCE.repeat(8) }] };
const ALL = [...PEOPLE, ...MACHINES, LONG, ENDLESS];

/** What was made of a greeting. `waitedMs` is from the answer to the verdict; the greeting itself lasts `lengthMs`. */
interface Verdict {
  greeting: Greeting;
  lengthMs: number;
  by: 'PERSON' | 'MACHINE';
  status: string;
  cause: string;
  waitedMs: number;
}

describe.skipIf(!kit)('detection of answering machines', () => {
  let asterisk: RunningAsterisk;
  let trunk: VoiceTrunk;
  /** How long each greeting lasts. */
  const lengthsMs = new Map<Greeting, number>();
  const verdicts: Verdict[] = [];

  const digits = (greeting: Greeting) => String(500 + ALL.indexOf(greeting));
  const file = (greeting: Greeting) => join(dir, `greeting-${ALL.indexOf(greeting)}.ulaw`);

  beforeAll(async () => {
    if (!kit) return;
    for (const greeting of ALL) lengthsMs.set(greeting, await makeGreeting(kit, greeting, file(greeting)));
    const voices = ALL.map((greeting) => ({ digits: digits(greeting), file: file(greeting) }));
    const phones = await testPhones(kit, { voices });
    asterisk = await testAsterisk(kit, { phones: phones.sipPort });
    const sounds = kitSounds(kit, asterisk, dir);
    trunk = await trunkOn([asterisk], sounds);
    afterAll(async () => {
      await trunk.close();
      await sounds.close();
    });
    const set = [...PEOPLE, ...MACHINES];
    for (let from = 0; from < set.length; from += CALLS_AT_ONCE) {
      verdicts.push(...(await Promise.all(set.slice(from, from + CALLS_AT_ONCE).map(judge))));
    }
    console.log(report(verdicts));
  });

  const place = (greeting: Greeting, over: Partial<CallOrder> = {}): Promise<VoiceCall> =>
    trunk.place({
      attemptId: randomUUID(),
      to: `+919800000${digits(greeting)}`,
      callerId: undefined,
      ringTimeoutMs: 10_000,
      maxCallMs: 90_000,
      detectMachine: true,
      awaitGreetingEnd: false,
      priorAttempts: 0,
      ...over,
    });

  /** Who answered, and how long it took to know. */
  async function verdictOf(call: VoiceCall): Promise<{ by: 'PERSON' | 'MACHINE'; waitedMs: number }> {
    const progress = await call.answered();
    if (progress.kind !== 'ANSWERED') throw new Error(`not answered: ${progress.ending.cause}`);
    return { by: progress.by, waitedMs: Date.now() - progress.at.getTime() };
  }

  async function judge(greeting: Greeting): Promise<Verdict> {
    const call = await place(greeting);
    const verdict = await verdictOf(call);
    const said = await Promise.all(
      ['AMDSTATUS', 'AMDCAUSE'].map((name) => variable(asterisk, call.attemptId, name)),
    );
    await call.hangUp();
    return {
      greeting,
      lengthMs: lengthsMs.get(greeting) ?? 0,
      ...verdict,
      status: said[0] ?? '',
      cause: said[1] ?? '',
    };
  }

  test('no person is taken for a machine', () => {
    expect(PEOPLE.length).toBeGreaterThanOrEqual(24);
    const wrong = verdicts.filter(({ greeting, by }) => greeting.by === 'PERSON' && by === 'MACHINE');
    expect(wrong.map(line)).toEqual([]);
  });

  test('most machines are recognised', () => {
    expect(MACHINES.length).toBeGreaterThanOrEqual(16);
    const missed = verdicts.filter(({ greeting, by }) => greeting.by === 'MACHINE' && by === 'PERSON');
    const share = 1 - missed.length / MACHINES.length;
    expect(share, missed.map(line).join('\n')).toBeGreaterThanOrEqual(RECOGNISED_AT_LEAST);
  });

  test('who says nothing at first is a person who waits, whatever Asterisk calls it', () => {
    const silent = verdicts.filter(({ cause }) => cause.startsWith('INITIALSILENCE'));
    expect(silent.map(({ greeting }) => greeting.name)).toContain('says nothing');
    expect(silent.every(({ status, by }) => status === 'MACHINE' && by === 'PERSON')).toBe(true);
  });

  test('who says hello has the flow within two seconds of having said it', () => {
    const hellos = verdicts.filter(
      ({ greeting, cause }) => greeting.by === 'PERSON' && cause.startsWith('HUMAN'),
    );
    expect(hellos.length).toBeGreaterThanOrEqual(20);
    // 700 ms of silence after the greeting, and what setting up and a busy computer add.
    expect(
      percentile(
        hellos.map(({ waitedMs, lengthMs }) => waitedMs - lengthMs),
        50,
      ),
    ).toBeLessThan(2_000);
  });

  test.concurrent('a message begins when the greeting and its tone are over', async ({ expect }) => {
    const lengthMs = lengthsMs.get(LONG) ?? 0;
    expect(lengthMs).toBeGreaterThan(7_000);
    const call = await place(LONG, { awaitGreetingEnd: true });
    const { by, waitedMs } = await verdictOf(call);
    expect(by).toBe('MACHINE');
    expect(waitedMs).toBeGreaterThan(lengthMs);
    expect(await call.say([{ kind: 'TEXT', text: 'Please ring us back.', language: 'en' }])).toBe('DONE');
    await call.hangUp();
    expect((await call.ended()).outcome).toBe('MACHINE');
  });

  test.concurrent('a machine that never falls silent is not waited for longer than the limit', async ({
    expect,
  }) => {
    expect(lengthsMs.get(ENDLESS)).toBeGreaterThan(PATIENCE_MS + DETECTION_LIMIT_MS);
    const call = await place(ENDLESS, { awaitGreetingEnd: true });
    const { by, waitedMs } = await verdictOf(call);
    expect(by).toBe('MACHINE');
    expect(waitedMs).toBeGreaterThan(PATIENCE_MS);
    expect(waitedMs).toBeLessThan(DETECTION_LIMIT_MS + GREETING_LIMIT_MS);
    expect(await call.say([{ kind: 'TEXT', text: 'Please ring us back.', language: 'en' }])).toBe('DONE');
    await call.hangUp();
  });
});

test.each([
  { status: 'MACHINE', cause: 'LONGGREETING-2300-2300', by: 'MACHINE' },
  { status: 'MACHINE', cause: 'MAXWORDS-15-14', by: 'MACHINE' },
  { status: 'MACHINE', cause: 'INITIALSILENCE-2500-2500', by: 'PERSON' },
  { status: 'MACHINE', cause: 'MAXWORDLENGTH-1500', by: 'PERSON' },
  { status: 'HUMAN', cause: 'HUMAN-700-700', by: 'PERSON' },
  { status: 'NOTSURE', cause: 'TOOLONG-6500', by: 'PERSON' },
  { status: 'NOTSURE', cause: 'NOAUDIODATA-0', by: 'PERSON' },
  { status: 'HANGUP', cause: '', by: 'PERSON' },
  { status: '', cause: '', by: 'PERSON' },
  { status: 'HUMAN', cause: 'LONGGREETING-2300-2300', by: 'PERSON' },
])('$status by "$cause" is a $by', ({ status, cause, by }) => {
  expect(answeredBy(status, cause)).toBe(by);
});

async function variable({ url, user, password }: RunningAsterisk, id: string, name: string): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const answer = await fetch(`${url}/ari/channels/${id}/variable?variable=${name}`, {
    headers: { authorization },
  });
  return answer.ok ? ((await answer.json()) as { value: string }).value : '';
}

function report(verdicts: Verdict[]): string {
  const share = (by: Greeting['by']) => {
    const those = verdicts.filter(({ greeting }) => greeting.by === by);
    return `${those.filter((verdict) => verdict.by === 'MACHINE').length} of ${those.length}`;
  };
  const waits = verdicts
    .filter(
      ({ greeting, cause, lengthMs }) =>
        greeting.by === 'PERSON' && cause.startsWith('HUMAN') && lengthMs < SHORT_MS,
    )
    .map(({ waitedMs }) => waitedMs);
  const rates =
    `Taken for machines: ${share('PERSON')} people, ${share('MACHINE')} machines. From the answer to the flow, for ` +
    `${waits.length} people who say hello: p50 ${percentile(waits, 50)} ms, p95 ${percentile(waits, 95)} ms`;
  const table = process.env.CLARION_DETECTION_TABLE ? `${verdicts.map(line).join('\n')}\n` : '';
  return `${table}${rates}`;
}

const line = ({ greeting, status, cause, by, waitedMs }: Verdict): string =>
  [
    greeting.by === by ? ' ' : '*',
    greeting.by.padEnd(8),
    greeting.name.padEnd(44),
    `${status} ${cause}`.padEnd(38),
    by.padEnd(8),
    `${waitedMs} ms`,
  ].join(' ');

function percentile(values: number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}
