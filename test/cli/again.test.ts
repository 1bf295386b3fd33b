/** What the command promises about running a request again, feeding an open one, trying a flow, and splits. */
import { expect, test } from 'vitest';
import { ended, ingested, testCommand } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, file } = stack;
const LIST = 'number\n+919811000010\n+919811000020\n';
const ROWS = [{ number: '+919811000010' }, { number: '+919811000020' }];

async function endedRequest(outcome: string): Promise<number> {
  const { stdout } = await run(
    'launch',
    await file('l.csv', LIST),
    '--flow',
    'survey',
    '--no-watch',
    '--json',
  );
  const [request] = JSON.parse(stdout).requests;
  await ingested(db, accountId, request.id, ROWS);
  await ended(db, accountId, request.id, { outcome });
  return request.id;
}

test('retry shows whom it would call, calls them, and refuses a second click with words', async () => {
  const id = await endedRequest('BUSY');
  expect((await run('retry', `${id}`, '--show')).stdout).toMatch(/BUSY +2/);
  const first = await run('retry', `${id}`, '--no-watch');
  expect(first.stdout).toMatch(/request \d+ calls again: 2 BUSY/);
  expect(first.code).toBe(0);
  const second = await run('retry', `${id}`, '--no-watch');
  expect(second.stderr).toContain('calls these people again already');
  expect(second.code).toBe(1);
  const none = await run('retry', `${id}`, '--outcome', 'no-answer', '--no-watch', '--json');
  expect(JSON.parse(none.stdout).error.code).toBe('NOTHING_TO_RETRY');
  const again = await run('retry', `${id}`, '--again', '--no-watch', '--json');
  expect(JSON.parse(again.stdout)).toMatchObject({ taken: { BUSY: 2 }, requests: [{ fromRequestId: id }] });
});

test('retry says how many may have been reached, and takes them when asked to', async () => {
  const id = await endedRequest('UNKNOWN');
  expect((await run('retry', `${id}`, '--show')).stdout).toContain('2 may have been reached');
  expect((await run('retry', `${id}`, '--no-watch')).code).toBe(1);
  expect((await run('retry', `${id}`, '--include-unknown', '--no-watch')).stdout).toContain('2 UNKNOWN');
});

test('clone takes the same people, some of them where asked to', async () => {
  const id = await endedRequest('ANSWERED');
  expect((await run('clone', `${id}`, '--no-watch')).stdout).toContain(
    `a clone of ${id}: 2 rows, 2 accepted`,
  );
  const none = await run('clone', `${id}`, '--outcome', 'busy', '--no-watch');
  expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('no rows of this choice')]);
});

test('an open request is fed lead by lead, each answered for, and closed', async () => {
  const { stdout } = await run('open', '--flow', 'survey', '--json');
  const id = `${JSON.parse(stdout).requests[0].id}`;
  const one = await run('add', id, '9811000010', '--var', 'name=Asha', '--idempotency-key', 'lead');
  expect([one.code, one.stdout]).toEqual([0, '1 rows, 1 accepted, 0 rejected\n']);
  expect((await run('add', id, '9811000010', '--var', 'name=Asha', '--idempotency-key', 'lead')).code).toBe(
    0,
  );
  const more = await run('add', id, '9811000010', 'abc');
  expect(more.stdout).toMatch(/DUPLICATE +the same number as row 1[\s\S]*INVALID_NUMBER/);
  expect(more.code).toBe(1);
  await file('leads.json', JSON.stringify([{ number: '9811000030', variables: { name: 'Ravi' } }]));
  expect((await run('add', id, '--from', 'leads.json')).code).toBe(0);
  expect((await run('close', id)).stdout).toContain(`request ${id} is closed`);
  expect((await run('add', id, '9811000040')).code).toBe(1);
});

test('adding nobody, or a file that is no list, is wrong usage', async () => {
  expect((await run('add', '1')).code).toBe(2);
  await file('no.json', '{}');
  expect((await run('add', '1', '--from', 'no.json')).code).toBe(2);
  expect((await run('add', '1', '98', '--from', 'no.json')).code).toBe(2);
});

test('test-call goes to a verified number alone', async () => {
  const stranger = await run('test-call', '9811000010', '--flow', 'survey', '--no-watch');
  expect(stranger.stderr).toContain('verified numbers of the whitelist alone');
  expect(stranger.code).toBe(1);
  await db.sql`insert into whitelist_phones (account_id, number, verified_at) values (${accountId}, '+919811000010', now())`;
  const mine = await run('test-call', '9811000010', '--flow', 'survey', '--draft', '--no-watch');
  expect(mine.stdout).toMatch(/test call [-0-9a-f]+ of request \d+: asked for, with the draft/);
  expect(mine.code).toBe(0);
  expect((await run('test-call', '9811000010', '--flow', 'none')).code).toBe(1);
  expect(
    (await run('test-call', '9811000010', '--flow', 'survey', '--draft', '--flow-version', '1')).code,
  ).toBe(2);
});

test('split makes a request for each arm, and compare tells them apart', async () => {
  await stack.flow(accountId, { name: 'other' });
  const made = await run(
    'split',
    await file('s.csv', LIST),
    ...['--arm', 'survey', '--arm', 'other:3', '--name', 'greeting', '--no-watch', '--json'],
  );
  const split = JSON.parse(made.stdout);
  expect(split.arms.map((arm: { weight: number }) => arm.weight)).toEqual([1, 3]);
  const compared = await run('compare', `${split.id}`, '--variable', 'name');
  expect(compared.stdout).toMatch(/A +survey/);
  expect(compared.stdout).toContain('too few people to say');
  expect(compared.stdout).toContain('caution: ');
  expect((await run('split', 's.csv', '--arm', 'survey', '--no-watch')).code).toBe(2);
  expect((await run('compare', '999999')).code).toBe(1);
});

test('launch and edit take hours to spread over, in words', async () => {
  const list = await file('h.csv', LIST);
  const args = ['launch', list, '--flow', 'survey', '--no-watch', '--json', '--spread-over'];
  const id = JSON.parse((await run(...args, '90m')).stdout).requests[0].id;
  const policy = async () => JSON.parse((await run('status', `${id}`, '--json')).stdout).policy.spreadOver;
  expect(await policy()).toEqual({ hours: 1.5 });
  expect((await run('edit', `${id}`, '--spread-over', '2999-01-31 18:00')).code).toBe(0);
  expect(await policy()).toEqual({ until: '2999-01-31T12:30:00.000Z' });
  expect((await run('edit', `${id}`, '--spread-over', 'none')).code).toBe(0);
  expect(await policy()).toBeNull();
  expect((await run(...args, 'six')).code).toBe(2);
});
