/** What the command promises about trunks: settings in words, faults as the server names them, and why calls wait. */
// First: what it adds to zod is missing from schemas made before.
import '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { insertRequest, testPolicy } from '../support/campaign.ts';
import { startCommand, testCommand } from './command.ts';

const { db, accountId, dir, file, key, operations, run, start, url } = await testCommand();
const { key: operationsKey } = await operations();
/** The same command with a key of operations. */
const runAsOperations = (...args: string[]) =>
  startCommand(args, { CLARION_URL: url, CLARION_API_KEY: operationsKey }, dir).ended;
const FOR_IT = ['--account', String(accountId)];

test('without trunks the list says by which line calls leave, and how it is', async () => {
  await db.sql`
    insert into trunk_health (worker, trunk_id, account_id, up, why, since, seen_at)
    values ('one:1', 0, 0, false, 'asterisk-1 does not answer', now(), now())`;
  const { code, stdout } = await run('trunks', 'list');
  expect([code, stdout]).toEqual([0, expect.stringContaining('calls leave by the default line')]);
  expect(stdout).toContain('down: asterisk-1 does not answer');
});

test('a trunk is added, shown, changed and removed by its name', async () => {
  const settings = ['--calls', '60', '--cps', '12.5', '--caller-id', '+911140000001', '+911140000002'];
  const add = ['trunks', 'add', 'alpha', '--endpoint', 'alpha-sip', ...settings, '--json'];
  const unasked = await run(...add);
  expect([unasked.code, unasked.stderr]).toEqual([1, expect.stringContaining('is assigned by operations')]);
  const added = await runAsOperations(...add, ...FOR_IT);
  expect(JSON.parse(added.stdout)).toMatchObject({
    name: 'alpha',
    maxConcurrentCalls: 60,
    maxCallsPerSecond: 12.5,
    callerIds: ['+911140000001', '+911140000002'],
  });
  expect((await run('trunks', 'list')).stdout).toMatch(/alpha +alpha-sip +0 of 60 +0 of 12.5 +unseen/);
  expect((await run('trunks', 'edit', 'alpha', '--codecs', 'g722, alaw', '--disable')).code).toBe(0);
  const shown = (await run('trunks', 'show', 'alpha')).stdout;
  expect(shown).toMatch(/^trunk \d+, alpha, disabled$/m);
  expect(shown).toMatch(/^codecs +g722, alaw$/m);
  expect((await run('trunks', 'remove', 'alpha')).stdout).toBe('trunk alpha is removed\n');
  expect((await run('trunks', 'show', 'alpha')).code).toBe(1);
});

test('operations change and remove trunks of an account they name', async () => {
  const added = await runAsOperations('trunks', 'add', 'gamma', '--endpoint', 'gamma', ...FOR_IT);
  expect(added.code).toBe(0);
  expect((await runAsOperations('trunks', 'edit', 'gamma', '--endpoint', 'delta', ...FOR_IT)).code).toBe(0);
  expect((await run('trunks', 'show', 'gamma')).stdout).toMatch(/^endpoint +delta$/m);
  expect((await runAsOperations('trunks', 'remove', 'gamma', ...FOR_IT)).code).toBe(0);
  expect((await runAsOperations('trunks', 'edit', 'gamma', '--calls', '3')).stderr).toContain('X-Account-Id');
});

test('who runs the local stack is its operations too: no other key is needed', async () => {
  await file('local.json', JSON.stringify({ url, apiKey: key, operationsKey }));
  const local = (...args: string[]) => startCommand(args, { CLARION_DATA_DIR: dir }, dir).ended;
  const added = await local('trunks', 'add', 'mine', '--endpoint', 'softphone');
  expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('mine, is added') });
  expect((await local('trunks', 'edit', 'mine', '--endpoint', 'other-phone')).code).toBe(0);
  expect((await run('trunks', 'show', 'mine')).stdout).toMatch(/^endpoint +other-phone$/m);
  expect((await local('trunks', 'remove', 'mine')).code).toBe(0);
  expect((await local('trunks', 'add', 'mine', '--endpoint', 'other-phone')).code).toBe(0);
  await local('trunks', 'remove', 'mine');
});

test('what the server refuses names the field and is exit code 1; what makes no sense here is 2', async () => {
  const wrong = await run('trunks', 'add', 'beta', '--endpoint', 'beta', '--codecs', 'opus');
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('codecs.0: must be one of ulaw')]);
  expect((await run('trunks', 'add', 'beta', '--endpoint', 'beta', '--calls', 'many')).code).toBe(2);
  expect((await run('trunks', 'add', 'beta')).code).toBe(2);
  expect((await run('trunks', 'edit', 'beta')).code).toBe(2);
  const none = await run('trunks', 'remove', 'nobody');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('there is no trunk "nobody"')]);
});

test('watch says that a request waits for a trunk, and why', async () => {
  const [flow] = await db.sql<{ id: number }[]>`select id from flows where account_id = ${accountId}`;
  const id = await insertRequest(db, { accountId, flowId: flow?.id ?? 0, policy: testPolicy() });
  await db.sql`
    update requests set status = 'IN_PROCESS', started_at = now(), added = 1, loaded = 1, line_away_since = now(),
      line_away_why = 'alpha: asterisk-1 does not answer' where id = ${id}`;
  const watching = start('watch', String(id));
  while (!watching.seen().includes('waits for a trunk since')) await new Promise((r) => setTimeout(r, 20));
  expect(watching.seen()).toContain('alpha: asterisk-1 does not answer');
  await db.sql`update requests set status = 'CANCELLED', ended_at = now(), cancelled_at = now() where id = ${id}`;
  expect((await watching.ended).code).toBe(1);
});
