import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { insertPeople, insertRequest, people, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { testEngine } from '../support/engine.ts';
import { fickleTrunk } from '../support/fickle-trunk.ts';
import { testTrunk } from '../support/trunks.ts';

const fickle = fickleTrunk();
const engine = await testEngine({ voice: fickle.around });
const { sql } = engine.database;
const HOUR_MS = 3_600_000;
const WHY = 'asterisk-1 at 10.0.0.1 has not answered since 09:00';

beforeEach(() => {
  fickle.away(undefined);
  fickle.refuse(0);
  fickle.mute(undefined);
  fickle.orders.length = 0;
  fickle.orderedAt.length = 0;
});

const waits = (id: number) => async (): Promise<boolean> => {
  const [found] = await sql`select line_away_since from requests where id = ${id}`;
  return found?.line_away_since !== null;
};
const begun = async (id: number): Promise<number> =>
  (await sql`select 1 from attempts where request_id = ${id}`).length;
const eventsOf = async (id: number): Promise<string[]> =>
  (
    await sql`
    select type from request_events where request_id = ${id} and type like 'TRUNK%' order by id`
  ).map((row) => row.type);
/** Nobody lost an attempt, nobody was called twice. */
const eachOnce = async (id: number): Promise<boolean> => {
  const rows = await sql`
    select r.attempts, (select count(*)::int from attempts a where a.request_id = r.request_id and a.row = r.row) as calls
    from records r where r.request_id = ${id}`;
  return rows.every((row) => row.attempts === 1 && row.calls === 1);
};

describe('while no line can take calls', () => {
  it('attempts wait and nobody is reserved; when one can, everybody is called, once', async () => {
    fickle.away(WHY);
    const id = await engine.launch(people(0, 12), { concurrency: 6 });
    await engine.until(waits(id));
    await sleep(1_500);
    expect(await begun(id)).toBe(0);
    const [told] =
      await sql`select data from request_events where request_id = ${id} and type = 'TRUNK_UNAVAILABLE'`;
    expect(told?.data).toEqual({ why: WHY });
    fickle.away(undefined);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 12 });
    expect(await eachOnce(id)).toBe(true);
    expect(await eventsOf(id)).toEqual(['TRUNK_UNAVAILABLE', 'TRUNK_AVAILABLE']);
  });

  it('a cancel ends the request at once', async () => {
    fickle.away(WHY);
    const id = await engine.launch(people(0, 5), { concurrency: 5 });
    await engine.until(waits(id));
    await engine.change(id, { cancelled_at: new Date() });
    expect(await engine.finished(id)).toMatchObject({ status: 'CANCELLED' });
    expect(await engine.outcomes(id)).toEqual({ CANCELLED: 5 });
    expect(await begun(id)).toBe(0);
  });

  it('a pause holds although the line comes back, and the resume calls everybody', async () => {
    fickle.away(WHY);
    const id = await engine.launch(people(0, 5), { concurrency: 5 });
    await engine.until(waits(id));
    await engine.change(id, { paused_at: new Date() });
    await engine.until(async () => !(await waits(id)()));
    fickle.away(undefined);
    await sleep(500);
    expect(await begun(id)).toBe(0);
    await engine.change(id, { paused_at: null });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 5 });
  });

  it('the end time expires those who wait, and closing hours let them wait for the next opening', async () => {
    fickle.away(WHY);
    const local = new Date(engine.now().getTime() + 5.5 * HOUR_MS);
    const clock = (at: Date): string => at.toISOString().slice(11, 16);
    // Two open hours around now, in India; near midnight the day's last or first two.
    const from = Math.min(Math.max(local.getUTCHours() - 1, 0), 21);
    const hours = {
      days: [1, 2, 3, 4, 5, 6, 7],
      from: `${String(from).padStart(2, '0')}:00`,
      to: `${String(from + 3).padStart(2, '0')}:00`,
    };
    expect(clock(local) >= hours.from && clock(local) < hours.to).toBe(true);
    const ending = await engine.launch(people(0, 4), { endAt: new Date(engine.now().getTime() + HOUR_MS) });
    const open = await engine.launch(people(0, 4, 50), { callingHours: [hours] });
    await engine.until(waits(ending));
    await engine.until(waits(open));
    await engine.advance(4 * HOUR_MS, ending, open);
    expect(await engine.finished(ending)).toMatchObject({ status: 'EXPIRED' });
    await engine.until(async () => !(await waits(open)()));
    await engine.until(async () => {
      const [found] = await sql`select next_due_at from requests where id = ${open}`;
      return found?.next_due_at > engine.now();
    });
    expect(await begun(open)).toBe(0);
    await engine.change(open, { cancelled_at: new Date() });
    await engine.finished(open);
  });
});

describe('a trunk that refuses calls although its lines are up', () => {
  it('costs nobody an attempt, and is not asked in a circle', async () => {
    fickle.refuse(20);
    const id = await engine.launch(people(0, 10), { concurrency: 10 });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 10 });
    expect(await eachOnce(id)).toBe(true);
    expect(fickle.orders.length).toBe(20 + 10);
    // Ten calls at the most are under way when the line begins to rest: it rested twice, a quarter and half a second.
    const [first = 0, last = 0] = [fickle.orderedAt[0], fickle.orderedAt.at(-1)];
    expect(last - first).toBeGreaterThanOrEqual(750);
    expect(new Set(fickle.orders.map((order) => order.attemptId)).size).toBe(10);
  });
});

describe('a call whose first sentence', () => {
  it('can never be spoken is made without it, and the line is not to blame', async () => {
    fickle.mute('THIS_TEXT');
    const id = await engine.launch(people(0, 4), { concurrency: 4 });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 4 });
    expect(await eachOnce(id)).toBe(true);
    // Each was ordered with it, and then without, by the same id.
    expect(fickle.orders.filter((order) => order.opening !== undefined)).toHaveLength(4);
    expect(fickle.orders).toHaveLength(8);
    expect(await eventsOf(id)).toEqual([]);
  });

  it('cannot be spoken for want of a synthesiser waits, says why, and holds up nobody’s line', async () => {
    fickle.mute('NO_SYNTHESISER');
    const id = await engine.launch(people(0, 4), { concurrency: 4 });
    const news = async () => sql`
      select type, data from request_events where request_id = ${id} and type like '%UNAVAILABLE'`;
    await engine.until(async () => (await news()).length > 0);
    // Another account's flow that begins without a text.
    const accountId = await testAccount(engine.database);
    const widgets = { start: { type: 'start' } };
    const flowId = await testFlow(engine.database, accountId, { schemaVersion: 1, start: 'start', widgets });
    const silent = await insertRequest(engine.database, { accountId, flowId, policy: testPolicy() });
    await insertPeople(engine.database, accountId, silent, people(0, 2));
    await sql`insert into outbox (account_id, request_id, kind) values (${accountId}, ${silent}, 'start')`;
    await engine.notify(silent);
    expect(await engine.finished(silent)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(silent)).toEqual({ ANSWERED: 2 });
    await engine.until(async () => fickle.orders.filter((order) => order.opening?.length).length > 4);
    expect([...(await news())]).toEqual([{ type: 'SPEECH_UNAVAILABLE', data: { why: 'no synthesiser' } }]);
    fickle.mute(undefined);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 4 });
    expect(await eachOnce(id)).toBe(true);
  });
});

describe('an attempt that was begun before', () => {
  /** A request of which the first person has been reserved so long ago, by a worker that then died. */
  async function reservedBefore(ageMs: number) {
    const { database, accountId, flowId, now } = engine;
    const id = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
    await insertPeople(database, accountId, id, people(0, 3));
    const [answer] = await reserveCalls(database, createFrozen(database), {
      accountId,
      flowId,
      provider: 'simulated',
      items: [{ requestId: id, row: 1, attemptNo: 1 }],
      lineState: () => ({ up: true }),
      now,
    });
    expect(answer?.kind).toBe('RESERVED');
    const at = new Date(now().getTime() - ageMs);
    await sql`update attempts set reserved_at = ${at} where request_id = ${id}`;
    await sql`insert into outbox (account_id, request_id, kind) values (${accountId}, ${id}, 'start')`;
    return { id, at };
  }
  const firstOf = async (id: number): Promise<Date> => {
    const [found] = await sql`select reserved_at from attempts where request_id = ${id} and row = 1`;
    return found?.reserved_at;
  };

  it('and never placed is withdrawn, and the person is called once, at the first attempt', async () => {
    const { id, at } = await reservedBefore(60_000);
    await engine.notify(id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 3 });
    expect(await eachOnce(id)).toBe(true);
    expect(fickle.orders.length).toBe(3);
    expect((await firstOf(id)).getTime()).toBeGreaterThan(at.getTime());
  });

  it('is not withdrawn while whoever reserved it may yet place it: ten seconds', async () => {
    const { id, at } = await reservedBefore(8_500);
    await engine.notify(id);
    await engine.finished(id);
    expect(await eachOnce(id)).toBe(true);
    expect((await firstOf(id)).getTime() - at.getTime()).toBeGreaterThanOrEqual(10_000);
  });

  it('and that the trunk has had already is not placed again: it ends as the trunk says', async () => {
    const { database, accountId, flowId } = engine;
    const id = await insertRequest(database, { accountId, flowId, policy: testPolicy() });
    await insertPeople(database, accountId, id, people(1, 1));
    const [to = ''] = people(1, 1);
    const order = { attemptId: attemptId({ requestId: id, row: 1, attemptNo: 1, step: 0 }), to };
    const limits = {
      ringTimeoutMs: 30_000,
      maxCallMs: 60_000,
      detectMachine: false,
      awaitGreetingEnd: false,
    };
    const call = await engine.providers.voice.place({
      ...order,
      ...limits,
      callerId: undefined,
      priorAttempts: 0,
    });
    await call.ended();
    await sql`insert into outbox (account_id, request_id, kind) values (${accountId}, ${id}, 'start')`;
    await engine.notify(id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ BUSY: 1 });
    expect(await eachOnce(id)).toBe(true);
  });
});

describe('a trunk of the account', () => {
  it('that goes away hands its calls over to the other, and each call is placed by the line it was reserved for', async () => {
    const [first, second] = [
      await testTrunk(engine.database, engine.accountId, 'first', { priority: 1, maxCallsPerSecond: 1_000 }),
      await testTrunk(engine.database, engine.accountId, 'second', { maxCallsPerSecond: 1_000 }),
    ];
    fickle.away(WHY, [first]);
    const id = await engine.launch(people(0, 8), { concurrency: 4 });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 8 });
    const rows = await sql`select distinct trunk_id from attempts where request_id = ${id}`;
    expect([...rows]).toEqual([{ trunk_id: second }]);
    expect(fickle.orders.every((order) => order.line?.trunkId === second)).toBe(true);
    expect(await eventsOf(id)).toEqual([]);
  });
});
