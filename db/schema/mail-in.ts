/**
 * Mails that bring lists: the address of each account, every mail that came to it with the verdict on it, and the
 * answers to those who may have one.
 */

import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { MAIL_REFUSALS } from '../../domain/mail-in.ts';
import { accountId, bigId, generatedId, moment } from './columns.ts';

export const mailInAddresses = pgTable(
  'mail_in_addresses',
  {
    accountId: accountId().primaryKey(),
    /** The secret part of the address. */
    token: text('token').notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (t) => [uniqueIndex('mail_in_addresses_token').on(t.token)],
);

/** What was found out about who sent a mail. Domains, no addresses. */
export interface MailAuthentication {
  spf: { result: string; domain: string | null; aligned: boolean };
  dkim: { domain: string; result: string; aligned: boolean; why?: string }[];
  dmarc: { result: string; policy: string | null };
}

/** A file of a mail, and what became of it. */
export interface MailFile {
  name: string;
  bytes: number;
  /** The request it became. Absent: it was ignored, as `why` says. */
  requestId?: number;
  why?: string;
}

export const incomingMails = pgTable(
  'incoming_mails',
  {
    id: generatedId('id'),
    accountId: accountId(),
    receiver: text('receiver', { enum: ['smtp', 'ses'] }).notNull(),
    /** The receiver's own id of the delivery: the same one told twice is one row. */
    receiverRef: text('receiver_ref').notNull(),
    receivedAt: moment('received_at').notNull().defaultNow(),
    /** MAIL FROM; null for a bounce. Anybody may write anything there. */
    envelopeFrom: text('envelope_from'),
    helo: text('helo'),
    /** Address of the server that brought it. */
    clientAddress: text('client_address'),
    /** SPF as a receiver found it that we trust, and that alone knew the client. */
    spfResult: text('spf_result'),
    bytes: integer('bytes'),
    /** The mail as it came, in storage. Absent: still to be fetched, too large, or purged. */
    rawKey: text('raw_key'),
    /** Where it is still to be fetched from. */
    remote: jsonb('remote').$type<{ bucket: string; key: string }>(),
    verdict: text('verdict', { enum: ['WAITING', 'ACCEPTED', 'REFUSED'] })
      .notNull()
      .default('WAITING'),
    reason: text('reason', { enum: MAIL_REFUSALS }),
    /** One clause for a person. */
    detail: text('detail'),
    /** Header From, in lower case; proven only where the verdict is not about it. */
    sender: text('sender'),
    subject: text('subject'),
    messageId: text('message_id'),
    authentication: jsonb('authentication').$type<MailAuthentication>(),
    files: jsonb('files').$type<MailFile[]>().notNull().default([]),
    /** SHA-256 of what makes the mail this mail; see `activities/judge-mail.ts`. Only of accepted ones. */
    fingerprint: text('fingerprint'),
    /** How often the judging was begun, and when it is to begin (again). */
    tries: smallint('tries').notNull().default(0),
    dueAt: moment('due_at'),
    judgedAt: moment('judged_at'),
    purgedAt: moment('purged_at'),
  },
  (t) => [
    uniqueIndex('incoming_mails_ref').on(t.receiver, t.receiverRef, t.accountId),
    uniqueIndex('incoming_mails_fingerprint')
      .on(t.accountId, t.fingerprint)
      .where(sql`fingerprint is not null`),
    uniqueIndex('incoming_mails_message_id')
      .on(t.accountId, t.sender, t.messageId)
      .where(sql`verdict = 'ACCEPTED' and message_id is not null`),
    index('incoming_mails_recent').on(t.accountId, t.id.desc()),
    index('incoming_mails_received').on(t.accountId, t.receivedAt.desc()),
    index('incoming_mails_due').on(t.dueAt).where(sql`due_at is not null`),
    index('incoming_mails_kept').on(t.judgedAt).where(sql`raw_key is not null and judged_at is not null`),
  ],
);

/** Answers to mails, reserved before the mail provider hears of them and settled after. */
export const incomingMailAnswers = pgTable(
  'incoming_mail_answers',
  {
    mailId: bigId('mail_id')
      .notNull()
      .references(() => incomingMails.id),
    /** The sender, or the account's holder, who hears of a list that was turned away. */
    to: text('to', { enum: ['SENDER', 'HOLDER'] }).notNull(),
    accountId: accountId(),
    state: text('state', { enum: ['WAITING', 'RESERVED', 'SENT', 'FAILED', 'UNKNOWN'] })
      .notNull()
      .default('WAITING'),
    sends: smallint('sends').notNull().default(0),
    /** When it is to be sent (again); null once that is decided for good. */
    dueAt: moment('due_at').defaultNow(),
    settledAt: moment('settled_at'),
    providerRef: text('provider_ref'),
    cause: text('cause'),
  },
  (t) => [
    primaryKey({ columns: [t.mailId, t.to] }),
    index('incoming_mail_answers_due').on(t.dueAt).where(sql`due_at is not null`),
  ],
);
