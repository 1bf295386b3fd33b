/**
 * The simulated mail provider: the local part of the first address decides what becomes of a mail. It makes
 * the same MIME message as the real one, so what cannot be sent there cannot be sent here.
 */
import { openJournal } from '../witness/journal.ts';
import { buildMail, messageIdOf, UnsendableMail } from './mime.ts';
import type { EmailMessage, EmailProvider, EmailResult } from './provider.ts';

export interface SimulatedEmailOptions {
  witnessDir: string;
  /** `click+...` opens the mail's acknowledgement link: told of its URL. */
  onClick?: (click: { reference: string; url: string }) => void;
}

export interface SimulatedEmailProvider extends EmailProvider {
  /** The latest mails sent by this process, oldest first; at most `KEPT_MAILS`. */
  recent(): (EmailMessage & EmailResult)[];
}

export const KEPT_MAILS = 200;

/** What becomes of a mail to this address. Pure. */
export function emailFate(address: string): Omit<EmailResult, 'providerRef'> & { clicks: boolean } {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  if (local.startsWith('bounce+')) {
    return { outcome: 'BOUNCED', cause: '550 5.1.1 no such mailbox', clicks: false };
  }
  if (local.startsWith('complain+')) {
    return { outcome: 'COMPLAINED', cause: 'marked as spam by the recipient', clicks: false };
  }
  return { outcome: 'DELIVERED', cause: '250 2.0.0 delivered', clicks: local.startsWith('click+') };
}

/** The link a person opens to say "I have read this": the first whose path holds `/ack`. */
export function acknowledgementLink(text: string): string | undefined {
  return text
    .match(/https?:\/\/[^\s"'<>]+/g)
    ?.find((url) => URL.canParse(url) && new URL(url).pathname.includes('/ack'));
}

export function createSimulatedEmail(options: SimulatedEmailOptions): SimulatedEmailProvider {
  const mails: (EmailMessage & EmailResult)[] = [];
  const journal = openJournal({ dir: options.witnessDir, kind: 'email', onLine: () => {} });

  return {
    name: 'simulated',
    async send(message) {
      let address: string | undefined;
      try {
        address = (await buildMail(message)).destinations[0];
      } catch (error) {
        if (!(error instanceof UnsendableMail)) throw error;
        return { outcome: 'REJECTED', providerRef: '', cause: error.message };
      }
      const { clicks, ...fate } = emailFate(address ?? '');
      const result: EmailResult = {
        ...fate,
        providerRef: messageIdOf(message.reference, 'mail@simulated.test'),
      };
      const at = new Date().toISOString();
      journal.append({ event: 'SENT', attemptId: message.reference, at, ...result });
      mails.push({ ...message, ...result });
      if (mails.length > KEPT_MAILS) mails.shift();
      const url = clicks ? acknowledgementLink(message.text) : undefined;
      if (url !== undefined) options.onClick?.({ reference: message.reference, url });
      return result;
    },
    recent: () => [...mails],
    close: async () => journal.close(),
  };
}
