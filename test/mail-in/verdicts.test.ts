import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { dkimSign } from 'mailauth';
import nodemailer from 'nodemailer';
import type { Options } from 'nodemailer/lib/mailer';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawMailInAddress } from '../../db/queries/mail-in-addresses.ts';
import { addWhitelistEmail } from '../../db/queries/whitelist-emails.ts';
import { LIST_LIMITS } from '../../domain/list/limits.ts';
import { isAlignedFor } from '../../providers/mail-in/authenticate.ts';
import { createLookUp } from '../../providers/mail-in/dns.ts';
import { zipOf } from '../ingest/zip.ts';
import { testFlow } from '../support/campaign.ts';
import { csv, dkimKey, mailPlace, refuseOutside } from '../support/mail-in.ts';

const evil = dkimKey('evil.test');
const sub = dkimKey('mail.shop.test');
const place = await mailPlace({
  names: {
    ...evil.names,
    ...sub.names,
    'evil.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
    'bounces.other.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
    'post.shop.test': { TXT: ['v=spf1 ip4:127.0.0.1 -all'] },
  },
});
beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});

const list = { attachments: [csv('people.csv')] };

describe('a list mailed by a whitelisted sender', () => {
  it('becomes a request of the flow its subject names, with the sender as status address', async () => {
    const mail = await place.judged(list);
    expect(mail).toMatchObject({
      verdict: 'ACCEPTED',
      reason: null,
      sender: 'ops@shop.test',
      subject: 'survey',
      files: [{ name: 'people.csv', requestId: expect.any(Number) }],
    });
    expect(mail.authentication?.dkim).toEqual([{ domain: 'shop.test', result: 'pass', aligned: true }]);
    const request = (await place.requests()).at(-1);
    expect(request).toMatchObject({
      id: mail.files[0]?.requestId,
      source: 'email',
      status: 'RECEIVED',
      fileName: 'people.csv',
      emails: ['ops@shop.test'],
      createdBy: `mail:${mail.id}`,
    });
    const stored = readFileSync(join(place.directory, request?.uploadKey ?? ''), 'utf8');
    expect(stored).toBe('number,name\n+919811000010,Asha\n');
    expect((await place.answers()).at(-1)).toMatchObject({ mailId: mail.id, to: 'SENDER', state: 'WAITING' });
  });

  it('is started when its subject says so, in the zone of the account', async () => {
    await place.judged({ ...list, subject: 'flow: survey; start: 2099-12-01 10:00' });
    expect((await place.requests()).at(-1)?.startAt?.toISOString()).toBe('2099-12-01T04:30:00.000Z');
  });
});

describe('a mail is refused, makes no request and gets no answer', () => {
  const silent = async (mail: Parameters<typeof place.judged>[0]) => {
    const before = (await place.requests()).length;
    const answered = (await place.answers()).length;
    const judged = await place.judged(mail);
    expect(judged.verdict).toBe('REFUSED');
    expect((await place.requests()).length).toBe(before);
    expect((await place.answers()).length).toBe(answered);
    return judged;
  };

  it('when it is not signed and SPF knows nothing of its sender', async () => {
    const mail = await silent({ ...list, dkim: undefined });
    expect(mail).toMatchObject({ reason: 'SPF_DKIM_FAILED', sender: 'ops@shop.test' });
    expect(mail.detail).toBe('SPF none for shop.test; no DKIM signature');
  });

  it('when another domain signed it, and SPF passes for that domain alone', async () => {
    const mail = await silent({
      ...list,
      dkim: evil.sign,
      envelope: { from: 'me@evil.test', to: place.address },
    });
    expect(mail.reason).toBe('SPF_DKIM_FAILED');
    expect(mail.authentication).toMatchObject({
      spf: { result: 'pass', domain: 'evil.test', aligned: false },
      dkim: [{ domain: 'evil.test', result: 'pass', aligned: false }],
    });
  });

  it('when its sender is proven and not whitelisted', async () => {
    const mail = await silent({ ...list, from: 'Stranger <who@shop.test>' });
    expect(mail.reason).toBe('NOT_WHITELISTED');
  });

  it('when its sender is blacklisted, whitelisted or not', async () => {
    await addWhitelistEmail(place.db, { accountId: place.accountId, email: 'left@shop.test' });
    await place.db.sql`
      insert into blacklist_emails (account_id, email) values (${place.accountId}, 'left@shop.test')`;
    expect((await silent({ ...list, from: 'left@shop.test' })).reason).toBe('BLACKLISTED');
  });

  it('when its signature does not cover the subject, which anybody could then have written', async () => {
    const headers = 'from:to:date:message-id';
    const mail = await silent({ ...list, dkim: { ...place.shop.sign, headerFieldNames: headers } });
    expect(mail.authentication?.dkim[0]).toMatchObject({ result: 'pass', why: 'it does not cover subject' });
  });

  it('when its signature covers a part of the body, to which anybody could have attached a list', async () => {
    const raw = await signed(await built(list), { maxBodyLength: 20 });
    const mail = await silent({ raw, dkim: undefined, ...enveloped() });
    expect(mail.authentication?.dkim[0]).toMatchObject({
      result: 'pass',
      aligned: true,
      why: 'it covers only a part of the body',
    });
  });

  it('when its body was changed after it was signed', async () => {
    const raw = await built({ ...list, dkim: place.shop.sign });
    // Base64 of "number,name" begins so; another letter makes another list.
    const forged = Buffer.from(raw.toString('latin1').replace('bnVtYmVy', 'bnVtYmVz'), 'latin1');
    expect(forged.equals(raw)).toBe(false);
    expect((await silent({ raw: forged, dkim: undefined, ...enveloped() })).reason).toBe('SPF_DKIM_FAILED');
  });

  it.each([
    [
      'two headers From',
      'From: ops@shop.test\r\nFrom: other@shop.test\r\nSubject: survey\r\nDate: now\r\n\r\nx',
    ],
    ['two subjects', 'From: ops@shop.test\r\nSubject: survey\r\nSubject: offer\r\nDate: now\r\n\r\nx'],
    ['two addresses in From', 'From: ops@shop.test, x@evil.test\r\nSubject: survey\r\nDate: now\r\n\r\nx'],
    ['no From', 'Subject: survey\r\nDate: now\r\n\r\nx'],
    ['no date', 'From: ops@shop.test\r\nSubject: survey\r\n\r\nx'],
    ['nothing', ''],
    ['noise', Buffer.from(Array.from({ length: 4000 }, (_, at) => (at * 7919) % 256)).toString('latin1')],
    ['eleven signatures', `${'DKIM-Signature: v=1\r\n'.repeat(11)}From: ops@shop.test\r\nDate: now\r\n\r\nx`],
  ])('when it has %s', async (_what, raw) => {
    const mail = await silent({ raw: Buffer.from(raw, 'latin1'), dkim: undefined, ...enveloped() });
    expect(mail.reason).toBe('MALFORMED');
  });

  it('when it has more parts than any mail, nested or side by side', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? 'Content-Type: text/plain\r\n\r\nx\r\n'
        : `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n${nested(depth - 1)}\r\n--b${depth}--\r\n`;
    const head =
      'From: ops@shop.test\r\nTo: x@lists.test\r\nSubject: survey\r\nDate: Mon, 1 Jan 2024 00:00:00 +0000\r\nMessage-ID: <n@shop.test>\r\nMIME-Version: 1.0\r\n';
    const many = `Content-Type: multipart/mixed; boundary="m"\r\n\r\n${'--m\r\nContent-Type: text/csv\r\n\r\nnumber\r\n'.repeat(300)}--m--\r\n`;
    for (const body of [nested(300), many]) {
      const raw = await signed(Buffer.from(head + body));
      const mail = await silent({ raw, dkim: undefined, ...enveloped() });
      expect(mail).toMatchObject({ reason: 'MALFORMED', detail: expect.stringContaining('nodes') });
    }
  });

  it.each([
    ['Auto-Submitted', 'auto-replied'],
    ['Auto-Submitted', 'auto-generated'],
    ['Precedence', 'bulk'],
    ['List-Id', '<people.shop.test>'],
    ['X-Clarion-Reference', 'status/12/abc'],
  ])('when a program sent it by itself: %s: %s', async (key, value) => {
    expect((await silent({ ...list, headers: { [key]: value } })).reason).toBe('AUTOMATIC');
  });

  it('when it is a bounce, without a sender on its envelope', async () => {
    expect((await silent({ ...list, envelope: { from: '', to: place.address } })).reason).toBe('AUTOMATIC');
  });

  it('when it repeats one that was accepted, under the same Message-ID or another', async () => {
    const mail = { ...list, date: new Date('2026-03-01T10:00:00Z'), messageId: '<once@shop.test>' };
    const first = await place.judged(mail);
    expect(first.verdict).toBe('ACCEPTED');
    expect(await silent(mail)).toMatchObject({
      reason: 'DUPLICATE',
      detail: `mail ${first.id} is the same, and made its requests`,
    });
    expect((await silent({ ...mail, messageId: '<twice@shop.test>' })).reason).toBe('DUPLICATE');
    // The same list a week later is another campaign.
    const later = { ...mail, messageId: '<thrice@shop.test>', date: new Date('2026-03-08T10:00:00Z') };
    expect((await place.judged(later)).verdict).toBe('ACCEPTED');
  });
});

describe('SPF', () => {
  it('is enough where the envelope is of the same organisation', async () => {
    const mail = await place.judged({
      ...list,
      dkim: undefined,
      envelope: { from: 'bounces@post.shop.test', to: place.address },
    });
    expect(mail).toMatchObject({ verdict: 'ACCEPTED' });
    expect(mail.authentication?.spf).toEqual({ result: 'pass', domain: 'post.shop.test', aligned: true });
  });

  it('does not stand in for another organisation that signs under the same public suffix', async () => {
    // `co.in` is nobody's: two shops below it have nothing to do with each other.
    const other = isAlignedFor('a.shop.co.in', 'b.shop.co.in');
    expect(other).toBe(true);
    expect(isAlignedFor('shop.co.in', 'bank.co.in')).toBe(false);
    expect(isAlignedFor('mine.github.io', 'yours.github.io')).toBe(false);
  });
});

describe('DMARC', () => {
  it('asks for the very domain where its owner says so', async () => {
    const strict = dkimKey('mail.strict.test');
    const names = {
      ...strict.names,
      '_dmarc.strict.test': { TXT: ['v=DMARC1; p=reject; adkim=s; aspf=s'] },
    };
    await addWhitelistEmail(place.db, { accountId: place.accountId, email: 'ops@strict.test' });
    await place.send({ ...list, from: 'ops@strict.test', dkim: strict.sign });
    await place.judge({ lookUp: createLookUp(names, refuseOutside) });
    const [mail] = await place.mails();
    expect(mail).toMatchObject({ reason: 'SPF_DKIM_FAILED' });
    expect(mail?.authentication).toMatchObject({
      dkim: [{ domain: 'mail.strict.test', result: 'pass', aligned: false }],
      dmarc: { result: 'fail', policy: 'reject' },
    });
  });

  it('of a subdomain is as good as the domain where its owner says nothing', async () => {
    const mail = await place.judged({ ...list, dkim: sub.sign });
    expect(mail).toMatchObject({ verdict: 'ACCEPTED' });
  });
});

describe('name servers that do not answer', () => {
  it('put the verdict off, and it falls when they answer', async () => {
    let down = true;
    const lookUp = async (name: string, type: string) => {
      if (down) throw Object.assign(new Error('no answer'), { code: 'ETIMEOUT' });
      return createLookUp(place.shop.names, refuseOutside)(name, type);
    };
    await place.send({ ...list, date: new Date('2026-04-01T10:00:00Z') });
    await place.judge({ lookUp });
    const [waiting] = await place.mails();
    expect(waiting).toMatchObject({ verdict: 'WAITING', detail: expect.stringContaining('name server') });
    expect(await place.judge({ lookUp })).toBe(0);
    down = false;
    await place.db
      .sql`update incoming_mails set due_at = now() - interval '1 second' where id = ${waiting?.id ?? 0}`;
    await place.judge({ lookUp });
    expect((await place.mails())[0]).toMatchObject({ id: waiting?.id, verdict: 'ACCEPTED', detail: null });
  });

  it('are asked for hours, and then the mail is refused', async () => {
    const lookUp = async () => {
      throw Object.assign(new Error('no answer'), { code: 'ETIMEOUT' });
    };
    await place.send(list);
    await place.db.sql`update incoming_mails set tries = 13 where due_at is not null`;
    await place.judge({ lookUp });
    expect((await place.mails())[0]).toMatchObject({ verdict: 'REFUSED', reason: 'SPF_DKIM_FAILED' });
  });
});

describe('a trusted sender is told why a mail made no request', () => {
  const told = async (mail: Parameters<typeof place.judged>[0]) => {
    const before = (await place.requests()).length;
    const judged = await place.judged(mail);
    expect((await place.requests()).length).toBe(before);
    expect((await place.answers()).filter(({ mailId }) => mailId === judged.id)).toContainEqual(
      expect.objectContaining({ to: 'SENDER', state: 'WAITING' }),
    );
    return judged;
  };

  it.each([
    ['surveys', 'NO_FLOW', 'there is no flow "surveys"'],
    ['', 'NO_FLOW', 'the subject is empty; write the name of the flow there'],
    ['survey; start: soon', 'BAD_SUBJECT', 'start: must be RFC 3339'],
    ['survey; end: 2001-01-01 10:00', 'BAD_SUBJECT', 'end: must be in the future'],
    ['survey; colour: red', 'BAD_SUBJECT', '"colour: red" is not understood'],
  ])('a subject "%s" gives %s', async (subject, reason, detail) => {
    const mail = await told({ ...list, subject });
    expect(mail).toMatchObject({ verdict: 'REFUSED', reason, detail: expect.stringContaining(detail) });
  });

  it('a flow that may not run is told to the holder, too', async () => {
    await testFlow(place.db, place.accountId, undefined, 'draft');
    await place.db.sql`update flows set published_version = null where name = 'draft'`;
    const mail = await told({ ...list, subject: 'draft' });
    expect(mail).toMatchObject({
      reason: 'FLOW_NOT_RUNNABLE',
      detail: expect.stringContaining('not published'),
    });
    const answers = (await place.answers()).filter(({ mailId }) => mailId === mail.id);
    expect(answers.map(({ to }) => to)).toEqual(['SENDER', 'HOLDER']);
  });

  it('a mail without a list is, and its other files are named', async () => {
    const mail = await told({ attachments: [{ filename: 'people.xlsx', content: 'PK' }] });
    expect(mail).toMatchObject({
      reason: 'NO_ATTACHMENT',
      detail: 'no csv or zip is attached, only people.xlsx',
      files: [{ name: 'people.xlsx', why: 'not csv or zip' }],
    });
  });

  it('more lists than one upload takes are', async () => {
    const attachments = Array.from({ length: 21 }, (_, at) => csv(`list-${at}.csv`));
    expect((await told({ attachments })).reason).toBe('TOO_MANY_FILES');
    expect(await storedUploads()).not.toContain(`mail-${(await place.mails())[0]?.id}-`);
  });
});

describe('each list of a mail', () => {
  it('is a request of its own; what is too large is rejected, and what is no list is left', async () => {
    const mail = await place.judged({
      attachments: [
        csv('good.csv'),
        csv('large.csv', Buffer.alloc(LIST_LIMITS.fileBytes + 1, 'number\n')),
        { filename: 'logo.png', content: Buffer.from('PNG'), cid: 'logo' },
        { filename: 'packed.zip', content: await zipOf({ 'a.csv': 'number\n+919811000010\n' }) },
        // Apple's mail program sends files inline.
        { ...csv('..\\secret/inline.csv'), contentDisposition: 'inline' as const },
      ],
    });
    expect(mail.verdict).toBe('ACCEPTED');
    expect(mail.files.map(({ name, requestId, why }) => [name, requestId !== undefined, why])).toEqual([
      ['good.csv', true, undefined],
      ['large.csv', true, undefined],
      ['logo.png', false, 'not csv or zip'],
      ['packed.zip', true, undefined],
      ['inline.csv', true, undefined],
    ]);
    const requests = (await place.requests()).slice(-4);
    expect(requests.map(({ fileName, status, rejection }) => [fileName, status, rejection])).toEqual([
      ['good.csv', 'RECEIVED', null],
      ['large.csv', 'REJECTED', 'FILE_TOO_LARGE'],
      ['packed.zip', 'RECEIVED', null],
      ['inline.csv', 'RECEIVED', null],
    ]);
    expect(requests.map(({ emails }) => emails)).toEqual(Array.from({ length: 4 }, () => ['ops@shop.test']));
  });
});

describe('the address of an account', () => {
  it('takes nothing any more once another was drawn', async () => {
    const before = (await place.mails()).length;
    const old = place.address;
    await drawMailInAddress(place.db, { accountId: place.accountId });
    await place.send({ ...list, to: old });
    await place.judge();
    expect((await place.mails()).length).toBe(before);
  });
});

/** A message as nodemailer makes it. */
async function built(mail: Options): Promise<Buffer> {
  const whole = { from: 'Ops <ops@shop.test>', to: place.address, subject: 'survey', ...mail };
  const { message } = await nodemailer
    .createTransport({ streamTransport: true, buffer: true, newline: 'crlf' })
    .sendMail(whole);
  return message as Buffer;
}

async function signed(raw: Buffer, over: { maxBodyLength?: number } = {}): Promise<Buffer> {
  const { domainName: signingDomain, keySelector: selector, privateKey } = place.shop.sign;
  const { signatures } = await dkimSign(raw, {
    ...{ signingDomain, selector, privateKey },
    signatureData: [{ signingDomain, selector, privateKey, ...over }],
  });
  return Buffer.concat([Buffer.from(signatures), raw]);
}

const enveloped = () => ({ envelope: { from: 'ops@shop.test', to: place.address } });

const storedUploads = async (): Promise<string> =>
  (await readdir(place.directory, { recursive: true })).filter((name) => name.includes('uploads')).join('\n');
