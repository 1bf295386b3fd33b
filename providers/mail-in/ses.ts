/**
 * Takes mail by Amazon SES: a receipt rule puts each mail into an S3 bucket, or into a notification where it is
 * small, and SNS posts the notification to the API. A notification is believed when it is signed by SNS *and* of our
 * topic: anybody with an AWS account can have SNS sign something. SES has checked SPF, which needs the address of the
 * client that only it has seen; DKIM and alignment are checked here like those of any mail.
 */
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { isOurs } from '../../domain/mail-in.ts';
import type { Logger } from '../../log.ts';
import type { TakeMail } from './receiver.ts';

/** Checks signatures of SNS. The package is CommonJS without types; this is the part of it that is used. */
interface Validator {
  validate(message: Record<string, unknown>, done: (error: Error | null) => void): void;
}
const MessageValidator = createRequire(import.meta.url)('sns-validator') as new (host: RegExp) => Validator;

/** SNS gives us 15 seconds, and the certificate is fetched within them, once. */
const CERTIFICATE_TIMEOUT_MS = 5_000;
const CONFIRM_TIMEOUT_MS = 10_000;
const S3_CONNECT_MS = 5_000;
const S3_SILENCE_MS = 30_000;
/** Hosts of SNS, in every region and in China. */
const SNS_HOST = /^sns\.[a-z0-9-]{3,32}\.amazonaws\.com(\.cn)?$/;
/** Where SNS keeps its certificates. A path of any other shape would have us fetch, and remember, what others choose. */
const CERTIFICATE_PATH = /^\/SimpleNotificationService-[0-9a-f]{8,64}\.pem$/;

const envelope = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  TopicArn: z.string().max(300),
  Message: z.string(),
  SigningCertURL: z.string().max(500),
  SubscribeURL: z.string().max(2000).optional(),
});

const verdict = z.object({ status: z.string().max(40) });

/** What SES tells of a mail, as far as it is used. */
const notification = z.object({
  notificationType: z.literal('Received'),
  receipt: z.object({
    recipients: z.array(z.string().max(320)).max(500),
    spfVerdict: verdict,
    action: z.discriminatedUnion('type', [
      z.object({ type: z.literal('S3'), bucketName: z.string(), objectKey: z.string().max(1024) }),
      z.object({ type: z.literal('SNS'), encoding: z.string().optional() }),
    ]),
  }),
  mail: z.object({ messageId: z.string().min(1).max(200), source: z.string().max(320) }),
  content: z.string().optional(),
});

export interface SesReceiverOptions {
  topicArn: string;
  /** Mails lie in this bucket and in no other; absent: they come in the notification. */
  bucket?: string | undefined;
  domain: string;
  take: TakeMail;
  log: Pick<Logger, 'info' | 'warn'>;
  /** For tests: a host that stands in for SNS. */
  snsHost?: RegExp;
}

/** `TAKEN`: say 200. `FORGED`: say 403, and nothing happened. Anything thrown: say 503, and SNS comes again. */
export type SesReceiver = (body: string) => Promise<'TAKEN' | 'FORGED'>;

export function createSesReceiver(options: SesReceiverOptions): SesReceiver {
  const { log, snsHost = SNS_HOST } = options;
  const validator = new MessageValidator(snsHost);
  return async (body) => {
    const told = parse(body);
    const parsed = envelope.safeParse(told);
    if (!parsed.success || parsed.data.TopicArn !== options.topicArn) return 'FORGED';
    const { Type, Message, SigningCertURL, SubscribeURL } = parsed.data;
    if (!isOf(SigningCertURL, snsHost, CERTIFICATE_PATH) || !(await isSigned(validator, told)))
      return 'FORGED';
    if (Type === 'SubscriptionConfirmation') {
      if (SubscribeURL === undefined || !isOf(SubscribeURL, snsHost, /^\/$/)) return 'FORGED';
      const reply = await fetch(SubscribeURL, {
        redirect: 'error',
        signal: AbortSignal.timeout(CONFIRM_TIMEOUT_MS),
      });
      log.info({ status: reply.status }, 'the subscription to the topic of incoming mail was confirmed');
      if (!reply.ok) throw new Error(`SNS answered ${reply.status} to the confirmation`);
    } else if (Type === 'Notification') await notified(options, Message);
    return 'TAKEN';
  };
}

/** What SES tells of that is no mail for us, a test of the rule for example, is taken and left. */
async function notified(options: SesReceiverOptions, message: string): Promise<void> {
  const parsed = notification.safeParse(parse(message));
  if (!parsed.success) {
    options.log.info({}, 'a notification that tells of no mail was left');
    return;
  }
  const { receipt, mail, content } = parsed.data;
  const { action } = receipt;
  const common = {
    receiver: 'ses' as const,
    ref: mail.messageId,
    recipients: receipt.recipients.filter((recipient) => isOurs(recipient, options.domain)),
    mailFrom: mail.source.replace(/^<|>$/g, '') || null,
    helo: null,
    clientAddress: null,
    // SES says PASS, FAIL, GRAY and PROCESSING_FAILED; only the first is trusted.
    spfResult: receipt.spfVerdict.status.toLowerCase(),
  };
  if (action.type === 'S3') {
    if (action.bucketName !== options.bucket) {
      options.log.warn({}, 'a notification of another bucket than CLARION_MAIL_IN_S3_BUCKET was left');
      return;
    }
    await options.take({
      ...common,
      content: { kind: 'REMOTE', bucket: action.bucketName, key: action.objectKey },
    });
  } else if (content !== undefined) {
    const raw = Buffer.from(content, action.encoding?.toUpperCase() === 'BASE64' ? 'base64' : 'utf8');
    await options.take({
      ...common,
      content: { kind: 'STREAM', stream: Readable.from([raw]), tooLarge: () => false },
    });
  }
}

/** @returns undefined for what is no JSON */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a URL is `https`, of that host and of that path, with nothing else to it that programs may read differently. */
function isOf(text: string, host: RegExp, path: RegExp): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    url.protocol === 'https:' &&
    host.test(url.host) &&
    path.test(url.pathname) &&
    url.username === '' &&
    url.password === '' &&
    text.startsWith(`https://${url.host}/`)
  );
}

async function isSigned(validator: Validator, told: unknown): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      new Promise<boolean>((resolve) => {
        validator.validate(told as Record<string, unknown>, (error) => resolve(!error));
      }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error('the certificate of SNS did not come')),
          CERTIFICATE_TIMEOUT_MS,
        );
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Mails that SES keeps in S3. @param endpoint an S3 other than AWS's own */
export function createS3Fetch(options: { region: string; endpoint?: string | undefined }): {
  fetch(remote: { bucket: string; key: string }): Promise<Readable>;
  close(): void;
} {
  const { region, endpoint } = options;
  const client = new S3Client({
    region,
    requestHandler: { connectionTimeout: S3_CONNECT_MS, requestTimeout: S3_SILENCE_MS },
    ...(endpoint && { endpoint, forcePathStyle: true }),
  });
  return {
    async fetch({ bucket, key }) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      if (!(Body instanceof Readable)) throw new Error('S3 answered without content');
      return Body;
    },
    close: () => client.destroy(),
  };
}
