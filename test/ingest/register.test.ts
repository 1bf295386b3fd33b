/** The register as the database keeps it: full loads, updates, what a file may say, and what a crash leaves. */
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { importRegister } from '../../activities/import-register.ts';
import { findRegistered, registerVersion } from '../../db/queries/register.ts';
import { clearRegisterNumbers } from '../../db/queries/register-queue.ts';
import { getRegisterVersion } from '../../db/queries/register-versions.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { listRequests } from './request.ts';

const db = await testDatabase();
const lists = listRequests(db);
const csv = (text: string): Readable => Readable.from([Buffer.from(text)]);

const load = (accountId: number, text: string, over: object = {}) =>
  importRegister(db, { accountId, fileName: 'r.csv', country: 'IN', content: csv(text), ...over });

/** Which of ten numbers are on the register, by their last digit. */
async function registered(accountId: number): Promise<string> {
  const numbers = Array.from({ length: 10 }, (_, digit) => `+91987654321${digit}`);
  const { entries } = await findRegistered(db, { accountId, numbers });
  return numbers
    .filter((number) => entries.has(number))
    .map((number) => number.at(-1))
    .join('');
}

test('a register is read like a list, and says which version it is', async () => {
  const accountId = await testAccount(db);
  expect(await registerVersion(db, { accountId })).toBeNull();
  const done = await load(accountId, 'name;number\nA;+919876543210\nB;9876543211\nC;12\nD;09876543210\n');
  expect(done).toMatchObject({ numbers: 2, rejected: 1, added: 2, removed: 0, total: 2 });
  expect(await registered(accountId)).toBe('01');
  expect(await registered(await testAccount(db))).toBe('');
  expect(await registerVersion(db, { accountId })).toBe(`account ${done.versionId}`);
  const { entries } = await findRegistered(db, {
    accountId,
    numbers: ['+491234567890123456', '+14155552671'],
  });
  expect(entries.size).toBe(0);
});

test('the register of the platform counts for every account, together with its own', async () => {
  const accountId = await testAccount(db);
  const platform = await load(0, '9876543217\n9876543218\n');
  const own = await load(accountId, '9876543218\n9876543219\n');
  const { entries, version } = await findRegistered(db, { accountId, numbers: ['+919876543218'] });
  expect(entries.get('+919876543218')).toHaveLength(2);
  expect(version).toBe(`platform ${platform.versionId}, account ${own.versionId}`);
  expect(await registered(accountId)).toBe('789');
  expect(await registered(await testAccount(db))).toBe('78');
  await db.sql`update register_versions set current = false where account_id = 0`;
});

test('a full load replaces all numbers; an update adds and removes, the last row of a number counting', async () => {
  const accountId = await testAccount(db);
  await load(accountId, '9876543210\n9876543211\n9876543212\n');
  await load(accountId, '9876543212\n9876543213\n');
  expect(await registered(accountId)).toBe('23');
  const update =
    'number,operation\n9876543214,add\n9876543212,Remove\n9876543219,remove\n9876543215,A\n9876543215,D\n';
  const done = await load(accountId, update, { mode: 'UPDATE' });
  expect(done).toMatchObject({ numbers: 4, added: 1, removed: 1, total: 2 });
  expect(await registered(accountId)).toBe('34');
  const gone = await load(accountId, '9876543213\n', { mode: 'UPDATE', operation: 'REMOVE' });
  expect(gone).toMatchObject({ removed: 1, total: 1 });
  expect(await registered(accountId)).toBe('4');
  expect(await registerVersion(db, { accountId })).toBe(`account ${gone.versionId}`);
});

test('numbers of loads that are no longer in force are cleared, those in force never', async () => {
  const accountId = await testAccount(db);
  await load(accountId, '9876543210\n9876543211\n');
  await load(accountId, '9876543212\n');
  await load(accountId, '9876543213\n', { mode: 'UPDATE' });
  while ((await clearRegisterNumbers(db)) > 0);
  expect(await registered(accountId)).toBe('23');
  const [left] =
    await db.sql`select count(*)::int as count from register_numbers where account_id = ${accountId}`;
  expect(left?.count).toBe(2);
});

test('a file that cannot be read changes nothing', async () => {
  const accountId = await testAccount(db);
  const before = await load(accountId, '9876543210\n');
  await expect(load(accountId, 'name,city\nA,B\n')).rejects.toMatchObject({ rejection: 'NO_PHONE_COLUMN' });
  await expect(load(accountId, '')).rejects.toMatchObject({ rejection: 'EMPTY_FILE' });
  await expect(load(accountId, 'number\n9876543211\n"9876543212\n')).rejects.toMatchObject({
    rejection: 'NOT_CSV',
  });
  const nothingKnown = load(accountId, 'number,operation\n9876543211,toggle\n', { mode: 'UPDATE' });
  await expect(nothingKnown).rejects.toMatchObject({ rejection: 'EMPTY_FILE' });
  expect(await registerVersion(db, { accountId })).toBe(`account ${before.versionId}`);
  expect(await registered(accountId)).toBe('0');
});

test('categories and preferences come from the file; one that cannot be read blocks everything, and is told by its row', async () => {
  const accountId = await testAccount(db);
  const rows = [
    'Number,Category,Preferred From,preferred_to,PREFERREDDAYS,remark',
    '9876543210,0,,,,x',
    '9876543211,"1,3",10:00,18:30,1 2 wed,x',
    '9876543212,,,,,x',
    '9876543213,9,,,,x',
    '9876543214,2,18:00,10:00,,x',
    '12,2,,,,x',
  ];
  const { versionId, rejected } = await load(accountId, rows.join('\n'));
  expect(rejected).toBe(1);
  const numbers = ['0', '1', '2', '3', '4'].map((digit) => `+91987654321${digit}`);
  const { entries } = await findRegistered(db, { accountId, numbers });
  const all = { categories: 1, fromMinute: null, toMinute: null, days: null };
  expect(numbers.map((number) => entries.get(number)?.[0])).toEqual([
    all,
    { categories: 0b1010, fromMinute: 600, toMinute: 1110, days: 0b1110 },
    all,
    all,
    all,
  ]);
  const version = await getRegisterVersion(db, { accountId, versionId });
  expect(version).toMatchObject({ rows: 6, rejected: 1, unclear: 2, total: 5 });
  expect(version?.faults).toEqual([
    { row: 4, problem: expect.stringContaining('category "9" is not one of 0 to 7') },
    { row: 5, problem: expect.stringContaining('preferredFrom must be before preferredTo') },
    { row: 6, problem: 'not a valid number' },
  ]);
});

test('a full load that would leave less than half of a large register is refused, unless that is meant', async () => {
  const accountId = await testAccount(db);
  const many = Array.from({ length: 1200 }, (_, index) => 9_876_500_000 + index).join('\n');
  await load(accountId, many);
  await expect(load(accountId, '9876543210\n')).rejects.toThrow('would leave 1 of 1200 numbers');
  expect(await registered(accountId)).toBe('');
  await load(accountId, '9876543210\n', { allowShrink: true });
  expect(await registered(accountId)).toBe('0');
});

test('a list is scrubbed by what its flow promotes, and the request keeps what it went by', async () => {
  const accountId = await testAccount(db);
  const register = 'number,category,preferredFrom\n9876543210,0,\n9876543211,1,\n9876543212,4,23:59\n';
  const { versionId } = await load(accountId, register);
  const content = '9876543210\n9876543211\n9876543212\n9876543213\n';
  for (const [category, results] of [
    [undefined, 'DO_NOT_CALL DO_NOT_CALL DO_NOT_CALL ACCEPTED'],
    ['FINANCE', 'DO_NOT_CALL DO_NOT_CALL ACCEPTED ACCEPTED'],
    ['TOURISM', 'DO_NOT_CALL ACCEPTED ACCEPTED ACCEPTED'],
  ] as const) {
    const { rows, requestId } = await lists.read({ accountId, content, ...(category && { category }) });
    expect(rows.map(({ result }) => result).join(' ')).toBe(results);
    const [event] =
      await db.sql`select data from request_events where request_id = ${requestId} and type = 'INGESTED'`;
    expect(event?.data.scrub).toMatchObject({
      provider: 'local',
      version: `account ${versionId}`,
      askedAt: expect.stringMatching(/^\d{4}-/),
      category: category ?? null,
      class: 'promotional',
      unanswered: 0,
    });
  }
  const { requestId } = await lists.read({ accountId, content, promotional: false });
  const [event] =
    await db.sql`select data from request_events where request_id = ${requestId} and type = 'INGESTED'`;
  expect(event?.data.scrub).toBeNull();
});
