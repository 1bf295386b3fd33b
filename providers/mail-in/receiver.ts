/**
 * What a way for mail to come in is to Clarion: SMTP (`smtp.ts`) and Amazon SES (`ses.ts`). Both end in one
 * function that writes the mail down; what is thought of it is decided later, and never told to the other side.
 */
import type { Readable } from 'node:stream';

export interface ArrivedMail {
  receiver: 'smtp' | 'ses';
  /** The receiver's own id of this delivery: telling of it twice writes it down once. */
  ref: string;
  /** Envelope recipients of our domain. */
  recipients: string[];
  /** MAIL FROM; null for a bounce. */
  mailFrom: string | null;
  /** The name the client gave for itself, and its address. Absent where a service took the mail. */
  helo: string | null;
  clientAddress: string | null;
  /** SPF as that service found it. */
  spfResult: string | null;
  /** The mail itself, or where it lies. */
  content:
    | {
        kind: 'STREAM';
        stream: Readable;
        /** Asked after the stream's end: it was cut off at the limit. */
        tooLarge(): boolean;
      }
    | { kind: 'REMOTE'; bucket: string; key: string };
}

/**
 * Resolves once the mail is in storage and its row committed, or once it is clear that nobody is to have it;
 * the two look the same to whoever sent it. Anything thrown means "not now": the other side sends it again.
 */
export type TakeMail = (mail: ArrivedMail) => Promise<void>;

/** The mail cannot be taken at this moment, and can at another. */
export class NotNow extends Error {
  override name = 'NotNow';
}
