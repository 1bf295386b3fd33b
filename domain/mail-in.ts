/**
 * Lists that come by mail: what may become of such a mail, what its subject says, and which mails are a
 * program's own answers. Pure; `docs/lists-by-email.md` tells the sender's side of it.
 */

/** Why a mail made no request. A closed list: the account reads it, and the answer to a known sender names it. */
export const MAIL_REFUSALS = [
  'TOO_LARGE',
  'MALFORMED',
  'AUTOMATIC',
  'SPF_DKIM_FAILED',
  'BLACKLISTED',
  'NOT_WHITELISTED',
  'DUPLICATE',
  'NO_FLOW',
  'BAD_SUBJECT',
  'FLOW_NOT_RUNNABLE',
  'NO_ATTACHMENT',
  'TOO_MANY_FILES',
] as const;
export type MailRefusal = (typeof MAIL_REFUSALS)[number];

/**
 * Refusals that the sender is told of: by then the mail is known to come from somebody the account trusts.
 * All others are silent, so that whoever tries the door learns nothing about it. A duplicate is silent, too: its
 * first copy was answered, and whoever got hold of a mail must not have us write to its sender again and again.
 */
export const ANSWERED_REFUSALS: readonly MailRefusal[] = [
  'NO_FLOW',
  'BAD_SUBJECT',
  'FLOW_NOT_RUNNABLE',
  'NO_ATTACHMENT',
  'TOO_MANY_FILES',
];

const MIB = 1024 * 1024;

export const MAIL_IN_LIMITS = {
  /** A whole mail as it travels; attachments grow by a third on the way. Gmail's and Exchange Online's usual limit. */
  mailBytes: 25 * MIB,
  /** Lists in one mail: as many as in one upload. */
  lists: 20,
  /** Parts of a mail. People's mails have a dozen; far more is an attack on whoever parses it. */
  parts: 100,
  headerBytes: 256 * 1024,
  /** Each costs a look-up in the DNS. Mails that went through lists and gateways have three or four. */
  signatures: 10,
  /** Kept of a subject and of a file's name. */
  subjectLength: 300,
  fileNameLength: 200,
  /** Mails to one account in an hour, refused ones included; more are put off. */
  mailsAnHour: 500,
  /** Bytes of the mails to one account in an hour, as they travelled; more are put off. */
  bytesAnHour: 1024 * MIB,
  /** Answers to one sender in a day that say why a mail was refused. */
  refusalsAnsweredADay: 20,
} as const;

/** What a subject asks for. */
export interface MailOrder {
  /** A flow's name or its id. */
  flow: string;
  startAt?: string;
  endAt?: string;
  phoneColumn?: string;
}

const KEYS: Record<string, keyof MailOrder> = {
  flow: 'flow',
  start: 'startAt',
  end: 'endAt',
  column: 'phoneColumn',
};

/**
 * Reads `demo-offer` or `flow: demo-offer; start: 2026-12-01 10:00; end: ...; column: mobile`. Parts are split
 * at `;`. The first may be the flow alone; the others begin with their key, then `:`, `=` or a blank. What mail
 * programs put before a subject they answer or pass on (`Re:`, `Fwd:`, `FW:`) is left out.
 * @returns the order, or one clause that says what is wrong with the subject
 */
export function readSubject(subject: string): { order: MailOrder } | { fault: string } {
  const text = subject.replace(/^(\s*(re|fw|fwd)\s*:)+/i, '').trim();
  if (text === '') return { fault: 'the subject is empty; write the name of the flow there' };
  const given: Partial<Record<keyof MailOrder, string>> = {};
  for (const [index, part] of text.split(';').entries()) {
    const piece = part.trim();
    if (piece === '') continue;
    const read = readPart(piece, index === 0);
    if (read === undefined) {
      return { fault: `"${piece}" is not understood; after the flow come start, end and column` };
    }
    if (read.value === '') return { fault: `"${piece}" has no value` };
    if (given[read.key] !== undefined) return { fault: `"${piece}": this is said twice` };
    given[read.key] = read.value;
  }
  const { flow, ...options } = given;
  if (flow === undefined) return { fault: 'the subject names no flow' };
  return { order: { flow, ...options } };
}

function readPart(piece: string, first: boolean): { key: keyof MailOrder; value: string } | undefined {
  // In first place a blank is no separator: a flow may be called "start again".
  const shape = first ? /^([a-z]+)\s*[:=](.*)$/is : /^([a-z]+)(?:\s*[:=]|\s|$)(.*)$/is;
  const [, word = '', value = ''] = shape.exec(piece) ?? [];
  const key = Object.hasOwn(KEYS, word.toLowerCase()) ? KEYS[word.toLowerCase()] : undefined;
  if (key !== undefined) return { key, value: value.trim() };
  return first ? { key: 'flow', value: piece } : undefined;
}

/**
 * Whether a program sent the mail by itself, so that neither a campaign nor an answer may come of it: automatic
 * answers and reports (RFC 3834), mailing lists and bulk mail (RFC 2919, RFC 2369), and Clarion's own mails, whose
 * attached lists would otherwise be called anew. A bounce has no sender on its envelope (RFC 5321, 4.5.5).
 * @param headers names in lower case, values as they stand
 */
export function isAutomatic(
  headers: readonly { name: string; value: string }[],
  envelopeSender: string | null,
): boolean {
  if (envelopeSender === null || envelopeSender === '') return true;
  return headers.some(({ name, value }) => {
    const said = value.trim().toLowerCase();
    switch (name) {
      case 'auto-submitted':
        return !/^no\b/.test(said);
      case 'precedence':
        return /^(bulk|junk|list|auto[_-]reply)\b/.test(said);
      case 'x-auto-response-suppress':
        // Outlook sets it on answers of its own and on mails that want none; the latter may well carry a list.
        return false;
      case 'x-autoreply':
      case 'x-autorespond':
      case 'list-id':
      case 'list-unsubscribe':
      case 'x-clarion-reference':
        return true;
      default:
        return false;
    }
  });
}

/** Letters and digits that are not mistaken for one another; 32, so that each stands for five bits. */
export const TOKEN_ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 80 bits: nobody guesses one, so the address may be told by whether mail to it is answered. */
export const TOKEN_LENGTH = 16;

/** @returns the address of an account's token, such as `lists+k3v...@lists.example.com` */
export const mailInAddress = (token: string, domain: string): string => `lists+${token}@${domain}`;

/** Whether mail for an address is ours to take: that of any address of the domain, known or not. */
export function isOurs(recipient: string, domain: string): boolean {
  return recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase() === domain.toLowerCase();
}

/** The token in a recipient's address; undefined where it can be nobody's. */
export function tokenOf(recipient: string, domain: string): string | undefined {
  if (!isOurs(recipient, domain)) return undefined;
  const local = recipient.slice(0, recipient.lastIndexOf('@')).toLowerCase();
  return /^lists\+([a-z2-9]{16})$/.exec(local)?.[1];
}

/** How a file of a mail is read: as a list, or not at all. By its name first: programs send csv under any type. */
export function isList(file: { name: string; contentType: string }): boolean {
  const type = file.contentType.toLowerCase();
  if (/\.(csv|zip)$/i.test(file.name)) return true;
  // A name with another ending says what it is; without one, the type does.
  if (/\.[a-z0-9]{1,8}$/i.test(file.name)) return false;
  return ['text/csv', 'application/csv', 'application/zip', 'application/x-zip-compressed'].includes(type);
}
