/** What the command promises about explanations, receipts and the limits on contacts. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { startCommand, testCommand } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, file } = stack;

const NUMBER = '+919876543210';

/** An attempt with the evidence that reservations leave. */
async function attempt(row: number, outcome = 'BUSY'): Promise<string> {
  const [flow] = await db.sql<{ id: number }[]>`select id from flows where account_id = ${accountId}`;
  const id = attemptId({ requestId: 77, row, attemptNo: 1, step: 0 });
  await db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, reserved_at, settled_at, outcome, evidence)
    values (${id}, ${accountId}, 77, ${row}, 1, 'voice', ${flow?.id ?? 0}, 1, 1, ${NUMBER}, 'test',
            '2026-01-07T06:30:00Z', '2026-01-07T06:30:05Z', ${outcome}, ${db.sql.json({
              promotional: true,
              region: 'IN',
              whitelisted: false,
              blacklisted: false,
            })})`;
  return id;
}

test('explain shows every rule, which one decides, and when the person could next be contacted', async () => {
  expect((await run('blacklist', 'add', NUMBER, '--reason', 'asked us to stop')).code).toBe(0);
  const shown = await run('explain', NUMBER, '--flow', 'survey', '--at', '2030-01-02 12:00');
  expect(shown.code).toBe(0);
  expect(shown.stdout).toMatch(/^> +blacklist +BLOCK +on the blacklist: asked us to stop/m);
  expect(shown.stdout).toMatch(/^ +hours +pass/m);
  expect(shown.stdout).toContain('next contact: never as things are (blacklist)');
  const asJson = JSON.parse((await run('explain', NUMBER, '--flow', 'survey', '--json')).stdout);
  expect(asJson).toMatchObject({ number: NUMBER, rules: expect.any(Array) });
  expect((await run('explain', NUMBER)).code).toBe(2);
  expect((await run('explain', NUMBER, '--flow', 'survey', '--request', '1')).code).toBe(2);
  expect((await run('explain', NUMBER, '--flow', 'nothing')).code).toBe(1);
  expect((await run('explain', '12', '--flow', 'survey')).code).toBe(1);
});

test('receipts are shown, exported and verified; one that was altered is found', async () => {
  const ids = [await attempt(1), await attempt(2, 'ANSWERED')];
  const shown = await run('receipt', 'show', ids[0] ?? '');
  expect(shown.stdout).toMatch(/^class +promotional$/m);
  expect(shown.stdout).toMatch(/^hours +not recorded$/m);
  expect((await run('receipt', 'export', 'all.ndjson')).code).toBe(0);
  const fine = await run('receipt', 'verify', 'all.ndjson');
  expect([fine.code, fine.stdout]).toEqual([0, '2 of 2 receipts are as the platform wrote them\n']);
  const text = await readFile(join(stack.dir, 'all.ndjson'), 'utf8');
  await file('altered.ndjson', text.replace('"BUSY"', '"ANSWERED"'));
  const altered = await run('receipt', 'verify', 'altered.ndjson');
  expect(altered.code).toBe(1);
  expect(altered.stdout).toContain(`${ids[0]}: was altered`);
  expect(altered.stdout).toContain('1 of 2 receipts');
  // One whose digest was made anew is found by its signature.
  const one = JSON.parse((await run('receipt', 'show', ids[0] ?? '', '--json')).stdout);
  const forged = JSON.parse((await run('receipt', 'show', ids[1] ?? '', '--json')).stdout);
  await file('forged.json', JSON.stringify({ ...forged, signature: one.signature }));
  expect((await run('receipt', 'verify', 'forged.json')).stdout).toContain('signature is not the platform’s');
});

test('receipts are verified without a server where the key is given', async () => {
  const id = await attempt(3);
  await file('key.pem', (await run('receipt', 'key')).stdout);
  await file('one.json', (await run('receipt', 'show', id, '--json')).stdout);
  const offline = await startCommand(
    ['receipt', 'verify', 'one.json', '--key', 'key.pem', '--json'],
    { CLARION_URL: 'http://127.0.0.1:9', CLARION_API_KEY: 'none' },
    stack.dir,
  ).ended;
  expect([offline.code, JSON.parse(offline.stdout)]).toEqual([0, { receipts: 1, faults: [] }]);
  for (const [name, content] of [
    ['empty.json', ''],
    ['half.ndjson', '{"receipt":\n{'],
    ['table.csv', 'attempt\n'],
  ] as const) {
    expect((await run('receipt', 'verify', await file(name, content))).code).toBe(2);
  }
  expect((await run('receipt', 'verify', await file('other.json', '{"a":1}'))).stdout).toContain(
    'is no receipt',
  );
  expect((await run('receipt', 'verify', 'one.json', '--key', await file('no.pem', 'x'))).code).toBe(2);
  expect((await run('receipt', 'show', '00000000-0000-8000-8000-000000000000')).code).toBe(1);
});

test('limits are shown, set and taken away', async () => {
  expect((await run('limits')).stdout).toContain('contacts of one number a day: no limit');
  const set = await run('limits', 'set', '--per-day', '3', '--gap', '4h', '--json');
  expect(JSON.parse(set.stdout)).toEqual({ perDay: 3, gapMs: 14_400_000 });
  expect((await run('limits', 'set', '--gap', 'none')).stdout).toContain('gap between two contacts: none');
  expect((await run('limits', 'show', '--json')).stdout).toContain('"perDay": 3');
  for (const wrong of [['--per-day', '0'], ['--gap', 'soon'], []]) {
    expect((await run('limits', 'set', ...wrong)).code).toBe(2);
  }
  expect((await run('limits', 'set', '--per-day', '5000')).code).toBe(1);
});
