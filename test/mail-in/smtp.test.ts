import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTakeMail } from '../../activities/take-mail.ts';
import { drawMailInAddress } from '../../db/queries/mail-in-addresses.ts';
import { MAIL_IN_LIMITS, mailInAddress } from '../../domain/mail-in.ts';
import { type ArrivedMail, NotNow } from '../../providers/mail-in/receiver.ts';
import { createSmtpReceiver } from '../../providers/mail-in/smtp.ts';
import { createVisitors, networkOf } from '../../providers/mail-in/visitors.ts';
import { testFlow } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { csv, DOMAIN, mailPlace } from '../support/mail-in.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const place = await mailPlace();
beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});

const kept = async (): Promise<string[]> =>
  (await readdir(place.directory, { recursive: true })).filter((name) => name.endsWith('.eml'));

/** Speaks SMTP by hand: each line is answered before the next is sent. */
async function talk(port: number, lines: string[]): Promise<string[]> {
  const socket: Socket = connect(port, '127.0.0.1');
  const replies = socket[Symbol.asyncIterator]();
  const answers: string[] = [String((await replies.next()).value).trim()];
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    const { value, done } = await replies.next();
    if (done) break;
    answers.push(String(value).trim());
  }
  socket.destroy();
  return answers;
}

/** A delivery by a service, without its content. */
const notified = (ref: string, recipient: string): Omit<ArrivedMail, 'content'> => ({
  receiver: 'ses',
  ref,
  recipients: [recipient],
  mailFrom: 'a@client.test',
  helo: null,
  clientAddress: null,
  spfResult: null,
});

const mailTo = (...recipients: string[]): string[] => [
  'EHLO client.test',
  'MAIL FROM:<a@client.test>',
  ...recipients.map((recipient) => `RCPT TO:<${recipient}>`),
  'DATA',
  'From: a@client.test\r\nSubject: survey\r\nDate: now\r\n\r\nhello\r\n.',
];

describe('a stranger learns nothing by trying', () => {
  it('an address that is nobody’s, one without a token and a real one are answered alike', async () => {
    const before = (await place.mails()).length;
    const wrong = place.address.replace(/\+.{4}/, '+zzzz');
    const answers = await Promise.all(
      [place.address, wrong, `postmaster@${DOMAIN}`, `lists+@${DOMAIN}`].map((to) =>
        talk(place.receiver.port, mailTo(to)),
      ),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]?.at(-1)).toBe('250 2.0.0 taken');
    expect((await place.mails()).length).toBe(before + 1);
  });

  it('of mail to nobody nothing is kept', async () => {
    const before = (await kept()).length;
    await talk(place.receiver.port, mailTo(`nobody@${DOMAIN}`));
    expect((await kept()).length).toBe(before);
  });

  it('nothing is relayed, and nobody can sign in', async () => {
    const answers = await talk(place.receiver.port, [
      'EHLO client.test',
      'AUTH PLAIN AGEAYg==',
      'MAIL FROM:<a@client.test>',
      'RCPT TO:<victim@elsewhere.test>',
      `RCPT TO:<lists@${DOMAIN}.elsewhere.test>`,
      'DATA',
    ]);
    expect(answers.map((line) => line.slice(0, 3))).toEqual([
      '220',
      '250',
      '500',
      '250',
      '550',
      '550',
      '503',
    ]);
    expect(answers[1]).not.toMatch(/AUTH|STARTTLS/);
  });
});

describe('a mail is durable before it is called taken', () => {
  it('as it came, byte by byte', async () => {
    await talk(place.receiver.port, mailTo(place.address));
    const [row] = await place.db.sql<{ rawKey: string }[]>`
      select raw_key as "rawKey" from incoming_mails order by id desc limit 1`;
    const chunks: Buffer[] = [];
    for await (const chunk of await place.storage.read(row?.rawKey ?? '')) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks).toString()).toBe(
      'From: a@client.test\r\nSubject: survey\r\nDate: now\r\n\r\nhello\r\n',
    );
  });

  it('for each account it is addressed to', async () => {
    const other = await testAccount(place.db);
    const { token } = await drawMailInAddress(place.db, { accountId: other });
    const before = (await place.mails()).length;
    await talk(place.receiver.port, mailTo(place.address, mailInAddress(token, DOMAIN), place.address));
    expect((await place.mails()).length).toBe(before + 1);
    expect(await place.mails(other)).toHaveLength(1);
    const keys = await place.db.sql`select raw_key from incoming_mails order by id desc limit 2`;
    expect(keys[0]?.raw_key).not.toBe(keys[1]?.raw_key);
  });

  it('and when the database is away between storage and row, the sender hears "later" and a second try makes one mail', async () => {
    let away = true;
    const take = createTakeMail({
      db: {
        ...place.db,
        sql: new Proxy(place.db.sql, {
          get: (target, name, self) => {
            if (name === 'begin' && away) throw new Error('the connection was lost');
            return Reflect.get(target, name, self) as unknown;
          },
        }),
      },
      storage: place.storage,
      domain: DOMAIN,
      now: () => new Date(),
      log: place.log,
    });
    const receiver = await createSmtpReceiver({
      host: '127.0.0.1',
      port: 0,
      domain: DOMAIN,
      take,
      log: place.log,
    });
    const before = (await place.mails()).length;
    const files = (await kept()).length;
    expect((await talk(receiver.port, mailTo(place.address))).at(-1)).toBe('451 4.3.0 not now; try later');
    expect((await kept()).length).toBe(files + 1);
    expect((await place.mails()).length).toBe(before);
    away = false;
    expect((await talk(receiver.port, mailTo(place.address))).at(-1)).toBe('250 2.0.0 taken');
    expect((await place.mails()).length).toBe(before + 1);
    await receiver.close();
  });
});

describe('a client that goes away in the middle of a mail', () => {
  it('leaves nothing behind', async () => {
    const before = (await place.mails()).length;
    const files = async () =>
      (await readdir(place.directory, { recursive: true })).filter((name) => /eml/.test(name));
    const had = (await files()).length;
    const socket = connect(place.receiver.port, '127.0.0.1');
    const replies = socket[Symbol.asyncIterator]();
    await replies.next();
    for (const line of mailTo(place.address).slice(0, -1)) {
      socket.write(`${line}\r\n`);
      await replies.next();
    }
    socket.write(`Subject: survey\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(10_000));
    while ((await files()).length === had) await new Promise((resolve) => setTimeout(resolve, 10));
    socket.destroy();
    while ((await files()).length > had) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await place.mails()).length).toBe(before);
    expect((await talk(place.receiver.port, mailTo(place.address))).at(-1)).toBe('250 2.0.0 taken');
  });
});

describe('limits', () => {
  it('of 25 MB hold on the line itself: 552, and the next mail of the same connection is taken', async () => {
    const files = (await kept()).length;
    const before = (await place.mails()).length;
    const large = mailTo(place.address);
    large[large.length - 1] = `${`${'x'.repeat(998)}\r\n`.repeat(27_000)}.`;
    const again = mailTo(place.address).slice(1);
    const answers = await talk(place.receiver.port, [...large, ...again]);
    expect(answers[5]).toMatch(/^552 /);
    expect(answers.at(-1)).toBe('250 2.0.0 taken');
    expect((await kept()).length).toBe(files + 1);
    const [taken, refused] = await place.mails();
    expect((await place.mails()).length).toBe(before + 2);
    expect([taken?.verdict, refused?.reason]).toEqual(['WAITING', 'TOO_LARGE']);
  });

  it('a mail over the limit gets 552, leaves no file, and is shown to the account', async () => {
    const small = await createSmtpReceiver({
      ...{ host: '127.0.0.1', port: 0, domain: DOMAIN, take: place.take, log: place.log },
      limits: { mailBytes: 20_000 },
    });
    const files = (await kept()).length;
    const lines = mailTo(place.address);
    lines[lines.length - 1] = `Subject: survey\r\n\r\n${'x'.repeat(70)}\r\n`.repeat(500).concat('.');
    expect((await talk(small.port, lines)).at(-1)).toMatch(/^552 /);
    expect((await kept()).length).toBe(files);
    expect((await place.mails())[0]).toMatchObject({ verdict: 'REFUSED', reason: 'TOO_LARGE', kept: false });
    await small.close();
  });

  it('storage itself takes no more than the limit, whatever a receiver says', async () => {
    const files = (await kept()).length;
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const stream = Readable.from(
      Array.from({ length: MAIL_IN_LIMITS.mailBytes / piece.length + 1 }, () => piece),
    );
    await place.take(arrived({ content: { kind: 'STREAM', stream, tooLarge: () => false } }));
    expect((await kept()).length).toBe(files);
    expect((await place.mails())[0]).toMatchObject({ reason: 'TOO_LARGE' });
  });

  it('mails and connections of one network are put off beyond theirs', async () => {
    const strict = await createSmtpReceiver({
      ...{ host: '127.0.0.1', port: 0, domain: DOMAIN, take: place.take, log: place.log },
      limits: { mailsAMinute: 2, connectionsAtOnce: 1 },
    });
    const codes = [];
    for (let at = 0; at < 3; at++)
      codes.push((await talk(strict.port, mailTo(place.address))).at(-1)?.slice(0, 3));
    expect(codes).toEqual(['250', '250', '451']);
    const first = connect(strict.port, '127.0.0.1');
    await new Promise((resolve) => first.once('data', resolve));
    expect((await talk(strict.port, [])).at(-1)).toMatch(/^421 /);
    first.destroy();
    await strict.close();
  });

  it('an account that gets very many mails has the rest put off, until the hour is over', async () => {
    const busy = await testAccount(place.db);
    const { token } = await drawMailInAddress(place.db, { accountId: busy });
    await place.db.sql`
      insert into incoming_mails (account_id, receiver, receiver_ref)
      select ${busy}, 'smtp', 'n' || n from generate_series(1, ${MAIL_IN_LIMITS.mailsAnHour}) n`;
    const send = () => talk(place.receiver.port, mailTo(mailInAddress(token, DOMAIN)));
    expect((await send()).at(-1)).toMatch(/^451 /);
    await place.db
      .sql`update incoming_mails set received_at = now() - interval '61 minutes' where account_id = ${busy}`;
    expect((await send()).at(-1)).toBe('250 2.0.0 taken');
  });

  it('lines that come at once get no more into the hour than one after the other would', async () => {
    const busy = await testAccount(place.db);
    const { token } = await drawMailInAddress(place.db, { accountId: busy });
    await place.db.sql`
      insert into incoming_mails (account_id, receiver, receiver_ref)
      select ${busy}, 'smtp', 'at-once' || n from generate_series(1, ${MAIL_IN_LIMITS.mailsAnHour - 2}) n`;
    const files = (await kept()).length;
    // All of them have asked for room before the first is written down.
    let asked = 0;
    let letAllGo = (): void => {};
    const allAsked = new Promise<void>((resolve) => {
      letAllGo = resolve;
    });
    async function* content() {
      asked += 1;
      if (asked === 6) letAllGo();
      await allAsked;
      yield Buffer.from('Subject: survey\r\n\r\nhello');
    }
    const outcomes = await Promise.allSettled(
      Array.from({ length: 6 }, (_, at) =>
        place.take({
          ...notified(`at-once-line-${at}`, mailInAddress(token, DOMAIN)),
          content: { kind: 'STREAM', stream: Readable.from(content()), tooLarge: () => false },
        }),
      ),
    );
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(refused).toHaveLength(4);
    for (const reason of refused) expect(reason).toBeInstanceOf(NotNow);
    const [row] = await place.db.sql<{ count: number }[]>`
      select count(*)::int as count from incoming_mails where account_id = ${busy}`;
    expect(row?.count).toBe(MAIL_IN_LIMITS.mailsAnHour);
    // What was refused left no file.
    expect((await kept()).length).toBe(files + 2);
  });

  it('an account that gets very many bytes has the rest put off, mails still to be fetched among them', async () => {
    const busy = await testAccount(place.db);
    const { token } = await drawMailInAddress(place.db, { accountId: busy });
    const to = mailInAddress(token, DOMAIN);
    const { bytesAnHour, mailBytes } = MAIL_IN_LIMITS;
    const take = (ref: string) =>
      place.take({ ...notified(ref, to), content: { kind: 'REMOTE', bucket: 'b', key: ref } });
    await place.db.sql`
      insert into incoming_mails (account_id, receiver, receiver_ref, bytes)
      select ${busy}, 'smtp', 'large' || n, ${mailBytes}
      from generate_series(1, ${Math.floor(bytesAnHour / mailBytes) - 1}) n`;
    await take('fits');
    await expect(take('too-much')).rejects.toBeInstanceOf(NotNow);
    // Told of again: it is there, and takes no more room.
    await take('fits');
    await place.db.sql`update incoming_mails set bytes = 1000 where account_id = ${busy} and bytes is null`;
    await take('next');
    await place.db.sql`update incoming_mails set bytes = ${mailBytes} where account_id = ${busy}`;
    const files = (await kept()).length;
    expect((await talk(place.receiver.port, mailTo(to))).at(-1)).toMatch(/^451 /);
    expect((await kept()).length).toBe(files);
  });

  it.each([
    ['192.0.2.7', '192.0.2.200', true],
    ['192.0.2.7', '192.0.3.7', false],
    ['::ffff:192.0.2.7', '192.0.2.9', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['::1', '::2', true],
  ])('%s and %s are one network: %s', (one, other, same) => {
    expect(networkOf(one) === networkOf(other)).toBe(same);
  });

  it('of a minute are over when it is', () => {
    let now = 0;
    const visitors = createVisitors({ mailsAMinute: 1 }, () => now);
    expect([visitors.mail('192.0.2.1'), visitors.mail('192.0.2.2')]).toEqual([true, false]);
    now = 60_001;
    expect(visitors.mail('192.0.2.1')).toBe(true);
  });
});

describe('with a certificate', () => {
  it('mail comes encrypted, and is judged like any other', async () => {
    const dir = await scratchDir();
    const [keyFile, certFile] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', '/CN=localhost'],
        ...['-keyout', keyFile, '-out', certFile],
      ],
      { stdio: 'ignore' },
    );
    const secured = await mailPlace({ tls: { keyFile, certFile } });
    await testFlow(secured.db, secured.accountId);
    const [, greeting] = await talk(secured.receiver.port, ['EHLO client.test']);
    expect(greeting).toMatch(/STARTTLS/);
    const mail = await secured.judged({ attachments: [csv('people.csv')], requireTLS: true } as object);
    expect(mail.verdict).toBe('ACCEPTED');
  });
});

function arrived(over: Pick<ArrivedMail, 'content'>): ArrivedMail {
  return {
    receiver: 'smtp',
    ref: `test-${Math.random()}`,
    recipients: [place.address],
    mailFrom: 'a@client.test',
    helo: 'client.test',
    clientAddress: '127.0.0.1',
    spfResult: null,
    ...over,
  };
}
