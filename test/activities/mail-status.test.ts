/** What is guaranteed about the mail that reports a finished request. */
import { expect, test } from 'vitest';
import yauzl from 'yauzl';
import { createMailStatus, type MailStatusDeps } from '../../activities/mail-status.ts';
import { testAccount, testDatabase } from '../support/database.ts';
import { type FixtureRow, finishedRequest, mailbox, whitelist } from './mail-fixture.ts';

const db = await testDatabase();
const silent = { info() {}, warn() {} };
const mailer = (email: MailStatusDeps['email'], over: Partial<MailStatusDeps> = {}) =>
  createMailStatus({ db, email, mailFrom: 'Clarion <clarion@example.com>', log: silent, ...over });

const ledger = (requestId: number) =>
  db.sql<
    { recipient: string; kind: string; state: string; sends: number; cause: string | null }[]
  >`select recipient, kind, state, sends, cause from request_mails where request_id = ${requestId} order by recipient`;

const account = async (): Promise<number> => {
  const id = await testAccount(db);
  await whitelist(db, id, 'ann@example.com', 'bob@example.com');
  return id;
};

test('a status address gets counts, the account zone’s times, and every number with its reason', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['Ann@Example.com'] });
  const box = mailbox();
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 1 });
  const [mail] = box.messages;
  expect(mail?.to).toEqual(['ann@example.com']);
  expect(mail?.subject).toContain(`Request ${requestId} completed`);
  expect(mail?.text).toContain('2 of 2 people have an outcome');
  expect(mail?.text).toMatch(/In the list +3/);
  expect(mail?.text).toMatch(/INVALID_NUMBER +1/);
  expect(mail?.text).toMatch(/All attempts +4/);
  expect(mail?.text).toMatch(/Ended +1 March 2026, 10:00:00 \+05:30/);
  expect(mail?.html).toContain('INVALID_NUMBER');
  expect(mail?.attachments?.[0]?.fileName).toBe(`request-${requestId}.csv`);
  expect(mail?.attachments?.[0]?.content.toString()).toBe(
    '\uFEFFrow,number,result,outcome,attempts,reason,endedAt\r\n' +
      '1,+919811000010,ACCEPTED,ANSWERED,1,,2026-03-01T04:20:00.000Z\r\n' +
      '2,+919811000021,ACCEPTED,BUSY,3,,2026-03-01T04:20:00.000Z\r\n' +
      '3,abc,INVALID_NUMBER,,0,"column ""phone"": not a number",\r\n',
  );
  const events =
    await db.sql`select data from request_events where request_id = ${requestId} and type = 'MAILED'`;
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('ann@example.com');
});

test.each([
  ['notification on: the holder too', { emailNotification: true }, ['ann@example.com', 'holder@example.com']],
  ['notification off: the status addresses alone', {}, ['ann@example.com']],
  [
    'rejected whole: the holder even with notification off',
    { status: 'REJECTED', rejection: 'NO_PHONE_COLUMN', rows: [] },
    ['ann@example.com', 'holder@example.com'],
  ],
  ['cancelled: as any other end', { status: 'CANCELLED' }, ['ann@example.com']],
  ['a single call never mails the holder', { source: 'call', emailNotification: true, statusEmails: [] }, []],
  [
    'the holder’s own address may be asked for without being whitelisted',
    { statusEmails: ['holder@example.com'] },
    ['holder@example.com'],
  ],
  [
    'a holder who is also a status address gets one mail',
    { emailNotification: true, statusEmails: ['HOLDER@example.com', 'ann@example.com', 'ANN@example.com'] },
    ['ann@example.com', 'holder@example.com'],
  ],
])('%s', async (_title, over, expected) => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'], ...over });
  const box = mailbox();
  await mailer(box)({ accountId, requestId });
  expect(box.messages.flatMap((mail) => mail.to).sort()).toEqual(expected);
});

test('the reason in the mail about a rejected list is a sentence among sentences', async () => {
  const accountId = await account();
  const rejectionDetail = 'no column is called number: the first line has "name"';
  const requestId = await finishedRequest(db, accountId, {
    status: 'REJECTED',
    rejection: 'NO_PHONE_COLUMN',
    rejectionDetail,
    rows: [],
  });
  const box = mailbox();
  await mailer(box)({ accountId, requestId });
  expect(box.messages[0]?.text).toContain(
    'Reason: NO_PHONE_COLUMN. No column is called number: the first line has "name". Correct it and upload',
  );
});

test('the mail about a rejected list says why and what to do, and attaches nothing', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, {
    status: 'REJECTED',
    rejection: 'NO_PHONE_COLUMN',
    rejectionDetail: 'No column of the header holds phone numbers.',
    rows: [],
  });
  const box = mailbox();
  await mailer(box)({ accountId, requestId });
  expect(box.messages[0]?.text).toContain('NO_PHONE_COLUMN. No column of the header holds phone numbers.');
  expect(box.messages[0]?.text).toContain('upload it again');
  expect(box.messages[0]?.attachments).toEqual([]);
  expect((await ledger(requestId))[0]).toMatchObject({ kind: 'REJECTION', state: 'SENT' });
});

test('an address that left the whitelist or is blacklisted by now gets nothing, and the ledger says why', async () => {
  const accountId = await account();
  await db.sql`insert into blacklist_emails (account_id, email, expires_at) values
    (${accountId}, 'bob@example.com', null), (${accountId}, 'holder@example.com', null),
    (${accountId}, 'ann@example.com', '2020-01-01')`;
  const requestId = await finishedRequest(db, accountId, {
    emailNotification: true,
    statusEmails: ['ann@example.com', 'bob@example.com', 'stranger@example.com'],
  });
  const box = mailbox();
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 1 });
  expect(box.messages.map((mail) => mail.to)).toEqual([['ann@example.com']]);
  expect(await ledger(requestId)).toMatchObject([
    { recipient: 'ann@example.com', state: 'SENT' },
    { recipient: 'bob@example.com', state: 'FAILED', cause: 'the address is on the blacklist' },
    { recipient: 'holder@example.com', state: 'FAILED', cause: 'the address is on the blacklist' },
    { recipient: 'stranger@example.com', state: 'FAILED', cause: 'the address is not on the whitelist' },
  ]);
});

test('called again, it sends nothing again', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'] });
  const box = mailbox();
  await mailer(box)({ accountId, requestId });
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 0 });
  expect(box.messages).toHaveLength(1);
});

test('of two runs at the same time, each mail is sent by one', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, {
    statusEmails: ['ann@example.com', 'bob@example.com'],
  });
  const box = mailbox();
  await Promise.allSettled([1, 2, 3].map(() => mailer(box)({ accountId, requestId })));
  expect(box.messages.flatMap((mail) => mail.to).sort()).toEqual(['ann@example.com', 'bob@example.com']);
});

test('one recipient’s failure keeps nobody else from theirs; the unknown one is tried again, and says so', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, {
    statusEmails: ['ann@example.com', 'bob@example.com'],
  });
  const broken = mailbox(async (mail) => {
    if (mail.to[0] === 'ann@example.com') throw new Error('connection reset');
    return { outcome: 'SENT', providerRef: 'r', cause: '' };
  });
  await expect(mailer(broken)({ accountId, requestId })).rejects.toThrow(/1 of 2 mails must be tried again/);
  expect(await ledger(requestId)).toMatchObject([
    { recipient: 'ann@example.com', state: 'UNKNOWN', cause: 'connection reset', sends: 1 },
    { recipient: 'bob@example.com', state: 'SENT', sends: 1 },
  ]);
  const box = mailbox();
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 1 });
  expect(box.messages).toHaveLength(1);
  expect(box.messages[0]?.reference).toBe(broken.messages[0]?.reference);
  expect(broken.messages[0]?.text).not.toContain('earlier copy');
  expect(box.messages[0]?.text).toContain('whether an earlier copy of this mail reached you');
});

test('a mail that stays unknown is given up after three sends and stays named in the ledger', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'] });
  const broken = mailbox(() => new Promise(() => {}));
  const run = mailer(broken, { limits: { sendDeadlineMs: 5 } });
  for (let n = 1; n <= 2; n++) await expect(run({ accountId, requestId })).rejects.toThrow(/tried again/);
  expect(await run({ accountId, requestId })).toEqual({ sent: 0 });
  expect(await run({ accountId, requestId })).toEqual({ sent: 0 });
  expect(broken.messages).toHaveLength(3);
  expect(await ledger(requestId)).toMatchObject([
    { state: 'UNKNOWN', sends: 3, cause: 'no answer within 5 ms' },
  ]);
});

test('a mail reserved by a run that died is left alone within its lease and sent again after it', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'] });
  await db.sql`insert into request_mails (request_id, recipient, kind, account_id, state, sends)
    values (${requestId}, 'ann@example.com', 'STATUS', ${accountId}, 'RESERVED', 1)`;
  const box = mailbox();
  await expect(mailer(box)({ accountId, requestId })).rejects.toMatchObject({
    nextRetryDelay: expect.any(Number),
  });
  expect(box.messages).toHaveLength(0);
  await db.sql`update request_mails set reserved_at = now() - interval '1 day' where request_id = ${requestId}`;
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 1 });
  expect(box.messages[0]?.text).toContain('earlier copy');
});

test('a mail the provider refuses is not tried again', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'] });
  const box = mailbox(async () => ({ outcome: 'REJECTED', providerRef: '', cause: 'address not verified' }));
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 0 });
  expect(await mailer(box)({ accountId, requestId })).toEqual({ sent: 0 });
  expect(box.messages).toHaveLength(1);
  expect(await ledger(requestId)).toMatchObject([{ state: 'FAILED', cause: 'address not verified' }]);
});

test('nothing is mailed about a request that runs, or that is another account’s', async () => {
  const accountId = await account();
  const running = await finishedRequest(db, accountId, { status: 'IN_PROCESS', emailNotification: true });
  const foreign = await finishedRequest(db, await account(), { emailNotification: true });
  const box = mailbox();
  await expect(mailer(box)({ accountId, requestId: running })).rejects.toThrow(/has not ended/);
  await expect(mailer(box)({ accountId, requestId: foreign })).rejects.toThrow(/no request/);
  expect(box.messages).toHaveLength(0);
});

test('a spreadsheet runs nothing that a list or a file name brought along', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, {
    statusEmails: ['ann@example.com'],
    fileName: '<b>x</b>\r\nBcc: eve@example.com',
    rows: [{ number: '=HYPERLINK("http://x","y")', result: 'INVALID_NUMBER', detail: '@SUM(1)' }],
  });
  const box = mailbox();
  await mailer(box)({ accountId, requestId });
  const [mail] = box.messages;
  expect(mail?.attachments?.[0]?.content.toString()).toContain(
    `1,"'=HYPERLINK(""http://x"",""y"")",INVALID_NUMBER,,0,'@SUM(1),`,
  );
  expect(mail?.subject).not.toMatch(/[\r\n]/);
  expect(mail?.html).not.toContain('<b>x');
});

const many: FixtureRow[] = Array.from({ length: 12_000 }, (_, at) => ({
  number: `+9198${String(10_000_000 + at)}`,
  outcome: 'ANSWERED',
  attempts: 1,
}));

test('a long list is zipped whole; one too long even for that leaves counts and the way to the list', async () => {
  const accountId = await account();
  const requestId = await finishedRequest(db, accountId, { statusEmails: ['ann@example.com'], rows: many });
  const zipped = mailbox();
  await mailer(zipped, { limits: { plainBytes: 50_000 } })({ accountId, requestId });
  const attachment = zipped.messages[0]?.attachments?.[0];
  expect(attachment?.fileName).toBe(`request-${requestId}.csv.zip`);
  const csv = await unzipped(attachment?.content ?? Buffer.alloc(0));
  expect(csv.trimEnd().split('\r\n')).toHaveLength(12_001);
  expect(csv).toContain('\r\n12000,+919810011999,ACCEPTED,ANSWERED,1,');

  await db.sql`delete from request_mails where request_id = ${requestId}`;
  const counted = mailbox();
  await mailer(counted, {
    limits: { plainBytes: 50_000, zipBytes: 1_000 },
    publicUrl: 'https://clarion.example.com/',
  })({ accountId, requestId });
  expect(counted.messages[0]?.attachments?.[0]?.fileName).toBe(`request-${requestId}-counts.csv`);
  expect(counted.messages[0]?.attachments?.[0]?.content.toString()).toContain('outcome,ANSWERED,12000');
  expect(counted.messages[0]?.text).toContain(
    `https://clarion.example.com/api/v1/requests/${requestId}/records.csv`,
  );
});

function unzipped(content: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(content, { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      zip.readEntry();
      zip.on('entry', (entry) => {
        zip.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part as Buffer);
          resolve(Buffer.concat(parts).toString());
        });
      });
    });
  });
}
