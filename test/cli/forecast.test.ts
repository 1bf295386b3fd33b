/** What the command promises about forecasts, back-tests and tariffs. */
import { expect, test } from 'vitest';
import { people } from '../support/campaign.ts';
import { ended, ingested, testCommand } from './command.ts';

const { db, accountId, run, file } = await testCommand();

const ASSUMED = JSON.stringify({
  probabilities: { FIRST: { ANSWERED: 1 } },
  durations: { ANSWERED: { ringMs: 5_000, talkMs: 25_000 } },
});
const TARIFF = JSON.stringify({
  currency: 'INR',
  rates: [{ prefix: '91', pulseSeconds: 60, perPulse: '0.50' }],
});
/** The flow is promotional: hours of India that hold at any time of the day would not be open now. */
const GERMAN = Array.from({ length: 20 }, (_, index) => `+4915112345${String(index).padStart(3, '0')}`);
const ANY_TIME = ['--hours', 'any'];

test('a list is forecast: who would be accepted, when it ends, lines, attempts, cost; nothing is launched', async () => {
  const list = await file('list.csv', ['number', ...GERMAN, 'nonsense'].join('\n'));
  const assumed = await file('assumed.json', ASSUMED);
  const tariff = await file('tariff.json', TARIFF.replace('"91"', '"49"'));
  const forecast = (...more: string[]) =>
    run('forecast', list, '--flow', 'survey', '--assume', assumed, ...ANY_TIME, ...more);
  const told = await forecast('--concurrency', '5', '--tariff', tariff);
  expect([told.code, told.stderr]).toEqual([0, '']);
  expect(told.stdout).toContain('21 rows, 20 would be accepted, 1 rejected (1 INVALID_NUMBER)');
  expect(told.stdout).toContain('callable  20 now');
  expect(told.stdout).toMatch(/finish {4}.+, after 2 min [0-9]+ s/);
  expect(told.stdout).toMatch(/^attempts {2}20$/m);
  expect(told.stdout).toMatch(/^lines {5}5$/m);
  expect(told.stdout).toMatch(/^cost {6}10\.00 INR/m);
  expect(told.stdout).toContain('the probabilities given');
  const json = JSON.parse((await forecast('--json', '--seed', '4')).stdout);
  expect(json).toMatchObject({ loaded: 21, people: 20, assumptions: { seed: 4 }, cost: null });
  expect((await db.sql`select 1 from requests where account_id = ${accountId}`).length).toBe(0);
});

test('a list is forecast spread over hours, as it would be launched; a request has its own', async () => {
  const list = await file('spread.csv', ['number', ...GERMAN].join('\n'));
  const assumed = await file('spread.json', ASSUMED);
  const forecast = (...more: string[]) =>
    run('forecast', list, '--flow', 'survey', '--assume', assumed, ...ANY_TIME, '--json', ...more);
  const { now, finishAt } = JSON.parse((await forecast('--spread-over', '2h')).stdout);
  const hours = (Date.parse(finishAt.median) - Date.parse(now)) / 3_600_000;
  // The last of twenty has their turn after 19 twentieths of it.
  expect(hours).toBeGreaterThanOrEqual(1.9);
  expect(hours).toBeLessThan(2);
  expect(await forecast('--spread-over', 'soon')).toMatchObject({ code: 2 });
  expect(await run('forecast', '12', '--spread-over', '2h')).toMatchObject({ code: 2 });
});

test('what is wrong with a forecast is said, with exit codes as everywhere', async () => {
  const list = await file('good.csv', `number\n${GERMAN[0]}\n`);
  expect(await run('forecast', list)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--flow is missing'),
  });
  expect(await run('forecast', list, '--flow', 'nobody')).toMatchObject({ code: 1 });
  const nothing = await file('nothing.csv', 'name\nAsha\n');
  expect(await run('forecast', nothing, '--flow', 'survey')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('NO_PHONE_COLUMN'),
  });
  const half = await file('half-assumed.json', '{"probabilities": {"FIRST": {"ANSWERED": 0.5}}}');
  expect(await run('forecast', list, '--flow', 'survey', '--assume', half)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('must add up to 1'),
  });
});

test('forecasts and back-tests of what is not there are refused', async () => {
  const list = await file('good.csv', `number\n${GERMAN[0]}\n`);
  expect(await run('forecast', list, '--flow', 'survey', '--seed', 'x')).toMatchObject({ code: 2 });
  expect(await run('forecast', '999999', '--flow', 'survey')).toMatchObject({ code: 2 });
  expect(await run('forecast', '999999')).toMatchObject({ code: 1 });
  expect(await run('back-test', '999999')).toMatchObject({ code: 1 });
});

test('a request that runs is forecast, and back-tested once it has ended', async () => {
  const made = await run('call', people(0, 1)[0] ?? '', '--flow', 'survey', '--no-watch', '--at', '+1h');
  expect(made.code).toBe(0);
  const [request] = await db.sql<{ id: number }[]>`
    select id from requests where account_id = ${accountId} order by id desc limit 1`;
  const id = request?.id ?? 0;
  await db.sql`delete from records where request_id = ${id}`;
  await db.sql`delete from request_tallies where request_id = ${id}`;
  await ingested(
    db,
    accountId,
    id,
    people(0, 10).map((number) => ({ number })),
  );
  const told = await run('forecast', String(id), ...ANY_TIME);
  expect(told.stdout).toContain(`request ${id}: 10 of 10 people are left`);
  expect(told.stdout).toContain('there are no calls to learn from yet');
  const status = await run('status', String(id));
  expect(status.stdout).toMatch(/forecast {2}ends about .+ to .+, with \d+ more attempts/);
  expect(await run('back-test', String(id))).toMatchObject({ code: 1 });
  await ended(db, accountId, id);
  await db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${id}`;
  const tested = await run('back-test', String(id), '--retry', 'busy=1/10m', ...ANY_TIME);
  expect([tested.code, tested.stderr]).toEqual([0, '']);
  expect(tested.stdout).toContain(`request ${id} was: 10 people, 0 attempts`);
  expect(tested.stdout).toMatch(/drawn +\d+/);
  expect(JSON.parse((await run('back-test', String(id), '--json')).stdout)).toMatchObject({ requestId: id });
});

test('a tariff is set, shown, charged by and removed', async () => {
  expect((await run('tariff', 'show')).stdout).toContain('no tariff');
  const path = await file('rates.json', TARIFF);
  const set = await run('tariff', 'set', path);
  expect([set.code, set.stdout]).toEqual([0, expect.stringMatching(/\+91 +60 +0\.50 +0\.00/)]);
  const [request] = await db.sql<
    { id: number }[]
  >`select max(id) as id from requests where account_id = ${accountId}`;
  expect((await run('cost', String(request?.id))).stdout).toContain('0.00 INR: 0 answered calls');
  expect(
    await run('tariff', 'set', await file('bad.json', '{"currency": "INR", "rates": []}')),
  ).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('at least one rate'),
  });
  expect((await run('tariff', 'remove')).code).toBe(0);
  expect(await run('cost', String(request?.id))).toMatchObject({ code: 1 });
});
