/** The whitelist and the blacklist by the command line. */
// Before any schema is made: it gives them what the API's routes describe them by.
import '@hono/zod-openapi';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPhoneVerifier } from '../../activities/verify-phone.ts';
import { createFrozen } from '../../db/queries/frozen.ts';
import { settleAttempts } from '../../db/queries/settle-attempts.ts';
import { createLogger } from '../../log.ts';
import { createSimulatedSms } from '../../providers/sms/simulated.ts';
import { createSimulatedTrunk } from '../../providers/voice/simulated/index.ts';
import { SIMULATED_CODES, showSimulated } from '../../worker/code-sending.ts';
import { testCommand, until } from './command.ts';

const { db, dir, run, start, file } = await testCommand();

/** A worker of the local stack. */
async function localWorker() {
  const witnessDir = join(dir, 'witness');
  await mkdir(join(dir, '.clarion'), { recursive: true });
  const sms = createSimulatedSms({ witnessDir });
  const trunk = createSimulatedTrunk({ speed: 0, witnessDir });
  afterAll(() => Promise.all([sms.close(), trunk.close()]));
  const frozen = createFrozen(db);
  return createPhoneVerifier(
    {
      db,
      sms,
      trunk,
      lines: { state: () => ({ up: true }) },
      settle: (settlement) => settleAttempts(db, frozen, [settlement]),
      show: showSimulated(join(dir, '.clarion', SIMULATED_CODES), { sms, voice: trunk }),
      now: () => new Date(),
      log: createLogger('test', 'silent'),
    },
    ['sms', 'call'],
  );
}

test('a number is whitelisted on the local stack by the code its simulated person got, by either way', async () => {
  const worker = await localWorker();
  for (const [number, by] of [
    ['9811000010', 'sms'],
    ['02226540010', 'call'],
  ] as const) {
    const adding = start('whitelist', 'phones', 'add', number, '--by', by, '--local');
    await until('a code', async () => (await worker.look()) > 0);
    await worker.idle();
    const { code, stdout } = await adding.ended;
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^\+91\d+ is whitelisted \(entry \d+\)\n$/)]);
  }
  const failing = start('whitelist', 'phones', 'add', '9811000011', '--local');
  await until('a code', async () => (await worker.look()) > 0);
  await worker.idle();
  const failed = await failing.ended;
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringContaining('absent subscriber')]);
  const shown = (await run('whitelist', 'phones', 'list')).stdout;
  expect(shown).toMatch(/\+919811000011 +not yet +FAILED/);
  expect(shown).toMatch(/\+919811000010 +\d{4}-/);
});

test('a number is whitelisted by hand, and told what is wrong', async () => {
  const added = await run('whitelist', 'phones', 'add', '9811000020');
  const id = /verify (\d+) CODE/.exec(added.stdout)?.[1] ?? '';
  expect(added.stdout).toContain('a code goes to +919811000020 by text message');
  const early = await run('whitelist', 'phones', 'verify', id, '123456');
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('There is no code to enter')]);
  expect((await run('whitelist', 'phones', 'verify', id, '12')).code).toBe(1);
  expect((await run('whitelist', 'phones', 'verify', 'x', '123456')).code).toBe(2);
  expect((await run('whitelist', 'phones', 'add', '9811000020', '--by', 'pigeon')).code).toBe(2);
  expect((await run('whitelist', 'phones', 'remove', id)).code).toBe(0);
  expect((await run('whitelist', 'phones', 'remove', id)).code).toBe(1);
});

test('mail addresses go on, are listed and come off', async () => {
  const added = await run('whitelist', 'emails', 'add', 'Ops@example.com');
  const id = /entry (\d+)/.exec(added.stdout)?.[1] ?? '';
  expect((await run('whitelist', 'emails', 'list')).stdout).toContain('ops@example.com');
  expect((await run('whitelist', 'emails', 'remove', id)).code).toBe(0);
  expect((await run('whitelist', 'emails', 'list')).stdout).toBe('nothing is whitelisted\n');
});

test('files go onto the blacklist, which is looked through and cleared', async () => {
  const path = await file('stop.csv', 'number,reason\n9811000030,asked by phone\nabc,\n9811000031,\n');
  const done = await run('blacklist', 'import', path, '--reason', 'list of May');
  expect(done.stdout).toContain('2 added to the blacklist, 0 were on it already\n1 rows were not usable');
  expect(done.stdout).toContain('not a valid number, read as one of IN');
  const mails = await file('mails.csv', 'email\neve@example.com\n');
  expect(JSON.parse((await run('blacklist', 'import', mails, '--emails', '--json')).stdout)).toMatchObject({
    added: 1,
  });
  expect((await run('blacklist', 'list', '--reason', 'MAY')).stdout).toMatch(/\+919811000031 +list of May/);
  expect((await run('blacklist', 'list', '--starting', '+44')).stdout).toBe('the blacklist is empty\n');
  expect((await run('blacklist', 'list', '--expired', '--in-force')).code).toBe(2);
  await db.sql`update blacklist_phones set expires_at = now() where number = '+919811000030'`;
  expect((await run('blacklist', 'list', '--expired')).stdout).toContain('+919811000030');
  expect((await run('blacklist', 'remove', '--expired')).stdout).toContain('1 expired entries');
  expect((await run('blacklist', 'remove')).code).toBe(2);
  expect((await run('blacklist', 'import', await file('bad.csv', 'name\nx\n'))).code).toBe(1);
});

// The last: from here on the key works from these places alone.
test('addresses and domains go on with a warning before they lock the caller out', async () => {
  const refused = await run('whitelist', 'ips', 'add', '203.0.113.0/24');
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--confirm')]);
  expect((await run('whitelist', 'ips', 'add', '127.0.0.0/8', '203.0.113.7')).code).toBe(0);
  expect((await run('whitelist', 'domains', 'add', '*.example.com')).code).toBe(0);
  expect((await run('whitelist', 'ips', 'list')).stdout).toMatch(/127\.0\.0\.0\/8\n.*203\.0\.113\.7\n/);
  const { items } = JSON.parse((await run('whitelist', 'domains', 'list', '--json')).stdout);
  expect(items).toMatchObject([{ value: '*.example.com' }]);
  expect((await run('whitelist', 'domains', 'remove', String(items[0].id))).code).toBe(0);
  const own = JSON.parse((await run('whitelist', 'ips', 'list', '--json')).stdout).items[0].id;
  expect((await run('whitelist', 'ips', 'remove', String(own))).stderr).toContain('--confirm');
  expect((await run('whitelist', 'ips', 'remove', String(own), '--confirm')).code).toBe(0);
  const out = await run('whitelist', 'ips', 'list');
  expect([out.code, out.stderr]).toEqual([1, expect.stringContaining('may not be used from 127.0.0.1')]);
});
