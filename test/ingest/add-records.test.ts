/** Rows that come as JSON are judged as those of a file, and against what the request has already. */
import { expect, test } from 'vitest';
import { inTransaction } from '../../db/client.ts';
import { addRecords, MAX_ADDED_ROWS } from '../../db/queries/add-records.ts';
import { addToBlacklist } from '../../db/queries/blacklist.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { listRequests } from './request.ts';

const db = await testDatabase();
const lists = listRequests(db);
const row = (number: string, variables: Record<string, string> = { name: 'Asha' }) => ({ number, variables });

async function openRequest() {
  const accountId = await testAccount(db);
  const variables = [{ name: 'name', required: true }];
  return { accountId, requestId: await lists.create(accountId, { variables }) };
}

test('each row gets its result and the next row numbers', async () => {
  const key = await openRequest();
  await addToBlacklist(db, {
    accountId: key.accountId,
    kind: 'phones',
    entries: [{ value: '+919876543212' }],
  });
  const first = await addRecords(db, {
    ...key,
    rows: [
      row('9876543210'),
      row(''),
      row('12345'),
      row('+919876543210'),
      row('9876543212'),
      row('9876543213', {}),
    ],
  });
  expect(first.map(({ row: at, result }) => [at, result])).toEqual([
    [1, 'ACCEPTED'],
    [2, 'MISSING_NUMBER'],
    [3, 'INVALID_NUMBER'],
    [4, 'DUPLICATE'],
    [5, 'BLACKLISTED'],
    [6, 'MISSING_VARIABLE'],
  ]);
  const second = await addRecords(db, { ...key, rows: [row('9876543213'), row('9876543219')] });
  expect(second).toMatchObject([
    { row: 7, result: 'DUPLICATE', detail: 'the same number as row 6', number: '+919876543213' },
    { row: 8, result: 'ACCEPTED', detail: null, number: '+919876543219' },
  ]);
  expect(await lists.requestOf(key.requestId)).toMatchObject({ loaded: 8, added: 2 });
  expect(await lists.tallies(key.requestId)).toMatchObject({ ACCEPTED: 2, DUPLICATE: 2 });
  expect((await lists.rows(key.requestId))[0]).toMatchObject({ region: 'IN', variables: { name: 'Asha' } });
});

test('text that the database cannot keep is MALFORMED_ROW, not an error', async () => {
  const key = await openRequest();
  const rows = [
    row('9876543210', { name: 'A\u0000' }),
    row('9876543211', { name: 'A\ud800' }),
    row('98\u0000', {}),
  ];
  const added = await addRecords(db, { ...key, rows });
  expect(added.map(({ result }) => result)).toEqual(['MALFORMED_ROW', 'MALFORMED_ROW', 'MALFORMED_ROW']);
});

test("a caller's transaction that fails takes the rows with it", async () => {
  const key = await openRequest();
  const work = inTransaction(db, async (tx) => {
    await addRecords(tx, { ...key, rows: [row('9876543210')] });
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  expect(await lists.rows(key.requestId)).toEqual([]);
  expect(await lists.requestOf(key.requestId)).toMatchObject({ loaded: 0, added: 0 });
});

test('many at once never get one row number or one number twice', async () => {
  const key = await openRequest();
  const calls = Array.from({ length: 8 }, (_, i) =>
    addRecords(db, { ...key, rows: [row('9876543210'), row(`987654330${i}`)] }),
  );
  const added = (await Promise.all(calls)).flat();
  expect(new Set(added.map(({ row: at }) => at)).size).toBe(16);
  expect(
    added.filter(({ number, result }) => number === '+919876543210' && result === 'ACCEPTED'),
  ).toHaveLength(1);
  expect(await lists.requestOf(key.requestId)).toMatchObject({ loaded: 16, added: 9 });
});

test('50,000 rows go in at once, and one more is refused', async () => {
  const key = await openRequest();
  const rows = Array.from({ length: MAX_ADDED_ROWS }, (_, i) => row(String(7_000_000_000 + i)));
  const added = await addRecords(db, { ...key, rows });
  expect(added.every(({ result }) => result === 'ACCEPTED')).toBe(true);
  await expect(addRecords(db, { ...key, rows: [...rows, row('1')] })).rejects.toThrow(RangeError);
});
