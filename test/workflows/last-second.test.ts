/**
 * What is known a second before an attempt's turn decides it: on real runs, with calls of others that hold the turn
 * back until the change has been made.
 */
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { BLOCKS_ALL } from '../../domain/register.ts';
import { people } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';
import { putOnRegister } from '../support/register.ts';

/** A call here takes about a quarter of a second. */
const engine = await testEngine({ speed: 30 });
const { sql } = engine.database;

const reached = async (requestId: number): Promise<number> => {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from attempts
    where request_id = ${requestId} and outcome is distinct from 'BLOCKED'`;
  return row?.count ?? 0;
};
const attemptsTo = (requestId: number, number: string) =>
  sql`select outcome, cause from attempts where request_id = ${requestId} and address = ${number}`;

/** Fifty seconds of the workers' clock between two calls: each turn is known in advance. */
const SELDOM = { concurrency: 10, callsPerSecond: 0.02 };
const BETWEEN_MS = 50_000;

/** The one who has not been called yet. */
async function nextOne(requestId: number): Promise<string> {
  const [row] = await sql<{ number: string }[]>`
    select number from records where request_id = ${requestId} and attempts = 0`;
  if (!row) throw new Error('everybody has been called');
  return row.number;
}

describe('a second before its turn', () => {
  it('a number that is blacklisted is not called, and the attempt says why', async () => {
    const id = await engine.launch(people(0, 2), SELDOM);
    await engine.until(async () => (await reached(id)) === 1);
    const number = await nextOne(id);
    await sql.begin(async (holding) => {
      // However slow the machine, the turn does not come before the number is on the list.
      await holding`select 1 from pace_gates where key = ${`account:${engine.accountId}`} for update`;
      await engine.advance(BETWEEN_MS - 1_000, id);
      await sql`insert into blacklist_phones (account_id, number) values (${engine.accountId}, ${number})`;
    });
    await engine.advance(1_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect([...(await attemptsTo(id, number))]).toEqual([{ outcome: 'BLOCKED', cause: 'BLACKLISTED' }]);
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 1, BLOCKED: 1 });
  });

  it('a request that is paused calls nobody, and resumed calls the rest', async () => {
    const id = await engine.launch(people(0, 3, 100), SELDOM);
    await engine.until(async () => (await reached(id)) === 1);
    await sql.begin(async (holding) => {
      // Reservations read the request's row under a lock: however slow the machine, none comes before the pause.
      await holding`select 1 from requests where id = ${id} for no key update`;
      await engine.advance(BETWEEN_MS - 1_000, id);
      await holding`update requests set paused_at = now(), status = 'PAUSED' where id = ${id}`;
    });
    await engine.change(id, { status: 'PAUSED' });
    // The turns of all of them come and go.
    for (let n = 0; n < 3; n += 1) {
      await engine.advance(BETWEEN_MS, id);
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
    expect(await reached(id)).toBe(1);
    await engine.change(id, { paused_at: null, status: 'IN_PROCESS' });
    await engine.until(async () => {
      await engine.advance(BETWEEN_MS, id);
      return (await reached(id)) === 3;
    });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 3 });
  });

  it('a whitelisted number is called though the register has come to hold it', async () => {
    const id = await engine.launch(people(0, 2, 400), { ...SELDOM, promotional: true, callingHours: null });
    const [first] = await sql<{ number: string }[]>`
      select number from records where request_id = ${id} order by row limit 1`;
    const numbers = people(0, 2, 400);
    expect(numbers).toContain(first?.number);
    await sql`insert into whitelist_phones ${sql(
      numbers.map((number) => ({ account_id: engine.accountId, number, verified_at: new Date() })),
    )}`;
    await putOnRegister(engine.database, engine.accountId, numbers, BLOCKS_ALL);
    await engine.until(async () => {
      await engine.advance(6 * 3_600_000, id);
      return (await reached(id)) === 2;
    });
    expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await engine.outcomes(id)).toEqual({ ANSWERED: 2 });
  });
});

describe('a limit on contacts', () => {
  it('holds over requests that run at the same time, and the rest are called on the person’s next day', async () => {
    const numbers = people(0, 4, 200);
    // A day that ends in the middle of it would be another test.
    const local = DateTime.fromJSDate(engine.now(), { zone: 'Asia/Kolkata' });
    if (local.hour === 23) await engine.advance(2 * 3_600_000);
    await sql`update accounts set contacts_per_day = 1 where id = ${engine.accountId}`;
    const requests = await Promise.all([1, 2].map(() => engine.launch(numbers)));
    const total = async (): Promise<number> => {
      const counts = await Promise.all(requests.map(reached));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    await engine.until(async () => (await total()) >= 4);
    // Those that were put off lie there with their rule and their day, and nobody asks again meanwhile.
    const waiting = await engine.until(async () => {
      const rows = await sql<{ detail: string | null; due_at: Date | null }[]>`
        select detail, due_at from records where request_id = any(${requests}) and ended_at is null`;
      return rows.length === 4 && rows.every(({ due_at }) => due_at !== null) ? rows : undefined;
    });
    expect(new Set(waiting.map(({ detail }) => detail))).toEqual(new Set(['FREQUENCY']));
    expect(await total()).toBe(4);
    await engine.advance(25 * 3_600_000, ...requests);
    for (const id of requests) expect(await engine.finished(id)).toMatchObject({ status: 'COMPLETED' });
    expect(await total()).toBe(8);
    const perDay = await sql`
      select count(*)::int as calls from attempts where request_id = any(${requests})
      group by address, (reserved_at at time zone 'Asia/Kolkata')::date`;
    expect(Math.max(...perDay.map((row) => Number(row.calls)))).toBe(1);
    await sql`update accounts set contacts_per_day = null where id = ${engine.accountId}`;
  });

  it('that an end time comes before leaves the record expired, naming the rule', async () => {
    const [number = ''] = people(0, 1, 300);
    await sql`update accounts set contact_gap_ms = 7200000 where id = ${engine.accountId}`;
    const first = await engine.launch([number]);
    await engine.finished(first);
    const endAt = new Date(engine.now().getTime() + 1_800_000);
    const id = await engine.launch([number], { endAt });
    await engine.until(async () => {
      const [row] = await sql`select 1 from records where request_id = ${id} and detail = 'FREQUENCY'`;
      return row !== undefined;
    });
    await engine.advance(1_800_000, id);
    expect(await engine.finished(id)).toMatchObject({ status: 'EXPIRED' });
    const [record] = await sql`select outcome, detail, attempts from records where request_id = ${id}`;
    expect(record).toEqual({ outcome: 'EXPIRED', detail: 'FREQUENCY', attempts: 0 });
    await sql`update accounts set contact_gap_ms = null where id = ${engine.accountId}`;
  });
});
