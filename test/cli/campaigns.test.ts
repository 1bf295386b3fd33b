/** What the command promises about campaigns: launching, watching, steering, and the exit codes of each. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ended, ingested, testCommand, until } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, start, file } = stack;
const LIST = 'number\n+919811000010\n+919811000020\nabc\n';
const ROWS = [
  { number: '+919811000010' },
  { number: '+919811000020' },
  { given: 'abc', result: 'INVALID_NUMBER', detail: 'not a number' },
];

test('launch follows a campaign to its end: rows, progress, outcomes, exit code 0', async () => {
  const command = start('launch', await file('people.csv', LIST), '--flow', 'survey');
  const id = await stack.newestRequest();
  await ingested(db, accountId, id, ROWS);
  await until('the row results', () => (command.seen().includes('3 rows') ? true : undefined));
  await ended(db, accountId, id);
  const { code, stdout, stderr } = await command.ended;
  expect(stdout).toContain(`request ${id}, people.csv: 3 rows, 2 accepted, 1 rejected (1 INVALID_NUMBER)`);
  expect(stdout).toContain(`clarion rejected ${id} --csv`);
  expect(stdout).toContain(`request ${id} completed`);
  expect(stdout).toMatch(/ANSWERED +2 +100\.0/);
  expect(stderr).toContain(`request ${id}: `);
  expect(code).toBe(0);
});

test('several files are several requests; one that did not complete makes the exit code 1', async () => {
  const before = await stack.newestRequest();
  const command = start(
    'launch',
    await file('a.csv', LIST),
    await file('b.csv', LIST),
    ...['--flow', 'survey', '--json'],
  );
  const second = await until('two requests', async () => {
    const id = await stack.newestRequest();
    return id > before + 1 ? id : undefined;
  });
  for (const id of [second - 1, second]) await ingested(db, accountId, id, ROWS);
  await ended(db, accountId, second - 1);
  await ended(db, accountId, second, { status: 'CANCELLED', outcome: 'CANCELLED' });
  const { code, stdout, stderr } = await command.ended;
  const { requests } = JSON.parse(stdout);
  expect(requests.map((r: { fileName: string; status: string }) => [r.fileName, r.status])).toEqual([
    ['a.csv', 'COMPLETED'],
    ['b.csv', 'CANCELLED'],
  ]);
  expect(stderr).toBe('');
  expect(code).toBe(1);
});

test('--no-watch --json answers at once, and the same --idempotency-key launches nothing twice', async () => {
  const list = await file('once.csv', LIST);
  const args = ['launch', list, '--flow', 'survey', '--no-watch', '--json', '--idempotency-key', 'monday'];
  const first = await run(...args);
  const again = await run(...args);
  expect(first.code).toBe(0);
  expect(JSON.parse(again.stdout).requests[0].id).toBe(JSON.parse(first.stdout).requests[0].id);
  const anew = await run('launch', list, '--flow', 'survey', '--no-watch', '--json');
  expect(JSON.parse(anew.stdout).requests[0].id).not.toBe(JSON.parse(first.stdout).requests[0].id);
  const other = await run('launch', await file('other.csv', LIST), ...args.slice(2));
  expect(other.code).toBe(1);
  expect(JSON.parse(other.stdout).error.code).toBe('IDEMPOTENCY_KEY_REUSED');
});

test('launch hands over start and end time, in the account’s zone where none is given', async () => {
  const { stdout } = await run(
    'launch',
    await file('later.csv', LIST),
    ...['--flow', 'survey', '--no-watch', '--json'],
    ...['--start-at', '2030-01-31 09:00', '--end-at', '2030-01-31T12:00:00Z'],
  );
  const [request] = JSON.parse(stdout).requests;
  expect(request.startAt).toBe('2030-01-31T03:30:00.000Z');
  expect(request.endAt).toBe('2030-01-31T12:00:00.000Z');
});

test('waiting is explained: paused, a start time, calling hours', async () => {
  await run('launch', await file('wait.csv', LIST), '--flow', 'survey', '--no-watch');
  const id = await stack.newestRequest();
  await ingested(db, accountId, id, ROWS);
  await db.sql`update requests set next_due_at = '2031-05-05T03:30:00Z' where id = ${id}`;
  expect((await run('status', `${id}`)).stdout).toContain(
    'waits until 5 May 09:00 Asia/Kolkata: calling hours',
  );
  await db.sql`update requests set next_due_at = '2031-05-05T03:31:10Z' where id = ${id}`;
  expect((await run('status', `${id}`)).stdout).toContain(
    'waits until 5 May 09:01 Asia/Kolkata: next attempts',
  );
  const paused = await run('pause', `${id}`);
  expect([paused.code, paused.stdout]).toEqual([0, `request ${id} paused\n`]);
  expect((await run('status', `${id}`)).stdout).toContain(`paused; \`clarion resume ${id}\` goes on`);
  expect((await run('resume', `${id}`)).code).toBe(0);
  expect((await run('resume', `${id}`)).code).toBe(1);
  const cancelled = await run('cancel', `${id}`, '--json');
  expect(JSON.parse(cancelled.stdout).cancelRequestedAt).toEqual(expect.any(String));
});

test('Ctrl-C stops watching and says that the campaign goes on: exit code 130', async () => {
  await run('launch', await file('long.csv', LIST), '--flow', 'survey', '--no-watch');
  const id = await stack.newestRequest();
  await ingested(db, accountId, id, ROWS);
  const command = start('watch', `${id}`);
  await until('the first line of progress', () => (command.seen().includes('of 2 ended') ? true : undefined));
  command.signal('SIGINT');
  const { code, stderr } = await command.ended;
  expect(code).toBe(130);
  expect(stderr).toContain(`stopped watching; request ${id} goes on`);
  const [row] = await db.sql`select status, cancelled_at from requests where id = ${id}`;
  expect(row).toEqual({ status: 'IN_PROCESS', cancelled_at: null });
});

test('rows and rejected rows: on the screen, as JSON, as a CSV file whole or not at all', async () => {
  await run('launch', await file('rows.csv', LIST), '--flow', 'survey', '--no-watch');
  const id = await stack.newestRequest();
  await ingested(db, accountId, id, ROWS);
  await ended(db, accountId, id, { outcome: 'BUSY' });
  expect((await run('records', `${id}`)).stdout).toMatch(/2 +\+919811000020 +ACCEPTED +BUSY +1/);
  const rejected = await run('rejected', `${id}`, '--json');
  expect(JSON.parse(rejected.stdout).records).toMatchObject([
    { row: 3, given: 'abc', result: 'INVALID_NUMBER' },
  ]);
  expect((await run('rejected', `${id}`, '--csv', 'rejected.csv')).code).toBe(0);
  expect(await readFile(join(stack.dir, 'rejected.csv'), 'utf8')).toMatch(
    /clarion_row,clarion_reason,clarion_detail\r\nabc,.*3,INVALID_NUMBER/,
  );
  expect((await run('records', `${id}`, '--csv')).stdout).toContain('+919811000010');
  const missing = await run('records', `${id}`, '--csv', 'no/such/dir/x.csv');
  expect([missing.code, missing.stderr]).toEqual([2, 'error: cannot write no/such/dir/x.csv (ENOENT)\n']);
});

test('requests lists what there is, filtered', async () => {
  const { stdout } = await run('requests', '--status', 'completed', '--json');
  const found = JSON.parse(stdout).requests;
  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map((r: { status: string }) => r.status))).toEqual(new Set(['COMPLETED']));
  expect((await run('requests', '--limit', '2')).stdout.trim().split('\n')).toHaveLength(3);
});
