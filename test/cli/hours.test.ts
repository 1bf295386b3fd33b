/** Hours on the command line: how they are typed and shown, edits of a request, calendars. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { describe, expect, it, test } from 'vitest';
import { parseHours, showHours } from '../../cli/hours.ts';
import { testCommand } from './command.ts';

const { run, file } = await testCommand();

describe('hours', () => {
  it.each([
    ['09:00-21:00', 'daily 09:00-21:00'],
    ['mon-fri 9-13, 14:00-18:30; sat 10-12', 'Mon-Fri 09:00-13:00, 14:00-18:30; Sat 10:00-12:00'],
    ['Saturday,Sunday 10-12', 'Sat, Sun 10:00-12:00'],
    ['fri-mon 10-12', 'Mon, Fri-Sun 10:00-12:00'],
    ['any', 'any'],
  ])('%s are read, and shown as %s', (typed, shown) => {
    expect(showHours(parseHours('--hours', typed))).toBe(shown);
  });

  it.each(['', 'mon', 'someday 9-10', '9', 'mon 9:5-10'])('%j are refused with an example', (typed) => {
    expect(() => parseHours('--hours', typed)).toThrow('--hours');
  });
});

test('a request is edited, and its versions say what was changed', async () => {
  const list = await file('people.csv', 'number\n9876543210\n');
  const launched = await run(
    'launch',
    list,
    '--flow',
    'survey',
    '--start-at',
    '+300d',
    '--no-watch',
    '--json',
  );
  const { id } = JSON.parse(launched.stdout).requests[0];
  expect(await run('holidays', 'create', 'India', '--region', 'in')).toMatchObject({ code: 0 });
  const csv = await file('holidays.csv', 'date,name\n2030-01-26,Republic Day\n');
  expect((await run('holidays', 'import', 'India', csv)).stdout).toBe(
    'India: 1 added, 0 there already, 0 taken away\n',
  );
  expect((await run('holidays', 'list', 'India')).stdout).toMatch(/2030-01-26 +Republic Day/);
  const edited = await run(
    ...['edit', String(id), '--hours', 'mon-fri 9-18', '--holidays', 'India', '--pace', '2'],
    ...['--retry', 'busy=2/10m', '--end-at', '+400d', '--late', 'send'],
  );
  expect([edited.code, edited.stdout]).toEqual([0, `request ${id} goes by version 2 of its policy\n`]);
  const { stdout } = await run('policies', String(id));
  expect(stdout).toMatch(/2 .* callingHours +any +Mon-Fri 09:00-18:00/);
  expect(stdout).toMatch(/2 .* callsPerSecond +10000 +2\n/);
  expect(stdout).toMatch(/1 .* as it was launched/);
});

test('what cannot be edited is refused before anything is sent, or by the server with the field', async () => {
  expect(await run('edit', '1')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('nothing to change'),
  });
  expect(await run('edit', '1', '--retry', 'busy=often')).toMatchObject({ code: 2 });
  expect(await run('edit', '999999', '--pace', '1')).toMatchObject({ code: 1 });
  expect(await run('holidays', 'list', 'none')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('there is no holiday calendar "none"'),
  });
  const added = await run(
    'promotional-hours',
    'add',
    'FR',
    'mon-fri 10-13',
    '--source',
    'a law',
    '--from',
    '2026-01-01',
  );
  expect(added).toMatchObject({ code: 1, stderr: expect.stringContaining('operations') });
  expect((await run('promotional-hours', 'list')).stdout).toMatch(/IN +built-in +daily 09:00-21:00/);
});
