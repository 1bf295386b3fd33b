/** What the command promises about mistakes: each says what to do next, and has its exit code. */
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../local/ports.ts';
import { startCommand, testCommand } from './command.ts';

const stack = await testCommand();
const { run, file, env } = stack;
const list = await file('people.csv', 'number\n+919811000010\n');

test.each([
  ['a file that is not there', ['launch', 'nobody.csv', '--flow', 'survey'], 'there is no file nobody.csv'],
  ['a directory', ['launch', '.', '--flow', 'survey'], '. is not a file'],
  ['no flow', ['launch', list], '--flow <name>'],
  ['no file', ['launch', '--flow', 'survey'], 'file'],
  [
    'a time that is none',
    ['launch', list, '--flow', 'survey', '--start-at', 'tomorrow'],
    '--start-at "tomorrow" is not a time',
  ],
  [
    'a day that is none',
    ['launch', list, '--flow', 'survey', '--end-at', '2026-02-30 09:00'],
    '--end-at "2026-02-30 09:00" is not a time',
  ],
  [
    'a day without a time of day',
    ['launch', list, '--flow', 'survey', '--start-at', '2026-02-20'],
    'has no time of day',
  ],
  ['a request id that is none', ['watch', '12x'], '"12x" is not a request id'],
  ['a limit that is none', ['requests', '--limit', '0'], '--limit "0"'],
  ['two forms of output', ['records', '1', '--csv', '--json'], 'exclude each other'],
  ['a variable without a value', ['call', '98', '--flow', 'survey', '--var', 'name'], 'is not name=value'],
  ['a command that is none', ['lunch'], "unknown command 'lunch'"],
  ['an option that is none', ['requests', '--fast'], "unknown option '--fast'"],
])('wrong usage is exit code 2 and sends nothing: %s', async (_title, args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
  // With --json even the error is JSON; else stdout holds answers alone.
  if (!args.includes('--json')) expect(stdout).toBe('');
});

test.each([
  ['an unknown flow', ['launch', list, '--flow', 'servey'], 'there is no flow "servey"', 'clarion flow list'],
  ['an unknown request', ['status', '999999'], 'There is no such request', ''],
  [
    'a status address that is not whitelisted',
    ['launch', list, '--flow', 'survey', '--status-email', 'x@example.com'],
    'not whitelisted',
    'clarion whitelist emails add',
  ],
  [
    'an end time that has passed',
    ['launch', list, '--flow', 'survey', '--end-at', '2020-01-01 09:00'],
    'must be in the future',
    '',
  ],
])('what the server refuses is exit code 1: %s', async (_title, args, message, advice) => {
  const { code, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(stderr).toContain(advice);
  expect(code).toBe(1);
  const asJson = await run(...args, '--json');
  expect(JSON.parse(asJson.stdout).error).toMatchObject({ exitCode: 1, code: expect.any(String) });
});

test('a file that is rejected whole is exit code 1, with its reason', async () => {
  const { code, stdout } = await run(
    'launch',
    await file('list.pdf', '%PDF-1.4\n'),
    '--flow',
    'survey',
    '--no-watch',
  );
  expect([code, stdout]).toEqual([0, expect.stringContaining('received')]);
  const id = await stack.newestRequest();
  await stack.db.sql`update requests set status = 'REJECTED', rejection = 'NOT_CSV',
    rejection_detail = 'The file is a PDF.', ended_at = now() where id = ${id}`;
  const watched = await run('watch', `${id}`);
  expect(watched.stdout).toContain(`request ${id}, list.pdf: rejected, NOT_CSV: The file is a PDF.`);
  expect(watched.code).toBe(1);
});

test('a server that cannot be reached is exit code 3, and says how to start one', async () => {
  const url = `http://127.0.0.1:${await freePort()}`;
  const { code, stderr } = await startCommand(['requests'], { ...env, CLARION_URL: url }).ended;
  expect(stderr).toContain(`cannot reach ${url} (ECONNREFUSED)`);
  expect(stderr).toContain('npm start');
  expect(code).toBe(3);
});

test('a server that is something else is exit code 3', async () => {
  const other = createServer((_request, response) => response.writeHead(404).end('<h1>nothing</h1>'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
  const { code, stderr } = await startCommand(['requests'], { ...env, CLARION_URL: url }).ended;
  other.close();
  expect([code, stderr]).toEqual([3, expect.stringContaining('answered 404, and not as Clarion does')]);
});

test('a wrong key is exit code 1 and names the variable', async () => {
  const { code, stderr } = await startCommand(['requests'], { ...env, CLARION_API_KEY: 'ck_wrong' }).ended;
  expect([code, stderr]).toEqual([1, expect.stringContaining('CLARION_API_KEY')]);
});

test('without variables the local stack’s notes are used, and its key goes to no other server', async () => {
  const dir = join(stack.dir, 'data');
  await mkdir(dir);
  await writeFile(join(dir, 'local.json'), JSON.stringify({ url: stack.url, apiKey: stack.key }));
  const local = await startCommand(['requests', '--json'], { CLARION_DATA_DIR: dir }).ended;
  expect(local.code).toBe(0);
  const other = { CLARION_DATA_DIR: dir, CLARION_URL: 'http://127.0.0.1:1' };
  const { code, stderr } = await startCommand(['requests'], other).ended;
  expect([code, stderr]).toEqual([2, expect.stringContaining('CLARION_API_KEY is not set')]);
  const nothing = await startCommand(['requests'], { CLARION_DATA_DIR: join(dir, 'none') }).ended;
  expect([nothing.code, nothing.stderr]).toEqual([3, expect.stringContaining('npm start')]);
});

test('an upload whose connection breaks is sent again, and launches once', async () => {
  let broken = 0;
  const proxy = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const answer = await fetch(`${stack.url}${request.url}`, {
        method: request.method ?? 'GET',
        headers: Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' &&
          !['host', 'connection', 'content-length', 'transfer-encoding'].includes(name)
            ? [[name, value]]
            : [],
        ),
        body: parts.length > 0 ? Buffer.concat(parts) : null,
      });
      const body = Buffer.from(await answer.arrayBuffer());
      // The first reply is lost on its way, after the server has acted.
      if (broken++ === 0) return response.destroy();
      response
        .writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' })
        .end(body);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const count = async () =>
    Number(
      (await stack.db.sql`select count(*) from requests where account_id = ${stack.accountId}`)[0]?.count,
    );
  const before = await count();
  const args = ['launch', list, '--flow', 'survey', '--no-watch', '--json'];
  const { code } = await startCommand(args, { ...env, CLARION_URL: url }, stack.dir).ended;
  proxy.close();
  expect(code).toBe(0);
  expect(broken).toBeGreaterThan(1);
  expect(await count()).toBe(before + 1);
});
