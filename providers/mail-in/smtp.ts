/**
 * Takes mail by SMTP. It relays nothing, offers no sign-in, and says 250 to every mail for our domain, wanted or
 * not: had it a different word for an unknown address, an unlisted sender or a forged one, anybody could find out
 * by trying. 250 is said once the mail is durable, and not before.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { isOurs, MAIL_IN_LIMITS } from '../../domain/mail-in.ts';
import type { Logger } from '../../log.ts';
import { NotNow, type TakeMail } from './receiver.ts';
import { createVisitors } from './visitors.ts';

/** At once, from everybody and from one network. */
const MAX_CONNECTIONS = 100;
const MAX_RECIPIENTS = 20;
/** RFC 5321, 4.5.3.2, asks servers for 5 minutes; a mail program that says nothing for one has gone. */
const SOCKET_TIMEOUT_MS = 60_000;
/** Connections in progress have this long when the receiver is closed. */
const CLOSE_TIMEOUT_MS = 5_000;
/** Certificates are replaced on disk every few weeks, by programs that tell nobody. */
const RELOAD_EVERY_MS = 3_600_000;

export interface SmtpReceiverOptions {
  host: string;
  /** 0: any free one. */
  port: number;
  /** Mail for this domain is taken, any other refused. */
  domain: string;
  take: TakeMail;
  log: Pick<Logger, 'info' | 'warn'>;
  /** PEM files; with them STARTTLS is offered. */
  tls?: { certFile: string; keyFile: string } | undefined;
  /** For tests; mails and connections of one network in a minute. */
  limits?: { mailsAMinute?: number; connectionsAtOnce?: number; mailBytes?: number } | undefined;
}

export interface SmtpReceiver {
  port: number;
  close(): Promise<void>;
}

type Callback = (error?: Error | null, message?: string) => void;

/** An answer other than 250, with its code. */
const answer = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

/** @throws what the system says when the port cannot be had or a PEM file not be read */
export async function createSmtpReceiver(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
  const { domain, log, tls } = options;
  const visitors = createVisitors(options.limits ?? {});
  const certificates = (): { cert?: Buffer; key?: Buffer } =>
    tls ? { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } : {};
  const server = new SMTPServer({
    ...certificates(),
    name: domain,
    banner: 'ready',
    rejectOversized: true,
    size: options.limits?.mailBytes ?? MAIL_IN_LIMITS.mailBytes,
    disabledCommands: tls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    logger: false,
    maxClients: MAX_CONNECTIONS,
    maxRecipients: MAX_RECIPIENTS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    closeTimeout: CLOSE_TIMEOUT_MS,
    onConnect: (session, done) => {
      done(
        visitors.enter(session.id, session.remoteAddress)
          ? undefined
          : answer(421, 'too many connections; try later'),
      );
    },
    onClose: (session) => visitors.leave(session.id),
    onRcptTo: ({ address }, _session, done) => {
      done(isOurs(address, domain) ? undefined : answer(550, '5.7.1 no mail is relayed here'));
    },
    onData: receive(options, visitors),
  });
  // A client that hangs up, or speaks no TLS where it said it would: theirs, not ours.
  server.on('error', (error) =>
    log.info({ code: (error as NodeJS.ErrnoException).code }, 'an SMTP connection broke'),
  );
  await listening(server, options);
  const reload = setInterval(() => {
    try {
      if (tls) server.updateSecureContext(certificates());
    } catch (error) {
      log.warn({ err: error }, 'the certificate could not be read again; the old one stays in use');
    }
  }, RELOAD_EVERY_MS);
  reload.unref();
  const { port } = server.server.address() as AddressInfo;
  log.info({ port, starttls: tls !== undefined }, 'mail is taken by SMTP');
  return {
    port,
    close: async () => {
      clearInterval(reload);
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listening(server: SMTPServer, { host, port }: SmtpReceiverOptions): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      server.server.off('error', reject);
      resolve();
    });
  });
}

function receive(
  options: SmtpReceiverOptions,
  visitors: ReturnType<typeof createVisitors>,
): NonNullable<SMTPServerOptions['onData']> {
  return (stream, session, done: Callback) => {
    const { mailFrom, rcptTo } = session.envelope;
    if (!visitors.mail(session.remoteAddress)) {
      stream.resume();
      return done(answer(451, '4.7.1 too many mails; try later'));
    }
    options
      .take({
        receiver: 'smtp',
        ref: randomUUID(),
        recipients: rcptTo.map(({ address }) => address),
        mailFrom: (mailFrom === false ? '' : mailFrom.address) || null,
        helo: session.hostNameAppearsAs || null,
        clientAddress: session.remoteAddress,
        spfResult: null,
        content: { kind: 'STREAM', stream, tooLarge: () => stream.sizeExceeded },
      })
      // What the server says of a mail over the limit, 552, it says by itself.
      .then(() => done(null, '2.0.0 taken'))
      .catch((error: unknown) => {
        stream.resume();
        if (!(error instanceof NotNow)) options.log.warn({ err: error }, 'a mail could not be written down');
        done(answer(451, '4.3.0 not now; try later'));
      });
  };
}
