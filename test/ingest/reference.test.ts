/** A reference list kept outside the project, where there is one: CLARION_REFERENCE_LISTS names its folder. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importRegister } from '../../activities/import-register.ts';
import { addToBlacklist } from '../../db/queries/blacklist.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { listRequests } from './request.ts';

const folder = process.env.CLARION_REFERENCE_LISTS ?? '';
const present = folder !== '' && existsSync(join(folder, 'expected.json'));
const db = await testDatabase();
const lists = listRequests(db);

interface Expected {
  counts: Record<string, number>;
  records: { number: string; e164: string | null; result: string }[];
}

test.skipIf(!present)('the reference list gets the expected result row by row', async () => {
  const accountId = await testAccount(db);
  const blacklist = readFileSync(join(folder, 'blacklist.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  await addToBlacklist(db, { accountId, kind: 'phones', entries: blacklist.map((value) => ({ value })) });
  const content = createReadStream(join(folder, 'dnd.csv'));
  await importRegister(db, { accountId, fileName: 'dnd.csv', country: 'IN', content });
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Expected;
  const { rows, requestId } = await lists.read({
    accountId,
    content: readFileSync(join(folder, 'mixed.csv')),
  });
  expect(rows.map(({ given, number, result }) => ({ number: given, e164: number, result }))).toEqual(
    expected.records,
  );
  expect(await lists.tallies(requestId)).toEqual(expected.counts);
});
