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
  from: string;
  to: string[];
  cc?: string[];
  bcc?: string[];
  subject: string;
  text: string;
  html?: string;
  attachments?: EmailAttachment[];
}

export interface EmailResult {
  outcome: Extract<MessageOutcome, 'SENT' | 'DELIVERED' | 'REJECTED' | 'BOUNCED' | 'COMPLAINED'>;
  providerRef: string;
  cause: string;
}

export interface EmailProvider {
  readonly name: string;
  /** An error leaves it unknown whether the mail went out. */
  send(message: EmailMessage): Promise<EmailResult>;
  close(): Promise<void>;
}
