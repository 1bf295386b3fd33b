/** Mail through SES: the contract on a real endpoint, and what happens when the endpoint misbehaves. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { buildMail, messageIdOf } from '../../../providers/email/mime.ts';
import { EmailUnavailable } from '../../../providers/email/provider.ts';
import { createSes } from '../../../providers/email/ses.ts';
import { emailProviderContract } from '../../contract/email-provider.ts';
import { sesInbox } from '../../support/ses-inbox.ts';

const inbox = await sesInbox();
emailProviderContract('SES', {
  makeProvider: async () => createSes({ region: 'us-east-1', endpoint: inbox.endpoint }),
  inbox: async (subject) =>
    (await inbox.mails())
      .filter((mail) => mail.subject === subject)
      .map((mail) => ({
        subject: mail.subject,
        from: mail.from,
        to: [...mail.destination.to, ...mail.destination.cc, ...mail.destination.bcc],
        text: mail.body.text ?? '',
        html: mail.body.html,
        attachments: mail.attachments.map((one) => ({
          fileName: one.filename ?? '',
          contentType: one.contentType ?? '',
          content: Buffer.from(one.content, 'base64'),
        })),
      })),
});

const mail = { reference: 'status/7', from: 'c@example.com', to: ['a@example.com'], subject: 's', text: 't' };

describe('an SES that misbehaves', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });

  /** An endpoint that gives these answers in turn, the last one for ever; `undefined` never answers. */
  async function endpoint(
    ...answers: ({ status: number; code: string } | undefined)[]
  ): Promise<{ url: string; requests: () => number }> {
    let requests = 0;
    server = createServer((request, response) => {
      const answer = answers[Math.min(requests, answers.length - 1)];
      requests += 1;
      request.resume();
      if (answer === undefined) return;
      const ok = answer.status === 200;
      const body = ok
        ? '<SendRawEmailResponse><SendRawEmailResult><MessageId>m-1</MessageId></SendRawEmailResult></SendRawEmailResponse>'
        : `<ErrorResponse><Error><Type>Sender</Type><Code>${answer.code}</Code><Message>no</Message></Error></ErrorResponse>`;
      response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(body);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server?.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, requests: () => requests };
  }
  const sesAt = (url: string, timeoutMs?: number) =>
    createSes({ region: 'us-east-1', endpoint: url, timeoutMs });

  it('an answer that never comes is an error after the deadline, and the mail is not sent again', async () => {
    const at = await endpoint(undefined);
    const sent = sesAt(at.url, 300).send(mail);
    await expect(sent).rejects.toThrow();
    await expect(sent).rejects.not.toBeInstanceOf(EmailUnavailable);
    expect(at.requests()).toBe(1);
  });

  it('a server error is unknown: an error, and the mail is not sent again', async () => {
    const at = await endpoint({ status: 500, code: 'InternalFailure' });
    await expect(sesAt(at.url).send(mail)).rejects.not.toBeInstanceOf(EmailUnavailable);
    expect(at.requests()).toBe(1);
  });

  it('a refused mail is REJECTED with the reason of SES', async () => {
    const at = await endpoint({ status: 400, code: 'MessageRejected' });
    expect(await sesAt(at.url).send(mail)).toMatchObject({ outcome: 'REJECTED', cause: 'MessageRejected' });
  });

  it('a mail turned away because of the rate is offered again', async () => {
    const at = await endpoint({ status: 400, code: 'Throttling' }, { status: 200, code: '' });
    expect(await sesAt(at.url).send(mail)).toMatchObject({ outcome: 'SENT', providerRef: 'm-1' });
    expect(at.requests()).toBe(2);
  });

  it('nobody listening means that the mail certainly did not go out', async () => {
    const at = await endpoint(undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(sesAt(at.url).send(mail)).rejects.toBeInstanceOf(EmailUnavailable);
  });

  it('more recipients than SES takes are refused before asking it', async () => {
    const to = Array.from({ length: 51 }, (_, n) => `n${n}@example.com`);
    const ses = sesAt('http://127.0.0.1:1');
    expect(await ses.send({ ...mail, to })).toMatchObject({ outcome: 'REJECTED' });
  });
});

describe('the MIME message', () => {
  it('has an id that comes from the reference alone, so two copies of a mail can be told', async () => {
    const first = await buildMail(mail);
    expect(first.messageId).toBe((await buildMail({ ...mail, text: 'again' })).messageId);
    expect(first.messageId).not.toBe(messageIdOf('status/8', 'c@example.com'));
    expect(first.raw.toString()).toContain(`Message-ID: ${first.messageId}`);
    expect(first.raw.toString()).toContain('X-Clarion-Reference: status/7');
  });
});
