/** What `clarion recordings` promises: the list of a call, the audio as files, and a word about what has none. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { attemptId } from '../../domain/attempt-id.ts';
import { testCommand } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, deps } = stack;
const GSM = Buffer.alloc(33 * 50 * 75, 0xd1);

async function recordedCall(): Promise<{ id: string; name: string; lost: string }> {
  const asked = await run('call', '09811000050', '--flow', 'survey', '--no-watch', '--json');
  const { requestId } = JSON.parse(asked.stdout) as { requestId: number };
  const id = attemptId({ requestId, row: 1, attemptNo: 1, step: 0 });
  await db.sql`
    insert into attempts (id, account_id, request_id, row, attempt_no, medium, flow_id, flow_version, policy_version,
                          address, provider, settled_at, outcome)
    select ${id}, account_id, id, 1, 1, 'voice', flow_id, flow_version, 1, '+919811000050', 'simulated', now(), 'ANSWERED'
    from requests where id = ${requestId}`;
  const name = `call_${accountId}_1_unknown_919811000050_1772337600000.gsm`;
  const lost = `_play_and_record_${accountId}_1_unknown_919811000050_say_1772337601000.gsm`;
  await deps.storage.write('recordings/one.gsm', Readable.from([GSM]), 1_000_000);
  await db.sql`
    insert into recordings (account_id, attempt_id, kind, name, widget, started_at, status, duration_ms, bytes, storage_key, cause)
    values (${accountId}, ${id}, 'CALL', ${name}, null, '2026-03-01T04:00:00Z', 'STORED', 75000, ${GSM.length}, 'recordings/one.gsm', null),
           (${accountId}, ${id}, 'PLAY_AND_RECORD', ${lost}, 'say', '2026-03-01T04:00:01Z', 'LOST', null, null, null,
            'the trunk has no such recording')`;
  return { id, name, lost };
}

const { id, name, lost } = await recordedCall();

test('recordings lists them, and saves those that can be heard under their names', async () => {
  const { code, stdout } = await run('recordings', id);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`${name} +call +- +1 Mar 09:30 Asia/Kolkata +1 min 15 s +STORED`));
  expect(stdout).toMatch(
    new RegExp(`${lost} +play-and-record +say .* LOST \\(the trunk has no such recording\\)`),
  );
  const saved = await run('recordings', id, '--save', 'heard/today');
  expect(saved.code).toBe(0);
  expect(saved.stderr).toContain('1 of 2 have no audio to save');
  expect(await readdir(join(stack.dir, 'heard/today'))).toEqual([name]);
  expect(await readFile(join(stack.dir, 'heard/today', name))).toEqual(GSM);
  const asJson = JSON.parse((await run('recordings', id, '--json')).stdout);
  expect(asJson).toMatchObject([
    { name, status: 'STORED' },
    { name: lost, status: 'LOST' },
  ]);
});

test('a call that does not exist, what is no id, and a folder that cannot be made are refused', async () => {
  const nobody = await run('recordings', '00000000-0000-8000-8000-000000000000');
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('no such attempt')]);
  expect((await run('recordings', 'yesterday')).stderr).toContain('must be a UUID');
  await stack.file('taken', 'a file');
  const blocked = await run('recordings', id, '--save', 'taken/in');
  expect([blocked.code, blocked.stderr]).toEqual([2, expect.stringContaining('cannot make the folder')]);
});
