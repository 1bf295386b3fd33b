/** What a mail provider is to Clarion. The contract suite is `test/contract/email-provider.ts`. */
import type { MessageOutcome } from '../../domain/outcome.ts';

export interface EmailAttachment {
  fileName: string;
  contentType: string;
  content: Buffer;
}

export interface EmailMessage {
  /** Idempotency reference: the attempt's id, or `status/<request id>` for mails about a request. */
  reference: string;
  /** `name <address>` or an address alone. */
  from: string;
  /** One address each. */
  to: string[];
  cc?: string[];
  bcc?: string[];
  subject: string;
  text: string;
  html?: string;
  attachments?: EmailAttachment[];
  /** Message-ID, with its angle brackets, of the mail that this one answers. */
  inReplyTo?: string;
}

export interface EmailResult {
  outcome: Extract<MessageOutcome, 'SENT' | 'DELIVERED' | 'REJECTED' | 'BOUNCED' | 'COMPLAINED'>;
  providerRef: string;
  cause: string;
}

export interface EmailProvider {
  readonly name: string;
  /**
   * @throws EmailUnavailable when the mail certainly did not go out, and may at another time. Any other error
   * leaves that unknown. What would fail every time is a result, `REJECTED`.
   */
  send(message: EmailMessage): Promise<EmailResult>;
  close(): Promise<void>;
}

/** The provider certainly did not take the mail: it may be sent again without anybody getting two. */
export class EmailUnavailable extends Error {
  override name = 'EmailUnavailable';
}
