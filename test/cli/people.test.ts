/** What the command promises about flows as files, single calls, reports and lists of those not to be called. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runQueuedImport } from '../../activities/import-register.ts';
import { attemptId } from '../../domain/attempt-id.ts';
import { definition } from '../api/support.ts';
import { testCommand, until } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, start, file } = stack;

test('a flow pushed is the flow pulled, and can be published and listed', async () => {
  const source = definition();
  const path = await file('greeting.json', JSON.stringify(source));
  expect((await run('flow', 'check', path)).code).toBe(0);
  const pushed = await run('flow', 'push', path, '--publish', '--json');
  expect(JSON.parse(pushed.stdout)).toMatchObject({ name: 'greeting', publishedVersion: 1 });
  expect((await run('flow', 'push', path)).stdout).toContain('draft replaced');
  expect(JSON.parse((await run('flow', 'pull', 'greeting')).stdout)).toEqual(source);
  expect((await run('flow', 'pull', 'greeting', '-o', 'back.json')).code).toBe(0);
  expect(JSON.parse(await readFile(join(stack.dir, 'back.json'), 'utf8'))).toEqual(source);
  expect((await run('flow', 'list')).stdout).toMatch(/greeting +outbound +promotional +version 1/);
  expect((await run('flow', 'pull', 'nothing')).code).toBe(1);
});

test('a flow with faults: check names each and is exit code 1; what is no JSON is 2', async () => {
  const broken = { ...definition(), start: 'nowhere' };
  const path = await file('broken.json', JSON.stringify(broken));
  const { code, stdout } = await run('flow', 'check', path);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^error /)]);
  const asJson = JSON.parse((await run('flow', 'check', path, '--json')).stdout);
  expect([asJson.ok, asJson.problems.length > 0]).toEqual([false, true]);
  const published = await run('flow', 'push', path, '--publish');
  expect([published.code, published.stderr]).toEqual([1, expect.stringContaining('clarion flow check')]);
  expect((await run('flow', 'check', await file('half.json', '{'))).code).toBe(2);
  expect((await run('flow', 'push', await file('list.json', '[]'))).code).toBe(2);
});

test('blacklist: numbers and addresses go on, are listed and come off', async () => {
  const added = await run(
    'blacklist',
    'add',
    '09811000099',
    'Eve@example.com',
    '--reason',
    'asked',
    '--json',
  );
  expect(JSON.parse(added.stdout)).toEqual({ added: 2, updated: 0 });
  expect((await run('blacklist', 'list')).stdout).toMatch(/\+919811000099 +asked/);
  expect((await run('blacklist', 'list', '--emails')).stdout).toContain('eve@example.com');
  expect((await run('blacklist', 'remove', '+919811000099', 'eve@example.com')).code).toBe(0);
  expect((await run('blacklist', 'list')).stdout).toBe('the blacklist is empty\n');
  expect((await run('blacklist', 'remove', '+919811000099')).code).toBe(1);
  const wrong = await run('blacklist', 'add', 'abc');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('"abc" is not a valid number')]);
});

test('register import says how many numbers it took', async () => {
  const path = await file('dnd.csv', 'number\n9811000001\n9811000002\nabc\n');
  const { code, stdout } = await run('register', 'import', path);
  expect([code, stdout]).toEqual([0, expect.stringContaining('2 numbers, 1 rows without a valid one')]);
});

test('register status and check show loads and what they say of a number', async () => {
  const path = await file(
    'ncpr.csv',
    'number,category,preferredFrom\n9811000071,0,\n9811000072,"1,2",10:00\n12,,\n',
  );
  const loaded = await run('register', 'import', path);
  expect([loaded.code, loaded.stderr]).toEqual([0, expect.stringContaining('row 3: not a valid number')]);
  const update = await file('gone.csv', '9811000071\n');
  expect((await run('register', 'import', '--remove', update)).stdout).toContain('1 in force');
  const listed = await run('register', 'status');
  expect(listed.stdout).toMatch(/yes +done +update +1 +0 +gone\.csv/);
  const refused = await run('register', 'check', '9811000072', '--category', 'real-estate');
  expect(refused.stdout).toContain('blocks FINANCE, REAL_ESTATE; prefers 10:00 to 24:00');
  expect(refused.stdout).toContain('a promotional flow about REAL_ESTATE: is not called');
  expect((await run('register', 'check', '9811000071')).stdout).toContain('not registered');
  expect((await run('register', 'check', '9811000071', '--category', 'gold')).code).toBe(2);
  expect((await run('register', 'status', '999999')).code).toBe(1);
});

test('register import follows a large file until a worker has loaded it', async () => {
  const rows = Array.from({ length: 360_000 }, (_, index) => 9_800_000_000 + index).join('\n');
  const command = start('register', 'import', await file('large.csv', rows));
  await until('the load to wait', () => (command.seen().includes('is being loaded') ? true : undefined));
  const { storage, log } = stack.deps;
  expect(await runQueuedImport({ db, storage, log, now: () => new Date() })).toBe(true);
  const { code, stdout } = await command.ended;
  expect([code, stdout]).toEqual([0, expect.stringContaining('360000 numbers, 0 rows without a valid one')]);
});

/** What the engine writes for the first attempt of a call. */
async function answered(requestId: number, id: string): Promise<void> {
  await db.sql`insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version,
      policy_version, address, provider, reserved_at, settled_at, outcome, cause, keys)
    select ${id}, account_id, id, 1, 1, 'voice', flow_id, flow_version, 1, '+919811000050', 'simulated',
      '2026-03-01T04:00:00Z', '2026-03-01T04:00:20Z', 'ANSWERED', 'normal clearing', '5'
    from requests where id = ${requestId}`;
  await db.sql`insert into journeys (attempt_id, account_id, entries) values (${id}, ${accountId}, ${db.sql.json(
    [{ at: '2026-03-01T04:00:05.000Z', widget: 'greet', widgetType: 'text-to-speech', event: 'ENTERED' }],
  )})`;
  await db.sql`update records set attempts = 1, outcome = 'ANSWERED', last_attempt_id = ${id}, ended_at = now()
    where request_id = ${requestId}`;
  await db.sql`update requests set status = 'COMPLETED', ended_at = now() where id = ${requestId}`;
}

test('call follows the journey; journey and report show it afterwards', async () => {
  const command = start('call', '09811000050', '--flow', 'survey', '--var', 'name=Asha=1');
  const requestId = await stack.newestRequest();
  const uuid = attemptId({ requestId, row: 1, attemptNo: 1, step: 0 });
  await until('the call to be asked for', () => (command.seen().includes(uuid) ? true : undefined));
  await answered(requestId, uuid);
  const { code, stdout } = await command.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(/09:30:05\.000 {2}greet {2}entered/);
  expect(stdout).toContain('attempt 1: ANSWERED (normal clearing), keys 5');
  const [record] = await db.sql`select variables from records where request_id = ${requestId}`;
  expect(record?.variables).toEqual({ name: 'Asha=1' });
  expect(JSON.parse((await run('journey', uuid, '--json')).stdout).journey).toHaveLength(1);
  expect((await run('journey', uuid)).stdout).toContain('greet');

  const report = ['report', '--request', `${requestId}`];
  expect((await run(...report)).stdout).toMatch(/1 Mar 09:30 +voice +out +\+919811000050 +ANSWERED/);
  const day = await run(...report, '--from', '2026-03-01', '--to', '2026-03-01', '--json');
  expect(JSON.parse(day.stdout).attempts).toHaveLength(1);
  const dayBefore = await run(...report, '--from', '2026-02-28', '--to', '2026-02-28', '--json');
  expect(JSON.parse(dayBefore.stdout).attempts).toHaveLength(0);
  expect((await run(...report, '--csv', '-')).stdout).toContain(`${uuid},`);
  expect((await run('report', '--outcome', 'wrong')).code).toBe(1);
});

test('a number that may not be called is refused with its reason', async () => {
  const { code, stdout, stderr } = await run('call', 'abc', '--flow', 'survey', '--json');
  expect([code, JSON.parse(stdout).error.code]).toEqual([1, 'INVALID_NUMBER']);
  expect(stderr).toContain('number');
});
