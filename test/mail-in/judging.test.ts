import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerMails } from '../../activities/answer-mails.ts';
import { purgeMails } from '../../activities/purge-mails.ts';
import { sweepMails } from '../../activities/sweep-mails.ts';
import { buildMail } from '../../providers/email/mime.ts';
import { EmailUnavailable } from '../../providers/email/provider.ts';
import { mailbox } from '../activities/mail-fixture.ts';
import { testFlow } from '../support/campaign.ts';
import { testAccount } from '../support/database.ts';
import { csv, mailPlace } from '../support/mail-in.ts';

const place = await mailPlace();
beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});

const list = { attachments: [csv('people.csv')] };
let day = 0;
/** Each mail of a day of its own, so that none repeats another. */
const another = () => ({ ...list, date: new Date(Date.UTC(2026, 0, ++day)) });

describe('a judge that dies', () => {
  it('before its commit has done nothing, and the next makes one request of the mail', async () => {
    const before = (await place.requests()).length;
    await place.send(another());
    const dying = place.judge({
      leaseMs: 0,
      beforeCommit: async () => {
        throw new Error('killed');
      },
    });
    await dying;
    expect((await place.requests()).length).toBe(before);
    expect((await place.mails())[0]).toMatchObject({ verdict: 'WAITING' });
    await place.db
      .sql`update incoming_mails set due_at = now() - interval '1 second' where due_at is not null`;
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'ACCEPTED' });
    expect((await place.requests()).length).toBe(before + 1);
  });

  it('was only held up, and wakes after another has judged: still one request', async () => {
    const before = (await place.requests()).length;
    await place.send(another());
    let wake = (): void => {};
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let reached = (): void => {};
    const atCommit = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const heldUp = place.judge({
      leaseMs: 0,
      beforeCommit: () => {
        reached();
        return asleep;
      },
    });
    await atCommit;
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'ACCEPTED' });
    wake();
    await heldUp;
    expect((await place.requests()).length).toBe(before + 1);
    const [mail] = await place.mails();
    expect(mail).toMatchObject({ verdict: 'ACCEPTED', reason: null });
    const request = (await place.requests()).at(-1);
    expect(await readFile(join(place.directory, request?.uploadKey ?? ''), 'utf8')).toContain(
      '+919811000010',
    );
  });

  it('again and again over one mail gives it up in the end', async () => {
    await place.send(another());
    await place.db
      .sql`update incoming_mails set tries = 14, due_at = now() - interval '1 second' where due_at is not null`;
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'REFUSED', reason: 'MALFORMED' });
  });

  it('two at once judge each mail once', async () => {
    const before = (await place.requests()).length;
    for (let at = 0; at < 6; at++) await place.send(another());
    const taken = await Promise.all([place.judge(), place.judge(), place.judge()]);
    expect(taken.reduce((sum, count) => sum + count, 0)).toBe(6);
    expect((await place.requests()).length).toBe(before + 6);
  });

  it('two copies of one mail, judged at once, make one request', async () => {
    const before = (await place.requests()).length;
    const mail = { ...another(), messageId: '<copy@shop.test>' };
    await place.send(mail);
    await place.send(mail);
    await Promise.all([place.judge(), place.judge()]);
    expect((await place.requests()).length).toBe(before + 1);
    const reasons = (await place.mails()).slice(0, 2).map(({ reason }) => reason);
    expect(reasons.sort()).toEqual(['DUPLICATE', null]);
  });
});

describe('a mail that takes long', () => {
  const never = () => new Promise<never>(() => {});

  it('for its name servers is put off at its deadline, and the next one is judged', async () => {
    await place.send(another());
    await place.send({ ...another(), dkim: { ...place.shop.sign, keySelector: 'slow' } });
    const [slow, quick] = await place.mails();
    await place.db
      .sql`update incoming_mails set due_at = now() - interval '1 minute' where id = ${slow?.id ?? 0}`;
    const lookUp: typeof place.deps.lookUp = (name, type) =>
      name.startsWith('slow.') ? never() : place.deps.lookUp(name, type);
    expect(await place.judge({ lookUp, deadlineMs: 2_000 })).toBe(2);
    const [put, judged] = await place.mails();
    expect(put).toMatchObject({
      id: slow?.id,
      verdict: 'WAITING',
      detail: expect.stringContaining('name server'),
    });
    expect(judged).toMatchObject({ id: quick?.id, verdict: 'ACCEPTED' });
    await place.db.sql`update incoming_mails set due_at = now() where id = ${slow?.id ?? 0}`;
    // Not for ever: with its key it is judged.
    const named: typeof place.deps.lookUp = (name, type) =>
      place.deps.lookUp(name.replace(/^slow\./, 'k1.'), type);
    await place.judge({ lookUp: named });
    expect((await place.mails())[0]).toMatchObject({ id: slow?.id, verdict: 'ACCEPTED' });
  });

  it.each([
    ['does not answer', never],
    [
      'stops in the middle',
      async () => {
        const stream = new Readable({ read() {} });
        stream.push('From: ops@shop.test');
        return stream;
      },
    ],
  ])('because the service that keeps it %s is put off as well', async (what, fetchRemote) => {
    await place.take({
      receiver: 'ses',
      ref: what,
      recipients: [place.address],
      mailFrom: 'ops@shop.test',
      helo: null,
      clientAddress: null,
      spfResult: 'pass',
      content: { kind: 'REMOTE', bucket: 'b', key: 'k' },
    });
    expect(await place.judge({ fetchRemote, deadlineMs: 200 })).toBe(1);
    const [mail] = await place.mails();
    expect(mail).toMatchObject({
      verdict: 'WAITING',
      detail: 'it could not be judged yet; it is tried again',
    });
    await place.db.sql`delete from incoming_mails where id = ${mail?.id ?? 0}`;
  });
});

describe('accounts take turns', () => {
  it('so one with many older mails holds up no other', async () => {
    const others = [await testAccount(place.db), await testAccount(place.db)];
    await place.db.sql`
      insert into incoming_mails (account_id, receiver, receiver_ref, due_at)
      select ${place.accountId}, 'ses', 'turn' || n, now() - interval '1 hour' from generate_series(1, 30) n`;
    for (const accountId of others) {
      await place.db.sql`
        insert into incoming_mails (account_id, receiver, receiver_ref, due_at)
        select ${accountId}, 'ses', 'turn' || n, now() - interval '1 second' from generate_series(1, 2) n`;
    }
    expect(await place.judge()).toBe(20);
    for (const accountId of others) {
      expect((await place.mails(accountId)).map(({ verdict }) => verdict)).toEqual(['REFUSED', 'REFUSED']);
    }
    expect(await place.judge()).toBe(14);
    await place.db.sql`delete from incoming_mails where receiver_ref like 'turn%'`;
  });
});

describe('what is written down', () => {
  it('has no address, subject or file name in the logs and the audit', async () => {
    const said: string[] = [];
    const note = (detail: unknown, message: string) => said.push(JSON.stringify(detail), message);
    await place.send(another());
    await place.judge({ log: { info: note, warn: note } as unknown as typeof place.log });
    const audit = await place.db.sql`select * from audit_log where account_id = ${place.accountId}`;
    const all = said.join(' ') + JSON.stringify(audit);
    expect(said.join(' ')).toContain('a mail was accepted');
    expect(all).toContain('incoming-mail.accept');
    expect(all).not.toMatch(/shop\.test|people\.csv|lists\+|survey/);
  });
});

describe('answers', () => {
  it('go to the sender once, as an automatic reply to that very mail', async () => {
    await place.db.sql`update incoming_mail_answers set due_at = null`;
    const mail = await place.judged({ ...another(), messageId: '<asked@shop.test>' });
    const box = mailbox();
    const deps = { db: place.db, email: box, mailFrom: 'Clarion <clarion@clarion.test>', log: place.log };
    expect(await answerMails(deps)).toBe(1);
    expect(await answerMails(deps)).toBe(0);
    const [message] = box.messages;
    expect(message).toMatchObject({ to: ['ops@shop.test'], inReplyTo: '<asked@shop.test>' });
    expect(message?.text).toContain(`${mail.files[0]?.requestId}  people.csv`);
    if (!message) throw new Error('no answer');
    const raw = (await buildMail(message)).raw.toString();
    expect(raw).toMatch(/^Auto-Submitted: auto-replied\r$/m);
    expect(raw).toMatch(/^In-Reply-To: <asked@shop.test>\r$/m);
  });

  it('say the reason, and what to do', async () => {
    await place.judged({ ...another(), subject: 'nope' });
    const box = mailbox();
    await answerMails({ db: place.db, email: box, mailFrom: 'clarion@clarion.test', log: place.log });
    expect(box.messages[0]?.subject).toBe('Not accepted (NO_FLOW): nope');
    expect(box.messages[0]?.text).toContain(
      'there is no flow "nope". Write the name of the flow as the subject',
    );
  });

  it('wait while no mail can go out, and never go to whoever has left the whitelist', async () => {
    await place.judged(another());
    const away = mailbox(async () => {
      throw new EmailUnavailable('refused');
    });
    const deps = { db: place.db, mailFrom: 'clarion@clarion.test', log: place.log };
    await answerMails({ ...deps, email: away });
    expect((await place.answers()).at(-1)).toMatchObject({ state: 'WAITING', sends: 0 });
    await place.db.sql`delete from whitelist_emails where email = 'ops@shop.test'`;
    await place.db
      .sql`update incoming_mail_answers set due_at = now() - interval '1 second' where state = 'WAITING'`;
    const box = mailbox();
    await answerMails({ ...deps, email: box });
    expect(box.messages).toEqual([]);
    expect((await place.answers()).at(-1)).toMatchObject({ state: 'FAILED' });
    await place.db
      .sql`insert into whitelist_emails (account_id, email) values (${place.accountId}, 'ops@shop.test')`;
  });

  it('that say no are at most twenty a day to one sender', async () => {
    await place.db.sql`delete from incoming_mail_answers`;
    for (let at = 0; at < 22; at++) await place.judged({ ...another(), subject: 'nope' });
    expect((await place.answers()).length).toBe(20);
  });

  it('to one of our own answers are none: it makes no request either', async () => {
    const before = (await place.requests()).length;
    const { raw } = await buildMail({
      reference: 'status/1/x',
      from: 'ops@shop.test',
      to: [place.address],
      subject: 'survey',
      text: 'The request is completed.',
      attachments: [
        {
          fileName: 'request-1.csv',
          contentType: 'text/csv',
          content: Buffer.from('number\n+919811000010\n'),
        },
      ],
    });
    const mail = await place.judged({
      raw,
      dkim: undefined,
      envelope: { from: 'ops@shop.test', to: place.address },
    });
    expect(mail.reason).toBe('AUTOMATIC');
    expect((await place.requests()).length).toBe(before);
  });
});

describe('old mails', () => {
  it('lose their raw form some days after the verdict, and keep their row', async () => {
    await place.send(another());
    const now = new Date();
    const later = new Date(now.getTime() + 15 * 86_400_000);
    const files = async () =>
      (await readdir(place.directory, { recursive: true })).filter((name) => name.endsWith('.eml')).length;
    expect(await purgeMails({ ...place.deps, keepDays: 14, now: () => now })).toBe(0);
    await purgeMails({ ...place.deps, keepDays: 14, now: () => later });
    // The one without a verdict is needed still.
    expect(await files()).toBe(1);
    const mails = await place.mails();
    expect(mails.filter(({ kept }) => kept)).toEqual([expect.objectContaining({ verdict: 'WAITING' })]);
    expect(mails.length).toBeGreaterThan(20);
  });
});

describe('what crashes leave in storage', () => {
  it('goes after two days, and nothing goes that a row or a request needs', async () => {
    const accepted = await place.judged(another());
    const refused = await place.judged({ ...another(), subject: 'nope' });
    await place.send(another());
    const waiting = (await place.mails())[0]?.id;
    const put = (key: string) => place.storage.write(key, Readable.from(['number\n+919811000010\n']), 100);
    const day = new Date().toISOString().slice(0, 10);
    const left = [
      `mails/${day}/0b1c.eml`,
      `mails/${day}/0b1d.eml.00ff00ff00ff.part`,
      `uploads/${day}/mail-${refused.id}-1.csv`,
    ];
    const needed = [`uploads/${day}/mail-${waiting}-1.csv`, `uploads/${day}/somebodys.csv`];
    for (const key of [...left, ...needed]) await put(key);
    const stored = async (): Promise<string[]> => {
      const keys: string[] = [];
      for (const folder of ['mails', 'uploads']) {
        for await (const key of place.storage.list(folder)) keys.push(key);
      }
      return keys.sort();
    };
    const before = await stored();
    expect(before).toEqual(
      expect.arrayContaining([...left, ...needed, `uploads/${day}/mail-${accepted.id}-1.csv`]),
    );
    expect(await sweepMails({ ...place.deps, now: () => new Date() })).toBe(0);
    const later = () => new Date(Date.now() + 4 * 86_400_000);
    expect(await sweepMails({ ...place.deps, now: later })).toBe(left.length);
    expect(await stored()).toEqual(before.filter((key) => !left.includes(key)));
    expect(await sweepMails({ ...place.deps, now: later })).toBe(0);
  });

  it('is looked for where nothing was ever stored, and nothing is found', async () => {
    const found: string[] = [];
    for await (const key of place.storage.list('nowhere')) found.push(key);
    expect(found).toEqual([]);
  });
});
