/** What becomes of a call to us when its worker dies between any two steps; workers here are `createAnswerCall`s. */
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { createAnswerCall } from '../../activities/answer-call.ts';
import type { CarryCallDeps } from '../../activities/carry-call.ts';
import { openDatabase } from '../../db/client.ts';
import { createAccountValues } from '../../db/queries/call-context.ts';
import { findDialledDid } from '../../db/queries/dids.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { admitInbound, reserveInbound } from '../../db/queries/inbound.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { createLogger } from '../../log.ts';
import { createProviders } from '../../providers/index.ts';
import type { VoiceCall, VoiceTrunk } from '../../providers/voice/trunk.ts';
import { testFlow } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { putOnRegister } from '../support/register.ts';
import { ringable } from '../support/ringable.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const database = await testDatabase();
const { sql } = database;
const frozenDb = openDatabase(database.url, 1);
const providers = createProviders({
  simulationSpeed: 0,
  witnessDir: scratchDir(),
  mailFrom: 'a@example.com',
});
const trunk = ringable(providers.voice);
afterAll(async () => {
  await frozenDb.close();
  await providers.close();
});
const frozen = createFrozen(frozenDb);
const never = new AbortController().signal;

/** A worker's own activity, as a process has it. */
function worker(over: Partial<CarryCallDeps> = {}) {
  return createAnswerCall({
    db: database,
    frozen,
    accountValues: createAccountValues(database),
    promptSounds: async () => new Map(),
    trunk,
    sms: providers.sms,
    email: providers.email,
    mailFrom: providers.mailFrom,
    settle: (settlement) => settleAttempts(database, frozen, [settlement]),
    webhook: async () => ({ status: 500, body: '', error: undefined }),
    checkpoints: 'each',
    now: () => new Date(),
    log: createLogger('test', 'silent'),
    ...over,
  });
}

const FLOW = {
  schemaVersion: 1,
  start: 'start',
  widgets: {
    start: { type: 'start', next: 'text' },
    text: { type: 'sms', to: '$flow.key.number', text: 'You called us.', next: 'ask', failed: 'ask' },
    ask: {
      type: 'gather',
      speech: [{ text: 'Press a key.' }],
      variable: 'answer',
      maxDigits: 1,
      next: 'bye',
      noInput: 'bye',
      invalid: 'bye',
    },
    bye: { type: 'hang-up' },
  },
};

/** A call that rings and is in the ledger. */
async function rung(over: { caller?: string; definition?: object; transactional?: boolean } = {}) {
  const accountId = await testAccount(database);
  const flowId = await testFlow(database, accountId, over.definition ?? FLOW, 'reception', 'inbound');
  await sql`update accounts set transactional_contract = true where id = ${accountId}`;
  await sql`update flows set transactional = ${over.transactional ?? true} where id = ${flowId}`;
  const number = `+9122690${String(randomInt(0, 100_000)).padStart(5, '0')}`;
  await sql`insert into dids (account_id, number, flow_id) values (${accountId}, ${number}, ${flowId})`;
  const caller = over.caller ?? `+9198${randomInt(100_000, 1_000_000)}45`;
  trunk.onInbound(() => {});
  const ringing = await trunk.ring({ did: number, caller });
  const did = await findDialledDid(database, number);
  if (!did) throw new Error('no such number');
  const offer = { did, trunk: trunk.name, callId: ringing.callId, caller, now: new Date() };
  const { attemptId } = await reserveInbound(database, offer);
  const input = { accountId, attemptId };
  return { accountId, flowId, caller, ringing, offer, attemptId, input };
}

const attempt = async (id: string) => (await sql`select * from attempts where id = ${id}`)[0];
const openOf = (accountId: number) => sql`select 1 from open_attempts where account_id = ${accountId}`;

/** A trunk whose calls freeze where the flow asks something: the worker that uses it is as good as dead. */
function freezing(asked: () => void): VoiceTrunk {
  const frozenCall = (call: VoiceCall): VoiceCall =>
    new Proxy(call, {
      get(target, key) {
        if (key === 'gather') return () => new Promise(() => asked());
        const value: unknown = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  return new Proxy(trunk, {
    get(target, key) {
      if (key === 'reconcile') {
        return async (id: string) => {
          const found = await target.reconcile(id);
          return found.kind === 'LIVE' ? { ...found, call: frozenCall(found.call) } : found;
        };
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

describe('a worker that dies', () => {
  it('in the middle of a call leaves it to another, which goes on where the flow was and sends nothing twice', async () => {
    const { accountId, attemptId, input, ringing } = await rung();
    await new Promise<void>((asked) => {
      void worker({ trunk: freezing(asked) }).adopt(input, never);
    });
    await worker().adopt(input, never);
    expect((await ringing.ended).outcome).toBe('ANSWERED');
    expect(await attempt(attemptId)).toMatchObject({ outcome: 'ANSWERED', keys: '4' });
    const steps = await sql`select medium, outcome, request_id, direction, attempt_no from attempts
      where account_id = ${accountId} and step > 0`;
    expect([...steps]).toEqual([
      { medium: 'sms', outcome: expect.any(String), request_id: null, direction: 'out', attempt_no: 1 },
    ]);
    const [journey] = await sql`select entries from journeys where attempt_id = ${attemptId}`;
    const entered = journey?.entries
      .filter((one: { event: string }) => one.event === 'ENTERED')
      .map((one: { widget: string }) => one.widget);
    expect(entered).toEqual(['start', 'text', 'ask', 'bye']);
    expect(await openOf(accountId)).toHaveLength(0);
  });

  it('after it let a caller in who then gave up leaves an abandoned call', async () => {
    const { attemptId, input, ringing } = await rung();
    expect(await admitInbound(database, { ...input, now: new Date() })).toMatchObject({ kind: 'ADMITTED' });
    ringing.giveUp();
    await worker().adopt(input, never);
    expect(await attempt(attemptId)).toMatchObject({ outcome: 'ABANDONED', answered_at: null });
  });

  it('after it decided to turn a caller away, and before it did: the next does', async () => {
    const { accountId, attemptId, caller, input, ringing } = await rung();
    await sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${caller})`;
    const deaf = new Proxy(trunk, {
      get: (target, key) =>
        key === 'refuse' ? () => Promise.reject(new Error('the worker is dead')) : Reflect.get(target, key),
    });
    await expect(worker({ trunk: deaf }).adopt(input, never)).rejects.toThrow('dead');
    // What is decided stays decided, whatever has become of the list since.
    await sql`delete from blacklist_phones where account_id = ${accountId}`;
    await worker().adopt(input, never);
    expect(await ringing.ended).toMatchObject({ outcome: 'DECLINED', answeredAt: undefined });
    expect(await attempt(attemptId)).toMatchObject({ outcome: 'BLOCKED', cause: 'BLACKLISTED' });
  });

  it('and a trunk that calls it cancelled or unanswered when the caller gives up: the call was abandoned', async () => {
    for (const outcome of ['CANCELLED', 'NO_ANSWER'] as const) {
      const { attemptId, input, ringing } = await rung();
      ringing.giveUp();
      const ending = { ...(await ringing.ended), outcome };
      const reconcile = async () => ({ kind: 'ENDED', ending }) as const;
      const other = new Proxy(trunk, {
        get: (target, key) => (key === 'reconcile' ? reconcile : Reflect.get(target, key)),
      });
      await worker({ trunk: other }).adopt(input, never);
      expect((await attempt(attemptId))?.outcome).toBe('ABANDONED');
    }
  });

  it('with the trunk’s record leaves a call that nobody knows the end of, and that is named', async () => {
    const { attemptId, input, ringing } = await rung();
    await sql`update attempts set provider_ref = ${randomUUID()} where id = ${attemptId}`;
    await worker().adopt(input, never);
    expect(await attempt(attemptId)).toMatchObject({
      outcome: 'UNKNOWN',
      cause: 'the trunk has no record of the call',
    });
    ringing.giveUp();
  });
});

describe('a call that is taken up', () => {
  it('twice in one process at the same time is carried once', async () => {
    const { accountId, attemptId, input } = await rung();
    const one = worker();
    await Promise.all([one.adopt(input, never), one.adopt(input, never)]);
    await one.adopt(input, never);
    expect(await attempt(attemptId)).toMatchObject({ outcome: 'ANSWERED', keys: '4' });
    const texts = await sql`select 1 from attempts where account_id = ${accountId} and medium = 'sms'`;
    expect(texts).toHaveLength(1);
  });

  it('and offered again is the same attempt, and nobody’s business once settled', async () => {
    const { attemptId, accountId, input, offer } = await rung();
    expect(await reserveInbound(database, offer)).toMatchObject({ attemptId, settled: false });
    await worker().adopt(input, never);
    expect(await reserveInbound(database, offer)).toMatchObject({ attemptId, settled: true });
    expect(
      await sql`select 1 from attempts where account_id = ${accountId} and direction = 'in'`,
    ).toHaveLength(1);
  });

  it('once let in stays in, though the caller is blacklisted or the account fills up meanwhile', async () => {
    const { accountId, attemptId, caller, input } = await rung();
    const now = new Date();
    expect((await admitInbound(database, { ...input, now })).kind).toBe('ADMITTED');
    await sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${caller})`;
    await sql`update accounts set max_concurrent_calls = 1 where id = ${accountId}`;
    expect((await admitInbound(database, { ...input, now })).kind).toBe('ADMITTED');
    await worker().adopt(input, never);
    expect((await attempt(attemptId))?.outcome).toBe('ANSWERED');
  });

  it('texts a caller who is in the do-not-call register only from a transactional flow', async () => {
    for (const [transactional, outcome] of [
      [true, 'ANSWERED'],
      [false, 'BLOCKED'],
    ] as const) {
      const { accountId, caller, input } = await rung({ transactional });
      await putOnRegister(database, accountId, [caller]);
      await worker().adopt(input, never);
      const [text] =
        await sql`select outcome from attempts where account_id = ${accountId} and medium = 'sms'`;
      expect(text?.outcome === 'BLOCKED').toBe(outcome === 'BLOCKED');
    }
  });
});

describe('free places', () => {
  it('are given to as many callers as there are, of those who come at the same moment', async () => {
    const one = await rung();
    const { accountId } = one;
    await sql`update accounts set max_concurrent_calls = 3 where id = ${accountId}`;
    const others = await Promise.all(
      Array.from({ length: 9 }, () => reserveInbound(database, { ...one.offer, callId: randomUUID() })),
    );
    const now = new Date();
    const decisions = await Promise.all(
      [one, ...others].map(({ attemptId }) => admitInbound(database, { accountId, attemptId, now })),
    );
    const admitted = decisions.filter(({ kind }) => kind === 'ADMITTED');
    const refused = decisions.filter(({ kind }) => kind === 'NO_ROOM');
    expect([admitted.length, refused.length]).toEqual([3, 7]);
    one.ringing.giveUp();
  });
});
