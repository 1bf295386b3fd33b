import { readdir } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { importRegister } from '../../activities/import-register.ts';
import { readPeopleLeft } from '../../db/queries/forecast.ts';
import { writeAnswers } from '../../db/queries/register-answers.ts';
import { people } from '../support/campaign.ts';
import { called, ready, running, seconds, TARIFF, window } from './forecast-support.ts';
import { formWith, type Reply, testApi } from './support.ts';

const api = await testApi();

/** Everybody answers, so that all numbers of a forecast are known beforehand. */
const EVERYBODY = {
  probabilities: { FIRST: { ANSWERED: 1 } },
  durations: { ANSWERED: { ringMs: 5_000, talkMs: 25_000 } },
};
const records = (numbers: string[]) => numbers.map((number) => ({ number }));
describe('a forecast of records', () => {
  it('says how long they take, how many lines and attempts, and how it came to that', async () => {
    const { ask } = await ready(api, { concurrency: 10 });
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
    const { ask } = await ready(api);
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
    const { ask } = await ready(api);
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
    const { ask, json } = await ready(api);
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
    const { ask, accountId } = await ready(api);
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
    const { ask } = await ready(api);
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
    const caller = await ready(api);
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
    const caller = await ready(api);
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
    const caller = await ready(api);
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

describe('a forecast of a request', () => {
  it('is of its remainder, by how people behaved so far', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, people(0, 40));
    const at = new Date(Date.now() - 3_000_000);
    for (let row = 1; row <= 30; row += 1) await called(api, requestId, row, [{ outcome: 'ANSWERED', at }]);
    const reply = await caller.json('POST', '/requests/forecast', { requestId });
    expect(reply).toMatchObject({
      requestId,
      flowName: 'other',
      loaded: 40,
      people: 10,
      attempts: { median: 10 },
    });
    expect(reply.assumptions).toMatchObject({
      history: 'ACCOUNT',
      concurrency: 5,
      otherRequestsRunning: 0,
    });
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
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, people(0, 3));
    await called(api, requestId, 1, [{ outcome: 'BUSY', at: new Date() }]);
    const history = async () =>
      (await caller.json('POST', '/requests/forecast', { requestId })).assumptions.history;
    expect(await history()).toBe('ACCOUNT');
    await api.db.sql`update requests set source = 'test' where id = ${requestId}`;
    expect(await history()).toBeNull();
  });

  it('knows who was called today, by whichever request: the limit of a day holds for what is foretold', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const numbers = people(0, 4);
    const requestId = await running(api, caller, flowId, numbers);
    const at = new Date(Date.now() - 1_000);
    await called(api, requestId, 1, [{ outcome: 'BUSY', at, talkMs: 500 }], false);
    // The same person of another list, and two who were not called.
    const other = await running(api, caller, flowId, numbers.slice(0, 1));
    const begins = async (id: number): Promise<number[]> => {
      const question = { requestId: id, ...EVERYBODY, policy: { callingHours: null } };
      const { timeline } = await caller.json('POST', '/requests/forecast', question);
      return timeline.buckets.flatMap((one: Reply) => (one.attempts > 0 ? [Date.parse(one.at)] : []));
    };
    const hour = Date.now() + 3_600_000;
    expect(Math.max(...(await begins(requestId)), ...(await begins(other)))).toBeLessThan(hour);
    await api.db.sql`update accounts set contact_gap_ms = 14400000 where id = ${caller.accountId}`;
    const limited = await begins(requestId);
    expect(Math.min(...limited)).toBeLessThan(hour);
    // A bucket of the timeline begins before what is in it, by an hour here at most.
    expect(Math.max(...limited)).toBeGreaterThanOrEqual(at.getTime() + 3 * 3_600_000);
    expect(Math.min(...(await begins(other)))).toBeGreaterThanOrEqual(at.getTime() + 3 * 3_600_000);
    await api.db.sql`
      update accounts set contact_gap_ms = null, contacts_per_day = 1 where id = ${caller.accountId}`;
    const midnight = new Date(at.getTime() + 5.5 * 3_600_000).setUTCHours(24, 0, 0, 0) - 5.5 * 3_600_000;
    expect(Math.min(...(await begins(other)))).toBeGreaterThanOrEqual(midnight - 3_600_000);
  });

  it('keeps to the days that people prefer by the register, and to its refusals', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const [fresh, prefers, refuses, own] = people(0, 4);
    const requestId = await running(api, caller, flowId, [fresh, prefers, refuses, own].map(String));
    const rules = { promotional: true, category: 'FINANCE' };
    await api.db.sql`
      update request_policies set policy = policy || ${api.db.sql.json(rules)} where request_id = ${requestId}`;
    const ahead = DateTime.now().setZone('Asia/Kolkata').plus({ days: 3 }).startOf('day');
    const rows = [
      'number,category,preferredDays',
      `${prefers},2,${ahead.weekday}`,
      `${refuses},1,`,
      `${own},1,`,
    ];
    await importRegister(api.db, {
      accountId: caller.accountId,
      fileName: 'r.csv',
      country: 'IN',
      content: Readable.from([Buffer.from(rows.join('\n'))]),
    });
    await api.db.sql`
      insert into whitelist_phones (account_id, number, verified_at)
      values (${caller.accountId}, ${String(own)}, now())`;
    const question = { requestId, ...EVERYBODY };
    const reply = await caller.json('POST', '/requests/forecast', question);
    expect(reply.never).toEqual([
      {
        reason: 'PREFERENCES_NEVER_MEET',
        detail: 'the register refuses promotion of this category',
        count: 1,
        rows: [3],
      },
    ]);
    expect(reply.attempts.median).toBe(3);
    const last = Date.parse(reply.finishAt.median);
    expect(last).toBeGreaterThanOrEqual(ahead.toMillis());
    expect(last).toBeLessThan(ahead.plus({ days: 1 }).toMillis());
    // A register outside adds what it has answered and what is still kept of it.
    const entry = { categories: 1, fromMinute: null, toMinute: null, days: null };
    const times = { answeredAt: new Date(), expiresAt: new Date(Date.now() + 60_000) };
    await writeAnswers(api.db, [
      { number: String(fresh), entry, failed: false, version: null, ...times },
      { number: String(prefers), entry: null, failed: false, version: null, ...times },
    ]);
    const key = { accountId: caller.accountId, requestId, rates: [], now: new Date() };
    const held = async (register: 'LOCAL' | 'OUTSIDE') =>
      (await readPeopleLeft(api.db, { ...key, register }))
        .flatMap((group) => group.rows.map((row) => [row, group.preferences.length]))
        .sort(([a = 0], [b = 0]) => a - b);
    expect(await held('LOCAL')).toEqual([
      [1, 0],
      [2, 1],
      [3, 1],
      [4, 0],
    ]);
    expect(await held('OUTSIDE')).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 0],
    ]);
    await api.db.sql`
      update request_policies set policy = policy || '{"promotional": false}' where request_id = ${requestId}`;
    const transactional = await caller.json('POST', '/requests/forecast', question);
    expect(transactional).toMatchObject({ never: [], attempts: { median: 4 } });
    expect(Date.parse(transactional.finishAt.median)).toBeLessThan(ahead.toMillis());
  });

  it('is refused once it has ended, with options it has of its own, and of other accounts', async () => {
    const caller = await ready(api);
    const flowId = await api.flow(caller.accountId, { name: 'other' });
    const requestId = await running(api, caller, flowId, people(0, 2));
    const ask = (json: object, who: Pick<typeof caller, 'json'> = caller) =>
      who.json('POST', '/requests/forecast', { requestId, ...json });
    expect(await ask({ flowId })).toMatchObject({ code: 'INVALID_INPUT', errors: [{ field: 'flowId' }] });
    expect(await ask({}, await api.caller())).toMatchObject({ status: 404 });
    await api.db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
    expect(await ask({})).toMatchObject({ status: 409, code: 'REQUEST_ENDED' });
  });
});
