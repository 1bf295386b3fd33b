/** What is guaranteed about a split on a real run: the arms read one list, call everybody once, and can be compared. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { compareSplit } from '../../api/split-view.ts';
import { inTransaction } from '../../db/client.ts';
import { createRequest } from '../../db/queries/requests.ts';
import { createSplit, listSplits } from '../../db/queries/splits.ts';
import { armOf } from '../../domain/split.ts';
import { localFiles } from '../../providers/storage/local-files.ts';
import { SURVEY, testFlow, testPolicy } from '../support/campaign.ts';
import { testEngine } from '../support/engine.ts';

const engine = await testEngine();
const { database: db, accountId } = engine;
const WEIGHTS = [1, 2];

/** A list of people who answer and press 1 or 2, some who are busy, two of them twice, and a row without a number. */
function list(): { numbers: string[]; csv: string } {
  const numbers = Array.from(
    { length: 90 },
    (_, n) => `+9198${String(n).padStart(6, '0')}${['15', '25', '31'][n % 3]}`,
  );
  const rows = [...numbers, numbers[0], numbers[1]?.slice(3), 'abc'];
  return { numbers, csv: `number\n${rows.join('\n')}\n` };
}

it('one list, two flows: everybody is called by one of them, once, and what they pressed is told by arm', async () => {
  const other = await testFlow(db, accountId, SURVEY, 'other');
  const { numbers, csv } = list();
  const storage = localFiles(join(engine.dataDir, 'storage'));
  const key = 'uploads/people.csv';
  await storage.write(key, Readable.from(csv), 1_000_000);
  const { split, ids } = await inTransaction(db, async (tx) => {
    const arms = WEIGHTS.map((weight, arm) => ({ name: `arm ${arm}`, weight }));
    const made = await createSplit(tx, { accountId, name: null, salt: 'salt', arms, createdBy: 'test' });
    const requests: number[] = [];
    for (const [arm, flowId] of [engine.flowId, other].entries()) {
      requests.push(
        await createRequest(tx, {
          ...{ accountId, flowId, flowVersion: 1, flowType: 'outbound', source: 'upload' },
          ...{ uploadKey: key, uploadFormat: 'csv', splitId: made.id, splitArm: arm, createdBy: 'test' },
          policy: testPolicy(),
        }),
      );
    }
    return { split: made, ids: requests };
  });
  for (const id of ids) await engine.notify(id);
  const results = await Promise.all(ids.map((id) => engine.finished(id)));
  expect(results.map(({ status }) => status)).toEqual(['COMPLETED', 'COMPLETED']);
  expect(results.reduce((sum, { loaded }) => sum + loaded, 0)).toBe(93);
  expect(results.reduce((sum, { added }) => sum + added, 0)).toBe(90);

  const called = await db.sql<{ number: string; request_id: number }[]>`
    select address as number, request_id from attempts where account_id = ${accountId} and step = 0`;
  expect(called.map(({ number }) => number).sort()).toEqual([...numbers].sort());
  for (const { number, request_id: id } of called) {
    expect(ids[armOf(number, { salt: 'salt', weights: WEIGHTS })]).toBe(id);
  }

  const [row] = await listSplits(db, { accountId, id: split.id, limit: 1 });
  if (!row) throw new Error('no split');
  const compared = await compareSplit(db, row, { variable: 'answer', value: '1' });
  const pressed = (arm: number, key: string): number =>
    numbers.filter((one) => one.endsWith(`${key}5`) && armOf(one, { salt: 'salt', weights: WEIGHTS }) === arm)
      .length;
  for (const [index, arm] of compared.arms.entries()) {
    expect(arm.values).toEqual({ '1': pressed(index, '1'), '2': pressed(index, '2') });
    expect(arm.converted).toMatchObject({ count: pressed(index, '1'), of: results[index]?.added });
    expect(arm.answered).toMatchObject({ count: pressed(index, '1') + pressed(index, '2') });
  }
  expect(compared).toMatchObject({ final: true, cautions: [{ code: 'FEW_PEOPLE' }] });
});
