/** Why somebody was, was not, or would not be contacted: by the engine's own rules, at any moment. */
// Before the schemas of the domain: it gives them what the API's description needs.
import '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { createFrozen } from '../../db/queries/frozen.ts';
import { reserveCalls } from '../../db/queries/reserve-calls.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { BLOCKS_ALL } from '../../domain/register.ts';
import { insertPeople, insertRequest, testPolicy } from '../support/campaign.ts';
import { putOnRegister } from '../support/register.ts';
import { type Caller, definition, type Reply, testApi } from './support.ts';

const api = await testApi();
const { db } = api;
const { sql } = db;

const NUMBER = '+919876543210';
const HOUR_MS = 3_600_000;

async function ready(settings: Record<string, unknown> = {}, transactional = false) {
  const caller = await api.caller();
  const flowId = await api.flow(caller.accountId, {
    name: 'offer',
    definition: definition({ settings }),
    transactional,
  });
  return { caller, flowId };
}

const ask = (caller: Caller, query: Record<string, string | number>): Promise<Reply> =>
  caller.json(
    'GET',
    `/explain?${new URLSearchParams({ number: NUMBER, ...query } as Record<string, string>)}`,
  );
const ruleOf = (reply: Reply, rule: string) => reply.rules.find((one: Reply) => one.rule === rule);

/** The next Wednesday's noon in India that is at least two days ahead. */
function noonAhead(): Date {
  const day = 24 * HOUR_MS;
  const at = new Date(Math.ceil(Date.now() / day) * day + 6.5 * HOUR_MS + 2 * day);
  return new Date(at.getTime() + ((3 - at.getUTCDay() + 7) % 7) * day);
}

describe('an explanation', () => {
  it('asks every rule in order, says what decided, and when the person could next be contacted', async () => {
    const { caller } = await ready({ callingHours: [{ from: '10:00', to: '18:00' }] });
    const noon = noonAhead();
    const evening = new Date(noon.getTime() + 7 * HOUR_MS);
    const open = await ask(caller, { flowName: 'offer', at: noon.toISOString() });
    expect(open).toMatchObject({
      number: NUMBER,
      answer: 'MAY',
      decidedBy: null,
      nextContactAt: noon.toISOString(),
    });
    expect(open.rules.map((one: Reply) => `${one.rule} ${one.answer}`)).toEqual([
      'LEDGER NOT_APPLICABLE',
      'RECORD NOT_APPLICABLE',
      'REQUEST NOT_APPLICABLE',
      'DUE NOT_APPLICABLE',
      'HOURS PASS',
      'BLACKLIST PASS',
      'TRIAL NOT_APPLICABLE',
      'REGISTER PASS',
      'FREQUENCY NOT_APPLICABLE',
      'ROOM NOT_APPLICABLE',
    ]);
    const shut = await ask(caller, { flowName: 'offer', at: evening.toISOString() });
    expect(shut).toMatchObject({
      answer: 'LATER',
      decidedBy: 'HOURS',
      nextContactAt: new Date(noon.getTime() + 22 * HOUR_MS).toISOString(),
    });
    expect(ruleOf(shut, 'HOURS').facts).toMatchObject({
      zones: ['Asia/Kolkata'],
      zoneFrom: 'ACCOUNT',
      rules: expect.arrayContaining([
        expect.objectContaining({ id: 'FLOW_HOURS', from: '10:00', to: '18:00' }),
      ]),
    });
    expect(shut.why).toContain('FLOW_HOURS');
  });

  it('says of a day without hours that there are none', async () => {
    const { caller } = await ready({ callingHours: [{ days: [1], from: '10:00', to: '18:00' }] }, true);
    const wednesday = await ask(caller, { flowName: 'offer', at: noonAhead().toISOString() });
    expect(wednesday.why).toMatch(/^closed by FLOW_HOURS .*: no hours in Asia\/Kolkata$/);
  });

  it('names the register’s version and category, and that a whitelisted number is exempt', async () => {
    const { caller } = await ready({ category: 'HEALTH' });
    await putOnRegister(db, caller.accountId, [NUMBER], BLOCKS_ALL);
    const at = noonAhead().toISOString();
    const blocked = await ask(caller, { flowName: 'offer', at });
    expect(blocked).toMatchObject({
      answer: 'BLOCK',
      decidedBy: 'REGISTER',
      nextContactAt: null,
      neverBy: 'REGISTER',
    });
    expect(ruleOf(blocked, 'REGISTER').facts).toMatchObject({
      version: expect.stringMatching(/^account \d+$/),
      category: 'HEALTH',
      entries: [expect.objectContaining({ blocked: expect.arrayContaining(['HEALTH']) })],
    });
    await sql`insert into whitelist_phones (account_id, number, verified_at) values (${caller.accountId}, ${NUMBER}, now())`;
    const exempt = await ask(caller, { flowName: 'offer', at });
    expect(exempt.answer).toBe('MAY');
    expect(ruleOf(exempt, 'REGISTER').why).toContain('whitelisted');
  });

  it('of a past moment says which facts are of then and which are of now', async () => {
    const { caller } = await ready();
    const yesterday = new Date(Date.now() - 24 * HOUR_MS).toISOString();
    const before = await ask(caller, { flowName: 'offer', at: yesterday });
    expect(ruleOf(before, 'BLACKLIST')).toMatchObject({ answer: 'PASS', known: 'NOW' });
    expect(ruleOf(before, 'BLACKLIST').why).toContain('removed');
    expect(ruleOf(before, 'FREQUENCY').known).toBe('THEN');
    await caller.json('POST', '/blacklist/phones', { numbers: [NUMBER], reason: 'asked us to stop' });
    // Listed today, so not yesterday; an entry from before the moment counted then.
    expect(ruleOf(await ask(caller, { flowName: 'offer', at: yesterday }), 'BLACKLIST').answer).toBe('PASS');
    await sql`update blacklist_phones set created_at = now() - interval '2 days' where account_id = ${caller.accountId}`;
    expect(ruleOf(await ask(caller, { flowName: 'offer', at: yesterday }), 'BLACKLIST')).toMatchObject({
      answer: 'BLOCK',
      known: 'THEN',
      why: 'on the blacklist: asked us to stop',
    });
    // A register loaded since was not in force then.
    await putOnRegister(db, caller.accountId, [NUMBER], BLOCKS_ALL);
    expect(ruleOf(await ask(caller, { flowName: 'offer', at: yesterday }), 'REGISTER').known).toBe('NOW');
  });

  it('counts contacts before the moment by the ledger, and goes by the limits that held then', async () => {
    const { caller, flowId } = await ready({}, true);
    await caller.json('PATCH', '/contact-limits', { perDay: 1 });
    const { accountId } = caller;
    const requestId = await insertRequest(db, { accountId, flowId, policy: testPolicy() });
    await insertPeople(db, accountId, requestId, [NUMBER]);
    const at = new Date();
    const frozen = createFrozen(db);
    const [answer] = await reserveCalls(db, frozen, {
      accountId: caller.accountId,
      flowId,
      provider: 'test',
      items: [{ requestId, row: 1, attemptNo: 1 }],
      lineState: () => ({ up: true }),
      now: () => at,
    });
    if (answer?.kind !== 'RESERVED') throw new Error(`not reserved: ${answer?.kind}`);
    await settleAttempts(db, frozen, [
      {
        accountId: caller.accountId,
        attemptId: answer.attempt.id,
        outcome: 'BUSY',
        cause: 'x',
        settledAt: at,
      },
    ]);
    const now = await ask(caller, { flowId });
    expect(ruleOf(now, 'FREQUENCY')).toMatchObject({ answer: 'LATER', facts: { perDay: 1, today: 1 } });
    expect(now.attempts).toMatchObject([{ uuid: answer.attempt.id, outcome: 'BUSY' }]);
    expect(Date.parse(now.nextContactAt)).toBeGreaterThan(Date.now());
    await caller.json('PATCH', '/contact-limits', { perDay: null });
    expect(ruleOf(await ask(caller, { flowId }), 'FREQUENCY').answer).toBe('NOT_APPLICABLE');
    const justAfter = new Date(at.getTime() + 1).toISOString();
    expect(ruleOf(await ask(caller, { flowId, at: justAfter }), 'FREQUENCY')).toMatchObject({
      answer: 'LATER',
      facts: { perDay: 1, today: 1 },
    });
    expect(ruleOf(await ask(caller, { flowId, at: at.toISOString() }), 'FREQUENCY').answer).toBe('PASS');
  });

  it('of a request tells how it and the record stood: paused then, not now', async () => {
    const { caller, flowId } = await ready();
    const { requestId } = await caller.json('POST', '/calls', { flowId, number: NUMBER });
    await caller.json('POST', `/requests/${requestId}/pause`);
    const paused = await ask(caller, { requestId });
    expect(ruleOf(paused, 'REQUEST')).toMatchObject({
      answer: 'BLOCK',
      facts: { stopped: 'PAUSED', policyVersion: 1 },
    });
    const pausedAt = new Date().toISOString();
    await caller.json('POST', `/requests/${requestId}/resume`);
    expect(ruleOf(await ask(caller, { requestId }), 'REQUEST').answer).toBe('PASS');
    expect(ruleOf(await ask(caller, { requestId, at: pausedAt }), 'REQUEST').answer).toBe('BLOCK');
    expect(await ask(caller, { requestId })).toMatchObject({
      request: { id: requestId, row: 1, policyVersion: 1 },
    });
  });

  it('of a row that is not due says LATER, by DUE, and when; of a past moment that it is not known', async () => {
    const { caller, flowId } = await ready({}, true);
    const { accountId } = caller;
    const requestId = await insertRequest(db, { accountId, flowId, policy: testPolicy() });
    await insertPeople(db, accountId, requestId, [NUMBER]);
    const dueAt = new Date(Date.now() + HOUR_MS);
    await sql`update records set due_at = ${dueAt} where request_id = ${requestId}`;
    expect(await ask(caller, { requestId })).toMatchObject({
      answer: 'LATER',
      decidedBy: 'DUE',
      why: `row 1 is not due before ${dueAt.toISOString()}`,
      nextContactAt: dueAt.toISOString(),
    });
    const then = await ask(caller, { requestId, at: dueAt.toISOString() });
    expect(then).toMatchObject({ answer: 'MAY', nextContactAt: dueAt.toISOString() });
    const before = await ask(caller, { requestId, at: new Date(Date.now() - 1_000).toISOString() });
    expect(ruleOf(before, 'RECORD').known).toBe('NOW');
    expect(ruleOf(then, 'RECORD').known).toBe('THEN');
    expect(ruleOf(before, 'DUE')).toMatchObject({ answer: 'NOT_APPLICABLE', known: 'NOW' });
  });

  it('of a message asks the rules about the person alone', async () => {
    const { caller } = await ready();
    await caller.json('POST', '/blacklist/emails', { emails: ['a@example.com'] });
    const mail = await caller.json('GET', '/explain?medium=email&email=A@example.com&flowName=offer');
    expect(mail).toMatchObject({
      email: 'a@example.com',
      number: null,
      answer: 'BLOCK',
      decidedBy: 'BLACKLIST',
    });
    expect(ruleOf(mail, 'HOURS').answer).toBe('NOT_APPLICABLE');
    expect(ruleOf(mail, 'REGISTER').answer).toBe('NOT_APPLICABLE');
    expect((await ask(caller, { flowName: 'offer', medium: 'sms' })).answer).toBe('MAY');
  });

  it('tells that no line can take calls, at the present moment', async () => {
    const { caller } = await ready({}, true);
    const now = await ask(caller, { flowName: 'offer' });
    expect(ruleOf(now, 'ROOM')).toMatchObject({ answer: 'LATER', known: 'NOW' });
  });
});

describe('room', () => {
  it('tells which limit is reached, and until when', async () => {
    const { caller, flowId } = await ready({}, true);
    const { accountId } = caller;
    const slow = { callsPerSecond: 0.01, concurrency: 2 };
    const requestId = await insertRequest(db, { accountId, flowId, policy: testPolicy(slow) });
    await insertPeople(db, accountId, requestId, ['+919876543219', '+919876543218', NUMBER]);
    await sql`
      insert into trunk_health (trunk_id, account_id, worker, up, why, since, seen_at)
      values (0, 0, 'test', true, '', now(), now())`;
    const at = new Date();
    const begin = async (row: number, now: Date) => {
      const [answer] = await reserveCalls(db, createFrozen(db), {
        ...{ accountId, flowId, provider: 'test', items: [{ requestId, row, attemptNo: 1 }] },
        lineState: () => ({ up: true }),
        now: () => now,
      });
      expect(answer?.kind).toBe('RESERVED');
    };
    await begin(1, at);
    const paced = ruleOf(await ask(caller, { requestId }), 'ROOM');
    expect(paced).toMatchObject({
      answer: 'LATER',
      facts: { flowCallsPerSecond: 0.01, limits: ['the flow’s 0.01 calls a second'] },
    });
    const until = Date.parse(paced.facts.retryAt) - at.getTime();
    expect(until).toBeGreaterThan(99_000);
    expect(until).toBeLessThanOrEqual(100_000);
    expect(paced.why).toContain(`not before ${paced.facts.retryAt}`);
    await begin(2, new Date(at.getTime() + 100_000));
    await sql`update pace_gates set next_at_ms = 0 where account_id = ${accountId}`;
    expect(ruleOf(await ask(caller, { requestId }), 'ROOM').facts.limits).toEqual([
      'the flow’s 2 calls at once',
    ]);
  });
});

describe('a question', () => {
  it.each([
    [{ number: '12' }, 'number'],
    [{ at: 'yesterday' }, 'at'],
    [{ medium: 'fax' }, 'medium'],
    [{ flowName: 'offer', requestId: 1 }, 'requestId'],
    [{ flowName: 'offer', email: 'a@example.com' }, 'email'],
    [{ flowName: 'offer', medium: 'email' }, 'email'],
    [{ colour: 'red' }, 'colour'],
    [{ flowName: '', number: NUMBER }, 'flowName'],
  ] as [Record<string, string | number>, string][])(
    'is refused, naming the field, when it is none: %j',
    async (given, field) => {
      const { caller } = await ready();
      const query = 'flowName' in given || 'requestId' in given ? given : { flowName: 'offer', ...given };
      const reply = await ask(caller, query);
      expect(reply).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
      expect(JSON.stringify(reply.errors)).toContain(field);
    },
  );

  it('about nobody’s flow, another’s request or a number that is not in the request finds nothing', async () => {
    const { caller, flowId } = await ready();
    const { requestId } = await caller.json('POST', '/calls', { flowId, number: NUMBER });
    const other = await api.caller();
    expect(await ask(other, { requestId })).toMatchObject({ status: 404 });
    expect(await ask(other, { flowId })).toMatchObject({ code: 'UNKNOWN_FLOW' });
    expect(await ask(caller, { requestId, number: '+919876543211' })).toMatchObject({ status: 422 });
    const reader = await api.callerWith(caller.accountId, ['lists:read']);
    expect(
      (await reader.call('GET', `/explain?number=${encodeURIComponent(NUMBER)}&flowId=${flowId}`)).status,
    ).toBe(403);
  });

  it('leaves no number in the log', async () => {
    const { caller } = await ready();
    await ask(caller, { flowName: 'offer' });
    expect(api.logged.join('')).not.toContain('9876543210');
  });
});
