/** The people of an account by the command line, and the first of them. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { makeFirstOwner, readFirstOwner } from '../../local/owner.ts';
import { browser } from '../api/people.ts';
import { testCommand } from './command.ts';

const { app, db, run } = await testCommand();

test('people are invited, listed, given roles, and let out and in again', async () => {
  const invited = await run('users', 'invite', 'asha@example.com', '--name', 'Asha Rao', '--role', 'agent');
  expect([invited.code, invited.stdout]).toEqual([
    0,
    expect.stringMatching(/^asha@example\.com \(\d+\): agent, invited, mail waits\n$/),
  ]);
  const id = /\((\d+)\)/.exec(invited.stdout)?.[1] ?? '';
  expect((await run('users', 'list')).stdout).toMatch(
    /Asha Rao +asha@example\.com +agent +invited, mail waits +off +never/,
  );
  expect((await run('users', 'role', id, 'manager')).stdout).toContain(': manager,');
  expect((await run('users', 'disable', id)).stdout).toContain('disabled');
  expect((await run('users', 'enable', id)).stdout).toContain('invited');
  const soon = await run('users', 'link', id);
  expect([soon.code, soon.stderr]).toEqual([1, expect.stringContaining('within the last minute')]);
  const listed = JSON.parse((await run('users', 'list', '--json')).stdout);
  expect(listed).toEqual([expect.objectContaining({ email: 'asha@example.com', role: 'manager' })]);
});

test('what is wrong is named before anything is asked of the server', async () => {
  for (const [args, said] of [
    [['users', 'role', '1', 'king'], 'is not a role'],
    [['users', 'disable', 'asha'], 'is not the id of a person'],
    [['users', 'invite', 'a@example.com'], '--name'],
  ] as const) {
    const { code, stderr } = await run(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
  }
  const refused = await run('users', 'invite', 'nonsense', '--name', 'A');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('email')]);
});

test('the first owner of a new account gets a link, and another when it is asked for again', async () => {
  const args = ['Boss@Example.com', '--name', 'Boss', '--account', 'Rao Traders', '--zone', 'Asia/Kolkata'];
  const owner = readFirstOwner([...args, '--country', 'in', '--operations']);
  await makeFirstOwner(db, owner);
  const token = await makeFirstOwner(db, owner);
  expect(await db.sql`select count(*)::int as n from accounts where name = 'Rao Traders'`).toEqual([
    { n: 1 },
  ]);
  const page = browser({ app });
  expect(
    (await page.call('POST', '/session/set-password', { token, newPassword: 'long enough' })).status,
  ).toBe(204);
  expect((await page.signIn('boss@example.com', 'long enough')).status).toBe(200);
  expect(await page.json('GET', '/me')).toMatchObject({
    operations: true,
    account: { name: 'Rao Traders', role: 'owner' },
  });
  expect(() => readFirstOwner(args)).toThrow('--country is needed');
  expect(() => readFirstOwner(['x', '--zone', 'Mars/Base'])).toThrow(/EMAIL must[\s\S]*--zone must/);
});
