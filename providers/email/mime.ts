/**
 * Makes the MIME message of a mail. Nothing in a mail's fields can add a header or a recipient: addresses
 * are taken apart and must each be exactly one, control characters do not pass, and attachments are bytes,
 * never paths or URLs.
 */
import { createHash } from 'node:crypto';
import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailMessage } from './provider.ts';

/** The mail cannot be sent as it is, now or later. */
export class UnsendableMail extends Error {
  override name = 'UnsendableMail';
}

export interface BuiltMail {
  raw: Buffer;
  /** Address of the sender, without the name. */
  from: string;
  /** Every address it goes to: to, cc and bcc. Bcc is nowhere in `raw`. */
  destinations: string[];
  messageId: string;
}

interface Address {
  name: string;
  address: string;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not pass.
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** RFC 5321 limits an address to 254 characters. */
function parseAddress(text: string, field: string): Address {
  const parsed = text.search(CONTROL) < 0 ? addressparser(text, { flatten: true }) : [];
  const only = parsed[0];
  const ok =
    parsed.length === 1 && only !== undefined && /^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(only.address);
  if (!ok || only.address.length > 254) throw new UnsendableMail(`${field} is not one mail address`);
  return { name: only.name, address: only.address };
}

const oneLine = (text: string): string => text.replace(CONTROL, ' ').trim();

/** A media type that will do in a header, or the one for plain bytes. */
const mediaType = (text: string): string =>
  /^[\w.+-]+\/[\w.+-]+(; ?charset=[\w-]+)?$/.test(text) ? text : 'application/octet-stream';

/**
 * The same reference gives the same id, so a mail that was sent twice can be told by it.
 * SES puts an id of its own in its place; `X-Clarion-Reference` says the same and stays.
 */
export function messageIdOf(reference: string, fromAddress: string): string {
  const digest = createHash('sha256').update(reference).digest('hex').slice(0, 32);
  return `<${digest}@${fromAddress.slice(fromAddress.lastIndexOf('@') + 1)}>`;
}

/** @throws UnsendableMail saying which field is at fault */
export async function buildMail(message: EmailMessage): Promise<BuiltMail> {
  const from = parseAddress(message.from, 'from');
  const to = message.to.map((address) => parseAddress(address, 'to'));
  const cc = (message.cc ?? []).map((address) => parseAddress(address, 'cc'));
  const bcc = (message.bcc ?? []).map((address) => parseAddress(address, 'bcc'));
  const destinations = [...to, ...cc, ...bcc].map(({ address }) => address);
  if (destinations.length === 0) throw new UnsendableMail('the mail has no recipient');
  const messageId = messageIdOf(message.reference, from.address);
  const answered = /^<[^<>\s]+>$/.exec(message.inReplyTo ?? '')?.[0];
  const raw = await new MailComposer({
    from,
    to,
    cc,
    subject: oneLine(message.subject),
    text: message.text,
    ...(message.html === undefined ? {} : { html: message.html }),
    messageId,
    ...(answered && { inReplyTo: answered, references: answered }),
    headers: {
      'X-Clarion-Reference': oneLine(message.reference),
      // RFC 3834, 5: no program is to answer this.
      'Auto-Submitted': answered ? 'auto-replied' : 'auto-generated',
    },
    attachments: (message.attachments ?? []).map((attachment) => ({
      filename: oneLine(attachment.fileName).replace(/[/\\]/g, '_'),
      contentType: mediaType(attachment.contentType),
      content: attachment.content,
    })),
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { raw, from: from.address, destinations, messageId };
}
