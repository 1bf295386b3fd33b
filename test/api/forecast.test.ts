import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { insertPeople, insertRequest, people, testPolicy } from '../support/campaign.ts';
import { definition, formWith, type Reply, testApi } from './support.ts';

const api = await testApi();

/** Everybody answers, so that all numbers of a forecast are known beforehand. */
const EVERYBODY = {
  probabilities: { FIRST: { ANSWERED: 1 } },
  durations: { ANSWERED: { ringMs: 5_000, talkMs: 25_000 } },
};
const TARIFF = {
  currency: 'INR',
  rates: [
    { prefix: '91', pulseSeconds: 15, perPulse: '0.30', setUp: '0.05' },
    { prefix: '+9198', pulseSeconds: 60, perPulse: '1.10' },
  ],
};

async function ready(over: Record<string, unknown> = {}) {
  const caller = await api.caller();
  await api.flow(caller.accountId, {
    name: 'survey',
    transactional: true,
    approved: true,
    definition: definition({ settings: over }),
  });
  await api.db.sql`update accounts set transactional_contract = true where id = ${caller.accountId}`;
  const ask = (json: Record<string, unknown>): Promise<Reply> =>
    caller.json('POST', '/requests/forecast', { flowName: 'survey', ...json });
  return { ...caller, ask };
}

const records = (numbers: string[]) => numbers.map((number) => ({ number }));
const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

describe('a forecast of records', () => {
  it('says how long they take, how many lines and attempts, and how it came to that', async () => {
    const { ask } = await ready({ concurrency: 10 });
    const reply = await ask({ records: records(people(0, 100)), ...EVERYBODY });
    expect(reply).toMatchObject({
      requestId: null,
      flowName: 'survey',
      loaded: 100,
      people: 100,
      callableNow: 100,
      rejected: [],
      never: [],
      cost: null,
      attempts: { p5: 100, median: 100, p95: 100 },
      answered: { median: 100 },
      peakCalls: { p5: 10, median: 10, p95: 10 },
      outcomes: [{ outcome: 'ANSWERED', people: { median: 100 } }],
    });
    // 100 calls of half a minute on ten lines, and what the engine adds.
    expect(seconds(reply.now, reply.finishAt.median)).toBeGreaterThanOrEqual(300);
    expect(seconds(reply.now, reply.finishAt.p95)).toBeLessThan(310);
    expect(reply.assumptions).toMatchObject({
      history: null,
      concurrency: 10,
      peoplePerSimulated: 1,
      seed: 1,
    });
    expect(reply.assumptions.probabilities[0]).toMatchObject({ after: 'FIRST', source: 'GIVEN' });
    expect(reply.assumptions.durations[1]).toMatchObject({ outcome: 'BUSY', source: 'DEFAULT' });
    const begun = reply.timeline.buckets.reduce((sum: number, one: Reply) => sum + one.attempts, 0);
    expect(begun).toBe(100);
  });

  it('is the same again for the same seed, and takes other parts of the policy', async () => {
    const { ask } = await ready();
    const startAt = new Date(Date.now() + 3_600_000).toISOString();
    const question = { records: records(people(0, 50)), startAt, policy: { concurrency: 2 } };
    const [one, same, other] = await Promise.all([
      ask(question),
      ask(question),
      ask({ ...question, seed: 5 }),
    ]);
    const facts = ({ now: _, ...rest }: Reply) => rest;
    expect(facts(one)).toEqual(facts(same));
    expect(other.finishAt).not.toEqual(one.finishAt);
    expect(one.peakCalls.p95).toBe(2);
    expect(one.callableNow).toBe(0);
  });

  it('names those whom no hour allows, by rule and row', async () => {
    const { ask } = await ready();
    const reply = await ask({
      records: [...records(people(0, 3)), { number: '+447911123456', timezone: 'Europe/London' }],
      // The account's clock is 5:30 or 4:30 ahead of London's: nothing is open there before the end.
      policy: { callingHours: window(-60, 120, 'Asia/Kolkata') },
      endAt: new Date(Date.now() + 1_800_000).toISOString(),
      ...EVERYBODY,
    });
    expect(reply.people).toBe(4);
    expect(reply.callableNow).toBe(3);
    expect(reply.never).toEqual([
      {
        reason: 'OPENS_AFTER_END',
        detail: expect.stringMatching(/^FLOW_HOURS by the clock of Europe\/London: open next at /),
        count: 1,
        rows: [4],
      },
    ]);
    expect(reply.answered.median).toBe(3);
  });

  it('costs what the tariff says: the longest prefix, in pulses', async () => {
    const { ask, json } = await ready();
    // 25 s are two pulses of 15 s and one of 60 s.
    const numbers = ['+919811000050', '+919811000051', '+912266000000', '+447911123456'];
    expect((await ask({ records: records(numbers), ...EVERYBODY })).cost).toBeNull();
    await json('PUT', '/tariff', TARIFF);
    const { cost } = await ask({ records: records(numbers), ...EVERYBODY });
    expect(cost).toEqual({ currency: 'INR', p5: '2.85', median: '2.85', p95: '2.85', unpricedPeople: 1 });
    const given = { currency: 'EUR', rates: [{ prefix: '', pulseSeconds: 1, perPulse: '0.000001' }] };
    const other = await ask({ records: records(numbers), ...EVERYBODY, tariff: given });
    expect(other.cost).toMatchObject({ currency: 'EUR', median: '0.0001', unpricedPeople: 0 });
  });

  it('leaves nothing behind', async () => {
    const { ask, accountId } = await ready();
    await ask({ records: records(people(0, 5)) });
    const rows = await api.db.sql`select 1 from requests where account_id = ${accountId}`;
    expect(rows.length).toBe(0);
  });

  it.each([
    [{ records: undefined }, 'records', 'give records, a file, or requestId'],
    [{ probabilities: { FIRST: { ANSWERED: 0.4 } } }, 'probabilities.FIRST', 'must add up to 1'],
    [{ probabilities: { FIRST: { ASLEEP: 1 } } }, 'probabilities.FIRST.ASLEEP', undefined],
    [{ durations: { ANSWERED: { ringMs: -1 } } }, 'durations.ANSWERED.ringMs', undefined],
    [{ tariff: { ...TARIFF, currency: 'rupees' } }, 'tariff.currency', undefined],
    [
      { tariff: { ...TARIFF, rates: [{ prefix: '91', pulseSeconds: 15, perPulse: 0.3 }] } },
      'tariff.rates.0.perPulse',
      undefined,
    ],
    [{ seed: -1 }, 'seed', undefined],
    [{ policy: { concurrency: 0 } }, 'policy.concurrency', undefined],
    [{ policy: { holidayCalendars: ['nowhere'] } }, 'policy.holidayCalendars.0', undefined],
    [{ endAt: '2001-01-01T00:00:00Z' }, 'endAt', 'must be in the future'],
    [{ statusEmails: ['a@example.com'] }, 'statusEmails', 'is not a known field'],
  ])('refuses what is not right, naming the field: %j', async (over, field, message) => {
    const { ask } = await ready();
    const reply = await ask({ records: records(people(0, 1)), ...over });
    expect(reply).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
    expect(reply.errors[0]).toMatchObject({ field, ...(message && { message }) });
  });

  it('refuses a flow that may not run', async () => {
    const caller = await api.caller();
    await api.flow(caller.accountId, { name: 'draft', published: false });
    const json = { flowName: 'draft', records: records(people(0, 1)) };
    expect(await caller.json('POST', '/requests/forecast', json)).toMatchObject({
      code: 'FLOW_NOT_RUNNABLE',
    });
  });
});

/** A window of the day around now, by a zone's clock; two where it goes over midnight. */
function window(fromMinutes: number, toMinutes: number, zone: string) {
  const at = (minutes: number): string =>
    new Date(Date.now() + minutes * 60_000).toLocaleTimeString('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
    });
  const days = [1, 2, 3, 4, 5, 6, 7];
  const [from, to] = [at(fromMinutes), at(toMinutes)];
  if (from < to) return [{ days, from, to }];
  return [{ days, from, to: '24:00' }, ...(to === '00:00' ? [] : [{ days, from: '00:00', to }])];
}

describe('a forecast of a file', () => {
  const send = async (
    caller: { call: Awaited<ReturnType<typeof ready>>['call'] },
    content: string,
    fields = {},
  ) =>
    (
      await caller.call('POST', '/requests/forecast', {
        form: formWith({ 'list.csv': content }, { flowName: 'survey', ...fields }),
      })
    ).json() as Promise<Reply>;

  it('judges every row as a launch would, by number, and stores nothing of the file', async () => {
    const caller = await ready();
    await caller.json('POST', '/blacklist/phones', { numbers: ['+919811000057'] });
    const list =
      'number,name\n9811000050,A\n9811000050,B\nnonsense,C\n,D\n9811000057,E\n9811000051,F\n9811000052\n';
    const reply = await send(caller, list, {
      probabilities: JSON.stringify(EVERYBODY.probabilities),
      policy: JSON.stringify({ concurrency: 1 }),
      seed: '3',
    });
    expect(reply).toMatchObject({ loaded: 7, people: 2, attempts: { median: 2 }, peakCalls: { p95: 1 } });
    expect(reply.assumptions.seed).toBe(3);
    expect(reply.rejected).toEqual(
      expect.arrayContaining([
        { result: 'DUPLICATE', count: 1, rows: [2] },
        { result: 'INVALID_NUMBER', count: 1, rows: [3] },
        { result: 'MISSING_NUMBER', count: 1, rows: [4] },
        { result: 'BLACKLISTED', count: 1, rows: [5] },
        { result: 'MALFORMED_ROW', count: 1, rows: [7] },
      ]),
    );
    const kept = await readdir(api.directory, { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile())).toEqual([]);
  });

  it('refuses a file that a launch would turn away whole, with the reason', async () => {
    const caller = await ready();
    for (const [content, reason] of [
      ['name\nAsha\n', 'NO_PHONE_COLUMN'],
      ['', 'EMPTY_FILE'],
      ['number\n', 'EMPTY_FILE'],
      ['[{"number": 1}]', 'NOT_CSV'],
    ] as const) {
      const reply = await send(caller, content);
      expect(reply).toMatchObject({ status: 422, code: 'INVALID_INPUT' });
      expect(reply.errors[0].field).toBe('files');
      expect(reply.errors[0].message).toContain(reason);
    }
  });

  it('takes one file at a time, and says which options it does not know', async () => {
    const caller = await ready();
    const form = formWith(
      { 'a.csv': 'number\n9811000050\n', 'b.csv': 'number\n9811000051\n' },
      { flowName: 'survey' },
    );
    const many = (await (await caller.call('POST', '/requests/forecast', { form })).json()) as Reply;
    expect(many).toMatchObject({ status: 422, code: 'TOO_MANY_FILES' });
    expect(await send(caller, 'number\n9811000050\n', { statusEmails: 'x@example.com' })).toMatchObject({
      code: 'INVALID_INPUT',
      errors: [{ field: 'statusEmails' }],
    });
    expect(await send(caller, 'number\n9811000050\n', { probabilities: 'half' })).toMatchObject({
      errors: [{ field: 'probabilities' }],
    });
  });
});

/** Puts a request with these people into the database, as the engine would have it after some calls. */
async function running(caller: { accountId: number }, flowId: number, numbers: string[]): Promise<number> {
  const requestId = await insertRequest(api.db, {
    accountId: caller.accountId,
    flowId,
    policy: testPolicy({ concurrency: 5 }),
  });
  await insertPeople(api.db, caller.accountId, requestId, numbers);
  await api.db
    .sql`update requests set status = 'IN_PROCESS', started_at = now() - interval '1 hour' where id = ${requestId}`;
  return requestId;
}

async function called(
  requestId: number,
  row: number,
  attempts: { outcome: string; at: Date; talkMs?: number }[],
  ended = true,
): Promise<void> {
  for (const [index, { outcome, at, talkMs = 20_000 }] of attempts.entries()) {
    const answered = outcome === 'ANSWERED' ? new Date(at.getTime() + 5_000) : null;
    const settled = new Date((answered ?? at).getTime() + talkMs);
    await api.db.sql`
      insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                            address, provider, reserved_at, answered_at, settled_at, outcome)
      select gen_random_uuid(), q.account_id, q.id, ${row}, ${index + 1}, 'voice', q.flow_id, 1, 1, r.number, 'test',
             ${at}, ${answered}, ${settled}, ${outcome}
      from requests q join records r on r.request_id = q.id and r.row = ${row} where q.id = ${requestId}`;
  }
  const last = attempts.at(-1)?.outcome ?? null;
  await api.db.sql`
    update records set attempts = ${attempts.length}, outcome = ${last}, ended_at = ${ended ? new Date() : null}
    where request_id = ${requestId} and row = ${row}`;
}

describe('a forecast of a request', () => {
  it('is of its remainder, by how people behaved so far', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, people(0, 40));
    const at = new Date(Date.now() - 3_000_000);
    for (let row = 1; row <= 30; row += 1) await called(requestId, row, [{ outcome: 'ANSWERED', at }]);
    const reply = await caller.json('POST', '/requests/forecast', { requestId });
    expect(reply).toMatchObject({
      requestId,
      flowName: 'other',
      loaded: 40,
      people: 10,
      attempts: { median: 10 },
    });
    expect(reply.assumptions).toMatchObject({ history: 'ACCOUNT', concurrency: 5 });
    expect(reply.assumptions.probabilities[0]).toMatchObject({
      after: 'FIRST',
      source: 'ACCOUNT_HISTORY',
      n: 30,
    });
    expect(reply.assumptions.probabilities[0].outcomes.ANSWERED).toBeGreaterThan(0.9);
    expect(reply.assumptions.durations[0]).toMatchObject({
      outcome: 'ANSWERED',
      source: 'ACCOUNT_HISTORY',
      ringSeconds: 5,
      talkSeconds: 20,
    });
  });

  it('learns nothing from test calls', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, people(0, 3));
    await called(requestId, 1, [{ outcome: 'BUSY', at: new Date() }]);
    const history = async () =>
      (await caller.json('POST', '/requests/forecast', { requestId })).assumptions.history;
    expect(await history()).toBe('ACCOUNT');
    await api.db.sql`update requests set source = 'test' where id = ${requestId}`;
    expect(await history()).toBeNull();
  });

  it('is refused once it has ended, with options it has of its own, and of other accounts', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, people(0, 2));
    const ask = (json: object, who: Pick<typeof caller, 'json'> = caller) =>
      who.json('POST', '/requests/forecast', { requestId, ...json });
    expect(await ask({ flowId })).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'flowId' }] });
    expect(await ask({}, await api.caller())).toMatchObject({ status: 404 });
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    expect(await ask({})).toMatchObject({ status: 409, code: 'REQUEST_ENDED' });
  });
});

describe('a back-test', () => {
  it('names attempts another policy would not have made, and counts those that never were', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, people(1, 4));
    const minute = (count: number) => new Date(Date.now() - 3_600_000 + count * 60_000);
    const busy = (at: Date) => ({ outcome: 'BUSY', at, talkMs: 1_000 });
    await called(requestId, 1, [busy(minute(1)), busy(minute(2)), { outcome: 'ANSWERED', at: minute(3) }]);
    await called(requestId, 2, [busy(minute(1)), { outcome: 'ANSWERED', at: minute(30) }]);
    await called(requestId, 3, [{ outcome: 'ANSWERED', at: minute(1) }]);
    await called(requestId, 4, [busy(minute(1))]);
    const path = `/requests/${requestId}/back-test`;
    expect(await caller.json('POST', path, {})).toMatchObject({ code: 'REQUEST_NOT_ENDED' });
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    const once = { BUSY: { times: 1, intervalMs: 600_000 } };
    const reply = await caller.json('POST', path, { policy: { retries: once } });
    expect(reply).toMatchObject({
      requestId,
      was: { people: 4, attempts: 7 },
      notAllowed: [
        { rule: 'TOO_SOON', count: 1, attempts: [{ row: 1, attemptNo: 2 }] },
        { rule: 'OVER_RETRIES', count: 1, attempts: [{ row: 1, attemptNo: 3 }] },
      ],
      // Row 4 is tried once more, and nobody knows how that would have ended.
      drawnAttempts: { p5: 1, median: 1, p95: 1 },
      wouldBe: { people: 4, attempts: { p5: 7, p95: 7 } },
      blocked: 0,
    });
    expect(reply.wouldBe.answered.p5).toBeGreaterThanOrEqual(2);
    expect(reply.wouldBe.assumptions.history).toBe('REQUEST');
    expect(seconds(reply.was.startedAt, reply.wouldBe.finishAt.median)).toBeGreaterThan(600);
  });

  it('knows the hours of each attempt', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, people(0, 2));
    await called(requestId, 1, [{ outcome: 'ANSWERED', at: new Date(Date.now() - 3_000_000) }]);
    await called(requestId, 2, [{ outcome: 'ANSWERED', at: new Date(Date.now() - 600_000) }]);
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    const reply = await caller.json('POST', `/requests/${requestId}/back-test`, {
      policy: { callingHours: window(-30, 60, 'Asia/Kolkata') },
    });
    expect(reply.notAllowed).toEqual([
      { rule: 'OUTSIDE_HOURS', count: 1, attempts: [{ row: 1, attemptNo: 1 }] },
    ]);
  });
});

describe('the tariff', () => {
  it('is kept as it was given, exactly, and can be replaced and removed', async () => {
    const caller = await ready();
    expect(await caller.json('GET', '/tariff')).toEqual({ tariff: null });
    const { tariff } = await caller.json('PUT', '/tariff', { ...TARIFF, perSms: '0.0725' });
    expect(tariff).toMatchObject({
      currency: 'INR',
      perSms: '0.0725',
      perMail: '0.00',
      rates: [
        { prefix: '91', pulseSeconds: 15, perPulse: '0.30', setUp: '0.05' },
        { prefix: '9198', pulseSeconds: 60, perPulse: '1.10', setUp: '0.00' },
      ],
    });
    const other = { currency: 'EUR', rates: [{ prefix: '', pulseSeconds: 60, perPulse: '0.1' }] };
    expect((await caller.json('PUT', '/tariff', other)).tariff.rates).toHaveLength(1);
    expect(await caller.json('DELETE', '/tariff')).toEqual({ tariff: null });
    expect(await caller.json('GET', '/tariff')).toEqual({ tariff: null });
  });

  it.each([
    [{ ...TARIFF, rates: [] }, 'rates'],
    [{ ...TARIFF, rates: [...TARIFF.rates, { prefix: '+91', pulseSeconds: 1, perPulse: '1' }] }, 'rates'],
    [{ ...TARIFF, rates: [{ prefix: '9a', pulseSeconds: 1, perPulse: '1' }] }, 'rates.0.prefix'],
    [{ ...TARIFF, rates: [{ prefix: '91', pulseSeconds: 0, perPulse: '1' }] }, 'rates.0.pulseSeconds'],
    [{ ...TARIFF, rates: [{ prefix: '91', pulseSeconds: 1, perPulse: '-1' }] }, 'rates.0.perPulse'],
    [{ ...TARIFF, perSms: '1e3' }, 'perSms'],
  ])('refuses %j, naming %s', async (given, field) => {
    const caller = await ready();
    expect(await caller.json('PUT', '/tariff', given)).toMatchObject({ status: 422, errors: [{ field }] });
  });

  it('says what a request has cost', async () => {
    const caller = await ready();
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(caller, flowId, ['+919811000050', '+912266000000', '+447911123456']);
    expect(await caller.json('GET', `/requests/${requestId}/cost`)).toEqual({ cost: null });
    await caller.json('PUT', '/tariff', TARIFF);
    const at = new Date();
    await called(requestId, 1, [
      { outcome: 'BUSY', at },
      { outcome: 'ANSWERED', at, talkMs: 60_000 },
    ]);
    await called(requestId, 2, [{ outcome: 'ANSWERED', at, talkMs: 15_400 }]);
    await called(requestId, 3, [{ outcome: 'ANSWERED', at }]);
    expect(await caller.json('GET', `/requests/${requestId}/cost`)).toEqual({
      cost: { currency: 'INR', total: '1.75', calls: 2, unpriced: 1, messages: 0 },
    });
  });
});
