/** What the command promises about lists that come by mail. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createTakeMail } from '../../activities/take-mail.ts';
import { createLookUp } from '../../providers/mail-in/dns.ts';
import { createSmtpReceiver } from '../../providers/mail-in/smtp.ts';
import { startMailJudging } from '../../worker/mail-in.ts';
import { orderByMail } from '../../worker/mail-requests.ts';
import { DOMAIN, dkimKey, refuseOutside } from '../support/mail-in.ts';
import { scratchDir } from '../support/scratch-dir.ts';
import { startCommand, testCommand } from './command.ts';

const stack = await testCommand({ mailIn: { domain: DOMAIN } });
const { db, deps, file, key, run } = stack;

test('an address is drawn, shown, drawn anew and given up', async () => {
  expect((await run('mails', 'address')).stdout).toContain('clarion mails address --new');
  const first = (await run('mails', 'address', '--new')).stdout.trim();
  expect(first).toMatch(/^lists\+[a-z2-9]{16}@lists\.test$/);
  expect((await run('mails', 'address')).stdout.trim()).toBe(first);
  expect((await run('mails', 'address', '--new')).stdout.trim()).not.toBe(first);
  expect((await run('mails', 'address', '--off')).stdout).toContain('no address');
  expect((await run('mails', 'address', '--off', '--new')).code).toBe(2);
  expect((await run('mails', 'show', 'x')).code).toBe(2);
  expect((await run('mails')).stdout).toContain('no mail has come');
});

test('`try` mails a list as the local stack’s owner, and what became of it is listed and shown', async () => {
  const address = (await run('mails', 'address', '--new')).stdout.trim();
  const owner = dkimKey('demo.local', 'local');
  const { storage } = deps;
  const now = () => new Date();
  const take = createTakeMail({ db, storage, domain: DOMAIN, now, log: deps.log });
  const receiver = await createSmtpReceiver({
    host: '127.0.0.1',
    port: 0,
    domain: DOMAIN,
    take,
    log: deps.log,
  });
  const lookUp = createLookUp(owner.names, refuseOutside);
  const stopJudging = startMailJudging({
    db,
    storage,
    lookUp,
    order: orderByMail,
    keepDays: 14,
    now,
    log: deps.log,
  });
  try {
    const dir = scratchDir();
    await writeFile(join(dir, 'key.pem'), owner.sign.privateKey);
    const notes = {
      url: stack.url,
      apiKey: key,
      mailIn: {
        url: `smtp://127.0.0.1:${receiver.port}`,
        address,
        sender: 'admin@demo.local',
        keyFile: join(dir, 'key.pem'),
        selector: 'local',
      },
    };
    await writeFile(join(dir, 'local.json'), JSON.stringify(notes));
    const people = await file('people.csv', 'number,name\n+919811000050,Asha\n');
    const mailed = (...options: string[]) =>
      startCommand(['mails', 'try', people, ...options], { CLARION_DATA_DIR: dir }, stack.dir).ended;
    const sent = await mailed('--flow', 'survey', '--start-at', '2099-12-01 10:00');
    expect([sent.code, sent.stdout]).toEqual([
      0,
      expect.stringMatching(/ACCEPTED[\s\S]*people\.csv: request \d+/),
    ]);
    const refused = await mailed('--flow', 'nope');
    expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining('REFUSED NO_FLOW')]);
    const listed = (await run('mails')).stdout;
    expect(listed).toMatch(/admin@demo\.local +flow: nope +REFUSED NO_FLOW/);
    expect(listed).toMatch(/start: 2099-12-01 10:00 +ACCEPTED +\d+/);
    const only = JSON.parse((await run('mails', '--verdict', 'accepted', '--json')).stdout) as {
      items: { id: number }[];
    };
    expect(only.items).toHaveLength(1);
    expect((await run('mails', 'show', String(only.items[0]?.id))).stdout).toContain(
      'DKIM pass for demo.local',
    );
  } finally {
    await stopJudging();
    await receiver.close();
  }
});

test('`try` says what to do where no local stack takes mail', async () => {
  const people = await file('people.csv', 'number\n+919811000050\n');
  const run = await stack.run('mails', 'try', people, '--flow', 'survey');
  expect([run.code, run.stderr]).toEqual([3, expect.stringContaining('npm start')]);
});
