import { execFileSync } from 'node:child_process';
import { createSign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, globalAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import nodemailer from 'nodemailer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSesReceiver } from '../../providers/mail-in/ses.ts';
import { testApi } from '../api/support.ts';
import { testFlow } from '../support/campaign.ts';
import { csv, DOMAIN, mailPlace } from '../support/mail-in.ts';
import { scratchDir } from '../support/scratch-dir.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:lists';
const BUCKET = 'mails-of-ours';
const CERTIFICATE = '/SimpleNotificationService-0123456789abcdef.pem';

/** A host that stands in for SNS: its certificate is published there, and subscriptions are confirmed there. */
const dir = scratchDir();
const made = (name: string, cn: string): { key: string; cert: string } => {
  const [keyFile, certFile] = [join(dir, `${name}.key`), join(dir, `${name}.pem`)];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-subj', `/CN=${cn}`],
      ...['-addext', `subjectAltName=DNS:${cn}`, '-keyout', keyFile, '-out', certFile],
    ],
    { stdio: 'ignore' },
  );
  return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(certFile, 'utf8') };
};
const host = made('host', 'localhost');
const sns = made('sns', 'sns.amazonaws.com');
const asked: string[] = [];
const server = createServer({ key: host.key, cert: host.cert }, (request, reply) => {
  asked.push(request.url ?? '');
  if (request.url === CERTIFICATE) reply.end(sns.cert);
  else reply.writeHead(404).end();
}).listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));
const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
const trusted = globalAgent.options.ca;
globalAgent.options.ca = host.cert;
afterAll(() => {
  globalAgent.options.ca = trusted;
  server.close();
});

/** What lies in the bucket. */
const bucket = new Map<string, Buffer>();
const place = await mailPlace({
  fetchRemote: async ({ bucket: name, key }) => {
    const found = name === BUCKET ? bucket.get(key) : undefined;
    if (!found) throw new Error('NoSuchKey');
    return Readable.from([found]);
  },
});
const receive = createSesReceiver({
  topicArn: TOPIC,
  bucket: BUCKET,
  domain: DOMAIN,
  take: place.take,
  log: place.log,
  snsHost: /^localhost:\d+$/,
});
const api = await testApi({ mailIn: { domain: DOMAIN, takeNotification: receive } });
const post = async (body: string) =>
  (await api.app.request('/hooks/ses-mail', { method: 'POST', body })).status;

beforeAll(async () => {
  await testFlow(place.db, place.accountId);
});
beforeEach(() => {
  asked.length = 0;
});

/** An envelope signed as SNS signs: each field's name and value on lines of their own, in order of the names. */
function signed(over: Record<string, string> = {}, key = sns.key): string {
  const envelope: Record<string, string> = {
    Type: 'Notification',
    MessageId: 'b6c7c5e0-0000-5000-8000-000000000000',
    TopicArn: TOPIC,
    Message: '{}',
    Timestamp: '2026-03-01T10:00:00.000Z',
    SignatureVersion: '2',
    SigningCertURL: `${origin}${CERTIFICATE}`,
    ...over,
  };
  const fields =
    envelope.Type === 'SubscriptionConfirmation'
      ? ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'Timestamp', 'TopicArn', 'Type'];
  const text = fields.map((name) => `${name}\n${envelope[name]}\n`).join('');
  const Signature = createSign('RSA-SHA256').update(text).sign(key, 'base64');
  return JSON.stringify({ ...envelope, Signature });
}

let count = 0;
async function mail(dkim = true): Promise<Buffer> {
  const transport = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'crlf' });
  const { message } = await transport.sendMail({
    from: 'ops@shop.test',
    to: place.address,
    subject: 'survey',
    date: new Date(Date.UTC(2026, 0, ++count)),
    attachments: [csv('people.csv')],
    ...(dkim && { dkim: place.shop.sign }),
  });
  return message as Buffer;
}

function told(over: {
  action: object;
  content?: string;
  spf?: string;
  source?: string;
  messageId?: string;
}): string {
  return JSON.stringify({
    notificationType: 'Received',
    receipt: {
      recipients: [place.address],
      spfVerdict: { status: over.spf ?? 'PASS' },
      dkimVerdict: { status: 'PASS' },
      action: over.action,
    },
    mail: { messageId: over.messageId ?? `ses-${++count}`, source: over.source ?? 'bounces@amazonses.test' },
    ...(over.content !== undefined && { content: over.content }),
  });
}

describe('a notification that SNS signed and our topic sent', () => {
  it('brings the mail itself, in base64, and a list becomes a request', async () => {
    const content = (await mail()).toString('base64');
    const Message = told({ action: { type: 'SNS', encoding: 'BASE64' }, content });
    expect(await post(signed({ Message }))).toBe(204);
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({
      receiver: 'ses',
      verdict: 'ACCEPTED',
      sender: 'ops@shop.test',
    });
  });

  it('or says where it lies, and it is fetched before it is judged', async () => {
    bucket.set('in/abc', await mail());
    const Message = told({ action: { type: 'S3', bucketName: BUCKET, objectKey: 'in/abc' } });
    expect(await post(signed({ Message }))).toBe(204);
    expect((await place.mails())[0]).toMatchObject({ verdict: 'WAITING', kept: false });
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'ACCEPTED', kept: true });
  });

  it('is written down once, however often SNS tells of it', async () => {
    const before = (await place.mails()).length;
    const content = (await mail()).toString();
    const Message = told({ action: { type: 'SNS' }, content, messageId: 'again' });
    for (let at = 0; at < 3; at++) expect(await post(signed({ Message }))).toBe(204);
    expect((await place.mails()).length).toBe(before + 1);
  });

  it('counts SPF as SES found it, for the domain of the envelope alone', async () => {
    const action = { type: 'SNS' };
    const send = async (spf: string, source: string) => {
      const Message = told({ action, content: (await mail(false)).toString(), spf, source });
      expect(await post(signed({ Message }))).toBe(204);
      await place.judge();
      return (await place.mails())[0]?.verdict;
    };
    expect(await send('PASS', 'bounces@shop.test')).toBe('ACCEPTED');
    expect(await send('PASS', 'me@evil.test')).toBe('REFUSED');
    expect(await send('FAIL', 'bounces@shop.test')).toBe('REFUSED');
    expect(await send('GRAY', 'bounces@shop.test')).toBe('REFUSED');
  });

  it('of a mail that is not there yet is judged when it is', async () => {
    const Message = told({ action: { type: 'S3', bucketName: BUCKET, objectKey: 'in/late' } });
    await post(signed({ Message }));
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'WAITING' });
    bucket.set('in/late', await mail());
    await place.db
      .sql`update incoming_mails set due_at = now() - interval '1 second' where due_at is not null`;
    await place.judge();
    expect((await place.mails())[0]).toMatchObject({ verdict: 'ACCEPTED' });
  });

  it('of another bucket, or of no mail, is taken and left', async () => {
    const before = (await place.mails()).length;
    const elsewhere = told({ action: { type: 'S3', bucketName: 'of-others', objectKey: 'x' } });
    for (const Message of [elsewhere, 'Successfully validated SNS topic', '{"notificationType":"Bounce"}']) {
      expect(await post(signed({ Message }))).toBe(204);
    }
    expect((await place.mails()).length).toBe(before);
  });

  it('gets 503 when it cannot be written down, so that SNS comes again', async () => {
    const broken = createSesReceiver({
      ...{ topicArn: TOPIC, domain: DOMAIN, log: place.log, snsHost: /^localhost:\d+$/ },
      take: async () => {
        throw new Error('the database is away');
      },
    });
    const other = await testApi({ mailIn: { domain: DOMAIN, takeNotification: broken } });
    const body = signed({ Message: told({ action: { type: 'SNS' }, content: 'x' }) });
    expect((await other.app.request('/hooks/ses-mail', { method: 'POST', body })).status).toBe(503);
  });
});

describe('a forged notification is answered 403, and does nothing', () => {
  const content = { action: { type: 'SNS' }, content: 'From: ops@shop.test\r\n\r\nx' };

  it.each([
    ['signed by another key', () => signed({ Message: told(content) }, host.key)],
    ['changed after it was signed', () => signed({ Message: told(content) }).replace('ops@', 'oops@')],
    [
      'of another topic, as anybody can have signed',
      () => signed({ Message: told(content), TopicArn: `${TOPIC}-mine` }),
    ],
    ['without a signature', () => JSON.stringify({ ...JSON.parse(signed()), Signature: '' })],
    ['of a certificate of another path', () => signed({ SigningCertURL: `${origin}/evil.pem` })],
    ['of a certificate with a query', () => signed({ SigningCertURL: `${origin}${CERTIFICATE}?x=1.pem` })],
    [
      'of a certificate by plain HTTP',
      () => signed({ SigningCertURL: `${origin}${CERTIFICATE}`.replace('https', 'http') }),
    ],
    ['of no JSON', () => 'x'],
    ['of nothing', () => ''],
  ])('%s', async (_what, body) => {
    const before = (await place.mails()).length;
    expect(await post(body())).toBe(403);
    expect((await place.mails()).length).toBe(before);
  });

  it.each([
    'https://evil.test/SimpleNotificationService-0123456789abcdef.pem',
    'https://sns.us-east-1.amazonaws.com.evil.test/SimpleNotificationService-0123456789abcdef.pem',
    'https://sns.us-east-1.amazonaws.com@evil.test/SimpleNotificationService-0123456789abcdef.pem',
    'https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-0123456789abcdef.pem',
    'https://evil.test\\@sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
    'http://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem',
    'https://sns.us-east-1.amazonaws.com/../SimpleNotificationService-0123456789abcdef.txt',
  ])('and nothing is fetched from %s', async (SigningCertURL) => {
    const real = createSesReceiver({ topicArn: TOPIC, domain: DOMAIN, take: place.take, log: place.log });
    expect(await real(signed({ SigningCertURL }))).toBe('FORGED');
    expect(asked).toEqual([]);
  });

  it('and a confirmation that leads elsewhere is not followed', async () => {
    const body = signed({
      Type: 'SubscriptionConfirmation',
      Token: 't',
      SubscribeURL: 'https://evil.test/?Action=ConfirmSubscription',
    });
    expect(await post(body)).toBe(403);
  });

  it('and one of more than a megabyte is not read', async () => {
    expect(await post('x'.repeat(1024 * 1024 + 1))).toBe(413);
  });
});

describe('without a topic', () => {
  it('there is no door', async () => {
    const closed = await testApi({ mailIn: { domain: DOMAIN } });
    expect((await closed.app.request('/hooks/ses-mail', { method: 'POST', body: signed() })).status).toBe(
      404,
    );
  });
});
