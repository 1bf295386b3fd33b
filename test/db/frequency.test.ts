/** How often a person is contacted, held over all requests at once: decided in the transaction that reserves. */
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../db/client.ts';
import { readContacts } from '../../db/queries/contacts.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { reserveStep } from '../../db/queries/reserve-step.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import type { FrequencyLimits } from '../../domain/frequency.ts';
import type { RequestPolicy } from '../../domain/policy.ts';
import { insertPeople, insertRequest, testFlow, testPolicy } from '../support/campaign.ts';
import { testAccount, testDatabase } from '../support/database.ts';

const database = await testDatabase();
const { sql } = database;
/** By connections of its own: those of the transactions may all be waiting for a lock. */
const frozen = createFrozen(database);

/** A Wednesday noon in India. */
const NOON = Date.UTC(2026, 0, 7, 6, 30);
const MINUTE_MS = 60_000;
const NUMBER = '+919800000010';

async function accountWith(limits: Partial<FrequencyLimits>): Promise<number> {
  // Pace is another test's matter.
  const accountId = await testAccount(database, { maxCallsPerSecond: 1_000_000 });
  await sql`update accounts set contacts_per_day = ${limits.perDay ?? null}, contact_gap_ms = ${limits.gapMs ?? null}
            where id = ${accountId}`;
  return accountId;
}

/** A request of a flow of its own for these numbers. */
async function campaign(accountId: number, numbers = [NUMBER], over: Partial<RequestPolicy> = {}) {
  const flowId = await testFlow(database, accountId, undefined, `flow-${Math.random()}`);
  const requestId = await insertRequest(database, { accountId, flowId, policy: testPolicy(over) });
  await insertPeople(database, accountId, requestId, numbers);
  return { accountId, flowId, requestId };
}
type Campaign = Awaited<ReturnType<typeof campaign>>;

const reserve = async (
  { accountId, flowId, requestId }: Campaign,
  at: number,
  { row = 1, attemptNo = 1, over = database } = {},
) => {
  const [answer] = await reserveCalls(over, frozen, {
    accountId,
    flowId,
    provider: 'test',
    items: [{ requestId, row, attemptNo }],
    lineState: () => ({ up: true }),
    now: () => new Date(at),
  });
  if (answer?.kind === 'RESERVED') {
    const { id: attemptId } = answer.attempt;
    const ending = { outcome: 'BUSY' as const, cause: 'test', settledAt: new Date(at) };
    await settleAttempts(over, frozen, [{ accountId, attemptId, ...ending }]);
  }
  return answer;
};
const recordOf = async ({ requestId }: Campaign) =>
  (await sql`select due_at, outcome, detail, attempts from records where request_id = ${requestId}`)[0];

describe('contacts of one number', () => {
  it('are counted over all requests of the account, put off to the person’s midnight, and then made', async () => {
    const accountId = await accountWith({ perDay: 2 });
    const [one, two, three] = [
      await campaign(accountId),
      await campaign(accountId),
      await campaign(accountId),
    ];
    expect((await reserve(one, NOON))?.kind).toBe('RESERVED');
    expect((await reserve(two, NOON + 1))?.kind).toBe('RESERVED');
    expect((await reserve(three, NOON + 2))?.kind).toBe('LATER');
    const midnight = DateTime.fromISO('2026-01-08', { zone: 'Asia/Kolkata' }).toJSDate();
    expect(await recordOf(three)).toEqual({
      due_at: midnight,
      outcome: null,
      detail: 'FREQUENCY',
      attempts: 0,
    });
    expect((await reserve(three, midnight.getTime() - 1))?.kind).toBe('LATER');
    expect((await reserve(three, midnight.getTime()))?.kind).toBe('RESERVED');
    expect((await recordOf(three))?.detail).toBeNull();
  });

  it('keep the gap from one beginning to the next, a stricter one of the flow included', async () => {
    const accountId = await accountWith({ gapMs: 10 * MINUTE_MS });
    await reserve(await campaign(accountId), NOON);
    const lax = await campaign(accountId, [NUMBER], { frequency: { perDay: null, gapMs: MINUTE_MS } });
    const strict = await campaign(accountId, [NUMBER], {
      frequency: { perDay: null, gapMs: 60 * MINUTE_MS },
    });
    expect((await reserve(lax, NOON + 10 * MINUTE_MS - 1))?.kind).toBe('LATER');
    expect((await recordOf(lax))?.due_at).toEqual(new Date(NOON + 10 * MINUTE_MS));
    expect((await reserve(strict, NOON + 10 * MINUTE_MS))?.kind).toBe('LATER');
    expect((await recordOf(strict))?.due_at).toEqual(new Date(NOON + 60 * MINUTE_MS));
    expect((await reserve(lax, NOON + 10 * MINUTE_MS))?.kind).toBe('RESERVED');
  });

  it('are those of this account alone, and neither calls to us, blocked attempts, codes nor transfers', async () => {
    const accountId = await accountWith({ perDay: 1 });
    const other = await accountWith({ perDay: 1 });
    await reserve(await campaign(other), NOON);
    const blocked = await campaign(accountId);
    await sql`insert into blacklist_phones (account_id, number) values (${accountId}, ${NUMBER})`;
    expect((await reserve(blocked, NOON))?.kind).toBe('BLOCKED');
    await sql`delete from blacklist_phones where account_id = ${accountId}`;
    const strange = (over: object) =>
      sql`insert into attempts ${sql({
        id: crypto.randomUUID(),
        account_id: accountId,
        attempt_no: 1,
        medium: 'voice',
        flow_id: 1,
        flow_version: 1,
        address: NUMBER,
        provider: 'test',
        reserved_at: new Date(NOON - 1),
        ...over,
      })}`;
    await strange({ direction: 'in' });
    await strange({ flow_id: 0, flow_version: 0 });
    await strange({ step: 1 });
    await strange({ step: 1, medium: 'sms' });
    const made = await campaign(accountId);
    expect((await reserve(made, NOON))?.kind).toBe('RESERVED');
    expect((await reserve(await campaign(accountId), NOON + 1))?.kind).toBe('LATER');
  });

  it('of a whitelisted number are not limited', async () => {
    const accountId = await accountWith({ perDay: 1 });
    await sql`insert into whitelist_phones (account_id, number, verified_at)
              values (${accountId}, ${NUMBER}, now())`;
    for (let n = 0; n < 3; n += 1)
      expect((await reserve(await campaign(accountId), NOON + n))?.kind).toBe('RESERVED');
  });

  it('are kept as evidence: the limits that held, and how often before', async () => {
    const accountId = await accountWith({ perDay: 5 });
    await reserve(await campaign(accountId), NOON - MINUTE_MS);
    const made = await campaign(accountId, [NUMBER], { frequency: { perDay: 2, gapMs: null } });
    await reserve(made, NOON);
    const [attempt] = await sql`select evidence from attempts where request_id = ${made.requestId}`;
    expect(attempt?.evidence.frequency).toEqual({
      perDay: 2,
      gapMs: null,
      today: 1,
      lastAt: new Date(NOON - MINUTE_MS).toISOString(),
    });
  });

  it('twice in one batch of one flow count as two', async () => {
    const accountId = await accountWith({ perDay: 1 });
    const made = await campaign(accountId, [NUMBER, NUMBER]);
    const answers = await reserveCalls(database, frozen, {
      accountId,
      flowId: made.flowId,
      provider: 'test',
      items: [1, 2].map((row) => ({ requestId: made.requestId, row, attemptNo: 1 })),
      lineState: () => ({ up: true }),
      now: () => new Date(NOON),
    });
    expect(answers.map(({ kind }) => kind)).toEqual(['RESERVED', 'LATER']);
  });

  it('asked for at the same instant by many requests never exceed the cap', async () => {
    const accountId = await accountWith({ perDay: 3 });
    const numbers = [NUMBER, '+919800000011', '+919800000012'];
    const made = await Promise.all(Array.from({ length: 8 }, () => campaign(accountId, numbers)));
    const many = Array.from({ length: 8 }, () => openDatabase(database.url, 2));
    const kinds = await Promise.all(
      made.flatMap((one, index) =>
        numbers.map(async (_, row) => {
          const over = many[(index + row) % many.length] ?? database;
          return (await reserve(one, NOON + index, { row: row + 1, over: { ...over, url: database.url } }))
            ?.kind;
        }),
      ),
    );
    await Promise.all(many.map((one) => one.close()));
    expect(kinds.filter((kind) => kind === 'RESERVED')).toHaveLength(9);
    expect(kinds.filter((kind) => kind === 'LATER')).toHaveLength(15);
    const rows = await sql`
      select address, count(*)::int as calls from attempts where account_id = ${accountId} group by 1 order by 1`;
    expect(rows.map((row) => row.calls)).toEqual([3, 3, 3]);
  });
});

describe('messages from inside calls', () => {
  const text = (accountId: number, callAttemptId: string, step: number, over = database) =>
    reserveStep(over, {
      accountId,
      callAttemptId,
      step,
      medium: 'sms',
      address: NUMBER,
      sender: undefined,
      provider: 'test',
      now: () => new Date(NOON),
    });

  async function callId(accountId: number): Promise<string> {
    const made = await campaign(accountId, ['+919800000099']);
    await reserve(made, NOON);
    const [call] = await sql`select id from attempts where request_id = ${made.requestId}`;
    return call?.id as string;
  }

  it('are counted apart from calls, and blocked once the cap is reached, naming the rule', async () => {
    const accountId = await accountWith({ perDay: 1 });
    await reserve(await campaign(accountId), NOON);
    const id = await callId(accountId);
    expect((await text(accountId, id, 1)).kind).toBe('RESERVED');
    expect((await text(accountId, id, 2)).kind).toBe('BLOCKED');
    const [blocked] = await sql`
      select cause, evidence from attempts where account_id = ${accountId} and outcome = 'BLOCKED'`;
    expect(blocked).toMatchObject({ cause: 'FREQUENCY', evidence: { frequency: { perDay: 1, today: 1 } } });
  });

  it('asked for at the same instant from many calls never exceed the cap', async () => {
    const accountId = await accountWith({ perDay: 2 });
    const calls: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const made = await campaign(accountId, [`+91980000020${n}`]);
      await reserve(made, NOON);
      const [call] = await sql`select id from attempts where request_id = ${made.requestId}`;
      calls.push(call?.id as string);
    }
    const many = Array.from({ length: 6 }, () => openDatabase(database.url, 1));
    const answers = await Promise.all(
      calls.map((id, index) => text(accountId, id, 1, { ...(many[index] ?? database), url: database.url })),
    );
    await Promise.all(many.map((one) => one.close()));
    expect(answers.filter(({ kind }) => kind === 'RESERVED')).toHaveLength(2);
    expect(answers.filter(({ kind }) => kind === 'BLOCKED')).toHaveLength(4);
  });
});

describe('the ledger', () => {
  it('answers how often a number was contacted from its index, however many attempts there are', async () => {
    const accountId = await testAccount(database);
    await sql`
      insert into attempts (id, account_id, attempt_no, medium, flow_id, flow_version, address, provider, reserved_at)
      select gen_random_uuid(), ${accountId}, 1, 'voice', 1, 1, '+9198' || lpad((n % 20000)::text, 8, '0'), 'test',
             to_timestamp(${NOON / 1000} - n)
      from generate_series(1, 60000) as n`;
    await sql`analyze attempts`;
    const plan = await sql`
      explain (format json)
      select a.reserved_at from attempts a
      where a.account_id = ${accountId} and a.address = '+919800000007' and a.reserved_at > ${new Date(NOON - 1e9)}
        and a.medium = 'voice' and a.direction = 'out' and a.flow_id <> 0 and (a.step = 0 or a.medium <> 'voice')
        and a.outcome is distinct from 'BLOCKED'
      order by a.reserved_at desc limit 3`;
    expect(JSON.stringify(plan)).toContain('attempts_address');
    expect(JSON.stringify(plan)).not.toContain('Seq Scan');
    const found = await readContacts(sql, {
      accountId,
      medium: 'voice',
      addresses: ['+919800000007', '+919800019999', '+19'],
      since: NOON - 30_000_000,
      most: 2,
    });
    expect([...found].map(([address, at]) => [address, at.length])).toEqual([
      ['+919800000007', 2],
      ['+919800019999', 1],
    ]);
  });
});
