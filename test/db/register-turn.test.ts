/** What the register decides at the last moment, and what of it is kept with the attempt. */
import { describe, expect, it } from 'vitest';
import { createLines } from '../../activities/lines.ts';
import { createTurnstile } from '../../activities/turnstile.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { type KeptAnswer, writeAnswers } from '../../db/queries/register-answers.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { BLOCKS_ALL, type RegisterEntry } from '../../domain/register.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { putOnRegister } from '../support/register.ts';

const database = await testDatabase();
const { sql } = database;
const frozen = createFrozen(database);

/** A Wednesday noon in India. */
const NOON = new Date(Date.UTC(2026, 0, 7, 6, 30));
const EVENING = new Date(Date.UTC(2026, 0, 7, 12, 30));
const NUMBER = '+919800000010';
const OUTSIDE = { name: 'http', asksOutside: true };

async function promoting(over: Partial<RequestPolicy> = {}, entry?: Partial<RegisterEntry>) {
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId);
  const policy = testPolicy({ promotional: true, ...over });
  const requestId = await insertRequest(database, { accountId, flowId, policy });
  await insertPeople(database, accountId, requestId, [NUMBER]);
  if (entry) await putOnRegister(database, accountId, [NUMBER], entry);
  const item = { requestId, row: 1, attemptNo: 1 };
  const reserve = async (now: Date, register?: typeof OUTSIDE) => {
    const given = { accountId, flowId, provider: 'test', items: [item], register, now: () => now };
    const [answer] = await reserveCalls(database, frozen, { ...given, lineState: () => ({ up: true }) });
    return answer;
  };
  const attempt = async () =>
    (await sql`select id, outcome, cause, evidence from attempts where account_id = ${accountId}`)[0];
  const record = async () =>
    (await sql`select due_at, attempts, outcome from records where request_id = ${requestId}`)[0];
  return { accountId, flowId, item, reserve, attempt, record };
}

describe('at the last moment', () => {
  it('a category that was refused blocks, one that was not does not, and none at all blocks', async () => {
    for (const [category, kind] of [
      ['FINANCE', 'BLOCKED'],
      ['HEALTH', 'RESERVED'],
      [null, 'BLOCKED'],
    ] as const) {
      const { accountId, reserve, attempt } = await promoting({ category }, { categories: 0b10 });
      expect((await reserve(NOON))?.kind).toBe(kind);
      const [version] = await sql`select id from register_versions where account_id = ${accountId}`;
      expect((await attempt())?.evidence).toMatchObject({
        registered: true,
        register: {
          provider: 'local',
          version: `account ${version?.id}`,
          askedAt: NOON.toISOString(),
          category,
          class: 'promotional',
          entries: [{ categories: 0b10 }],
        },
      });
    }
  });

  it('the hours a person prefers are waited for, without an attempt', async () => {
    const preferred = { categories: 0b10, fromMinute: 18 * 60, toMinute: 19 * 60, days: 1 << 3 };
    const { reserve, attempt, record } = await promoting({ category: 'HEALTH' }, preferred);
    expect((await reserve(NOON))?.kind).toBe('LATER');
    expect(await attempt()).toBeUndefined();
    expect(await record()).toEqual({ due_at: EVENING, attempts: 0, outcome: null });
    expect((await reserve(new Date(EVENING.getTime() - 1)))?.kind).toBe('LATER');
    expect((await reserve(EVENING))?.kind).toBe('RESERVED');
  });

  it('a flow that promotes nothing is not held to any of it, and its evidence says so', async () => {
    const { reserve, attempt } = await promoting({ promotional: false }, BLOCKS_ALL);
    expect((await reserve(NOON, OUTSIDE))?.kind).toBe('RESERVED');
    expect((await attempt())?.evidence).toMatchObject({ promotional: false, register: null });
  });
});

const answer = (over: Partial<KeptAnswer> = {}): KeptAnswer => ({
  number: NUMBER,
  entry: null,
  failed: false,
  version: 'r7',
  answeredAt: NOON,
  expiresAt: new Date(Date.now() + 60_000),
  ...over,
});
const forget = () => sql`delete from register_answers`;

describe('a register that is asked over HTTP', () => {
  it.each([
    ['is on it', { entry: BLOCKS_ALL }, 'BLOCKED'],
    ['is not on it', {}, 'RESERVED'],
    [
      'it said nothing about, and the policy blocks',
      { entry: BLOCKS_ALL, failed: true, version: null },
      'BLOCKED',
    ],
  ] as const)('decides once it has answered: a number that %s', async (_, given, kind) => {
    await forget();
    const { reserve, attempt } = await promoting();
    expect(await reserve(NOON, OUTSIDE)).toEqual({ kind: 'UNASKED', number: NUMBER });
    expect(await attempt()).toBeUndefined();
    await writeAnswers(database, [answer({ expiresAt: new Date(Date.now() - 1) })]);
    expect((await reserve(NOON, OUTSIDE))?.kind).toBe('UNASKED');
    const kept = answer(given);
    await writeAnswers(database, [kept]);
    expect((await reserve(NOON, OUTSIDE))?.kind).toBe(kind);
    expect((await attempt())?.evidence.register).toMatchObject({
      provider: 'http',
      answer: { version: kept.version, failed: kept.failed },
    });
  });

  it('is asked by the turnstile about numbers that need it, and about no others', async () => {
    await forget();
    const { accountId, flowId, item, attempt } = await promoting();
    const asked: (readonly string[])[] = [];
    const turnstile = createTurnstile({
      db: database,
      frozen,
      provider: 'test',
      lines: createLines({ state: () => ({ up: true }), stateChanged: () => new Promise(() => {}) }),
      register: {
        ...OUTSIDE,
        lookUp: async (_, numbers) => {
          asked.push(numbers);
          await writeAnswers(database, [answer({ entry: BLOCKS_ALL })]);
          return { entries: new Map(), version: null };
        },
      },
      now: () => NOON,
    });
    const reserve = () => turnstile.reserve({ ...item, accountId, flowId }, new AbortController().signal);
    expect((await reserve()).kind).toBe('BLOCKED');
    expect(asked).toEqual([[NUMBER]]);
    expect(await attempt()).toMatchObject({ outcome: 'BLOCKED', cause: 'DO_NOT_CALL' });
  });

  it('must be asked about whom a call of a promotional flow texts', async () => {
    await forget();
    const { accountId, reserve, attempt } = await promoting();
    await reserve(NOON);
    const step = {
      accountId,
      callAttemptId: (await attempt())?.id as string,
      step: 1,
      medium: 'sms' as const,
      address: NUMBER,
      sender: undefined,
      provider: 'test',
      now: () => NOON,
      askRegister: true,
    };
    expect(await reserveStep(database, step)).toEqual({ kind: 'UNASKED' });
    await writeAnswers(database, [answer({ entry: BLOCKS_ALL })]);
    expect((await reserveStep(database, step)).kind).toBe('BLOCKED');
  });
});
