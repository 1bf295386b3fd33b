/** What the command promises about numbers that people call. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { findDialledDid } from '../../db/queries/dids.ts';
import { reserveInbound } from '../../db/queries/inbound.ts';
import { testCommand } from './command.ts';

const stack = await testCommand();
const { db, accountId, run, file } = stack;
await stack.flow(accountId, { name: 'reception', type: 'inbound' });
await stack.flow(accountId, { name: 'night', type: 'inbound' });

test('a number is added, listed, changed and given up', async () => {
  expect((await run('dids', 'list')).stdout).toContain('clarion dids add');
  const added = await run('dids', 'add', '022 6900 1234', '--flow', 'reception');
  expect([added.code, added.stdout]).toEqual([0, '+912269001234 is answered by reception\n']);
  expect((await run('dids', 'list')).stdout).toMatch(/\+912269001234 +reception +on/);
  const edited = await run('dids', 'edit', '02269001234', '--flow', 'night', '--off');
  expect(edited.stdout).toBe('+912269001234 is answered by night, switched off\n');
  expect((await run('dids', 'edit', '+912269001234', '--on', '--json')).stdout).toContain('"enabled": true');
  expect((await run('dids', 'remove', '+912269001234')).stdout).toContain('is given up');
  expect(JSON.parse((await run('dids', 'list', '--json')).stdout)).toEqual({ dids: [] });
});

test('what cannot be done is refused in words, with exit code 1, or 2 for wrong usage', async () => {
  const wrongType = await run('dids', 'add', '02269001234', '--flow', 'survey');
  expect([wrongType.code, wrongType.stderr]).toEqual([
    1,
    expect.stringContaining('only inbound flows answer calls'),
  ]);
  expect((await run('dids', 'add', 'reception', '--flow', 'reception')).stderr).toContain(
    'is not a valid number',
  );
  const unknown = await run('dids', 'remove', '02269009999');
  expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('clarion dids list')]);
  expect((await run('dids', 'edit', '02269001234')).code).toBe(2);
  expect((await run('dids', 'edit', '02269001234', '--on', '--off')).code).toBe(2);
});

test('report and journey show calls to us', async () => {
  await run('dids', 'add', '+912269004321', '--flow', 'reception');
  const did = await findDialledDid(db, '+912269004321');
  if (!did) throw new Error('no number');
  const call = { did, trunk: 'test', callId: 'one', now: new Date() };
  const { attemptId } = await reserveInbound(db, { ...call, caller: 'anonymous' });
  const report = await run('report', '--direction', 'in');
  expect(report.stdout).toMatch(new RegExp(`voice +in +withheld +in progress +- +- +- +1 +${attemptId}`));
  expect((await run('report', '--direction', 'out')).stdout).toContain('nothing was begun');
  expect((await run('journey', attemptId)).stdout).toContain('in progress');
});

test('the flow of docs/inbound.md is published and given a number as it is written there', async () => {
  const guide = await readFile(new URL('../../docs/inbound.md', import.meta.url), 'utf8');
  const flow = /```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '';
  const commands = [...guide.matchAll(/^clarion (flow push|dids (?:add|edit|remove))[^#\n]*/gm)].map(
    ([line]) => line.trim().split(/ +/).slice(1),
  );
  expect(commands).toHaveLength(5);
  await file('reception.json', flow);
  await run('dids', 'remove', '02269001234');
  for (const command of commands) {
    // The flow of that name is there already, of the right type.
    const { code, stderr } = await run(...command);
    expect([command, code, stderr]).toEqual([command, 0, '']);
  }
});
