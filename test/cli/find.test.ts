import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { definition } from '../api/support.ts';
import { testCommand } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, file } = stack;

async function called() {
  const path = await file('survey.json', JSON.stringify(definition()));
  expect((await run('flow', 'push', path, '--publish')).code).toBe(0);
  const made = await run('call', '+919811000050', '--flow', 'survey', '--no-watch', '--json');
  const { requestId, uuid } = JSON.parse(made.stdout) as { requestId: number; uuid: string };
  await db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version, address,
                          provider, reserved_at, answered_at, settled_at, outcome, keys)
    select ${attemptId({ requestId, row: 1, attemptNo: 1, step: 0 })}, ${accountId}, ${requestId}, 1, 1, 'voice', flow_id, 1, 1,
           '+919811000050', 'test', '2026-03-01T04:00:00Z', '2026-03-01T04:00:05Z', '2026-03-01T04:00:09Z', 'ANSWERED', '5'
    from requests where id = ${requestId}`;
  return { requestId, uuid };
}

test('find leads from a number, a name or a UUID to what it belongs to, and journey tells the story', async () => {
  const { requestId, uuid } = await called();
  const byNumber = await run('find', '098110', '00050');
  expect(byNumber.stdout).toMatch(
    /person +\+919811000050 +last voice: answered +.*clarion report --number \+919811000050/,
  );
  expect(byNumber.stdout).toContain(`clarion status ${requestId}`);
  expect((await run('find', uuid)).stdout).toContain(`clarion journey ${uuid}`);
  expect((await run('find', 'surv')).stdout).toContain('clarion flow pull survey');
  expect(JSON.parse((await run('find', 'surv', '--json')).stdout).groups).toHaveLength(2);
  const nothing = await run('find', 'nobody');
  expect([nothing.code, nothing.stdout]).toEqual([1, 'nothing is found by "nobody"\n']);
  const story = await run('journey', uuid, '--story');
  expect(story.stdout.split('\n').slice(0, 3)).toEqual([
    '2026-03-01 09:30:00  Attempt 1: +919811000050 was called.',
    '2026-03-01 09:30:05  It was answered.',
    '2026-03-01 09:30:09  The call ended after it was answered.',
  ]);
  const filters = ['--flow', 'SURV', '--state', 'ended', '--oldest', '--call', uuid];
  expect((await run('report', ...filters)).stdout).toContain('+919811000050');
  expect((await run('report', '--sms-number', '09811000050')).stdout).toContain('nothing was begun');
  expect((await run('requests', '--csv', 'all.csv', '--text', 'surv')).code).toBe(0);
  const lines = (await readFile(join(stack.dir, 'all.csv'), 'utf8')).trim().split('\r\n');
  expect(lines.map((line) => line.split(',')[0])).toEqual(['id', String(requestId)]);
  expect((await run('requests', '--source', 'upload')).stdout).toContain('no requests');
});
