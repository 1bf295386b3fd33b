/**
 * Mail through Amazon SES, or anything that speaks its API (the local inbox does).
 *
 * The SDK is told to try once only: it would repeat a request whose answer was lost, and SES, which knows no
 * idempotency key, would send the mail twice. We repeat only what SES certainly did not take.
 */
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { type BuiltMail, buildMail, UnsendableMail } from './mime.ts';
import { type EmailProvider, type EmailResult, EmailUnavailable } from './provider.ts';

export interface SesOptions {
  region: string;
  /** Without one, the region's own. */
  endpoint?: string | undefined;
  /** For one request. Default 30 s. */
  timeoutMs?: number | undefined;
}

/** SES, service quotas: recipients of one message. */
const MAX_RECIPIENTS = 50;
/** Waits between tries of a request that SES turned away because of its rate. */
const THROTTLE_WAITS_MS = [200, 600, 1500];
const THROTTLED = new Set(['Throttling', 'ThrottlingException', 'TooManyRequestsException', 'SlowDown']);
/** No connection was made, so nothing was sent. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** A server on this machine checks no keys, and a newcomer has none. */
function localKeys(endpoint: string | undefined) {
  const host = endpoint === undefined ? '' : new URL(endpoint).hostname;
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) return {};
  return { credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
}

type Verdict = 'THROTTLED' | 'UNAVAILABLE' | 'REJECTED' | 'UNKNOWN';

function judge(error: unknown): { verdict: Verdict; cause: string } {
  const { name, code, $metadata } = error as {
    name?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const cause = code ?? name ?? 'error';
  if (THROTTLED.has(cause) || $metadata?.httpStatusCode === 429) return { verdict: 'THROTTLED', cause };
  if (UNREACHABLE.has(cause) || cause === 'CredentialsProviderError')
    return { verdict: 'UNAVAILABLE', cause };
  const status = $metadata?.httpStatusCode ?? 0;
  return { verdict: status >= 400 && status < 500 ? 'REJECTED' : 'UNKNOWN', cause };
}

export function createSes(options: SesOptions): EmailProvider {
  const timeoutMs = options.timeoutMs ?? 30_000;
  const client = new SESClient({
    region: options.region,
    ...(options.endpoint === undefined ? {} : { endpoint: options.endpoint }),
    ...localKeys(options.endpoint),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: Math.min(timeoutMs, 5_000), requestTimeout: timeoutMs },
  });

  const sendOnce = async (mail: BuiltMail): Promise<EmailResult> => {
    const reply = await client.send(
      new SendRawEmailCommand({
        Source: mail.from,
        Destinations: mail.destinations,
        RawMessage: { Data: mail.raw },
      }),
      { abortSignal: AbortSignal.timeout(timeoutMs) },
    );
    return { outcome: 'SENT', providerRef: reply.MessageId ?? mail.messageId, cause: 'accepted' };
  };

  /** Sends, and again only while SES says that it did not take it. */
  const deliver = async (mail: BuiltMail): Promise<EmailResult> => {
    for (const waitMs of [...THROTTLE_WAITS_MS, undefined]) {
      try {
        return await sendOnce(mail);
      } catch (error) {
        const { verdict, cause } = judge(error);
        if (verdict === 'REJECTED') return { outcome: 'REJECTED', providerRef: mail.messageId, cause };
        if (verdict === 'UNKNOWN') throw error;
        if (verdict === 'UNAVAILABLE' || waitMs === undefined) {
          throw new EmailUnavailable(`SES did not take the mail: ${cause}`, { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
    throw new EmailUnavailable('SES did not take the mail');
  };

  return {
    name: 'ses',
    async send(message) {
      try {
        const mail = await buildMail(message);
        if (mail.destinations.length > MAX_RECIPIENTS) {
          throw new UnsendableMail(`a mail may have ${MAX_RECIPIENTS} recipients at most`);
        }
        return await deliver(mail);
      } catch (error) {
        if (!(error instanceof UnsendableMail)) throw error;
        return { outcome: 'REJECTED', providerRef: '', cause: error.message };
      }
    },
    close: async () => client.destroy(),
  };
}
