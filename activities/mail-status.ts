/**
 * The mail about a finished request: who gets it is decided here at the last moment, each mail is reserved in
 * the database before the provider hears of it and settled after.
 *
 * After a crash: a mail reserved but not settled is sent once more when its lease has run out, and says that
 * it may be a second copy. For a call to a customer we would hold back; here a report that never comes is worse
 * than one that comes twice, both copies say the same, and the ledger (`request_mails.sends`) shows it.
 */
import { createHash } from 'node:crypto';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Database } from '../db/client.ts';
import {
  checkAddress,
  isSettled,
  type MailFacts,
  type MailKey,
  readMailFacts,
  reserveMail,
  settleMail,
} from '../db/queries/status-mail.ts';
import { isFinal } from '../domain/outcome.ts';
import type { EmailProvider, EmailResult } from '../providers/email/provider.ts';
import {
  ATTACHMENT_LIMITS,
  type AttachmentLimits,
  countsCsv,
  type PackedList,
  packList,
  statusCsv,
} from './mail/attachment.ts';
import { chooseRecipients, type Recipient, refusal } from './mail/recipients.ts';
import { statusMail } from './mail/render.ts';

/** The provider has this long to answer for one mail; after that its ending is unknown. */
const SEND_DEADLINE_MS = 60_000;
/** Twice the deadline: nobody is sending under a reservation older than this. */
const LEASE_MS = 2 * SEND_DEADLINE_MS;
/** Well under the heartbeat timeout of a minute that the workflow gives this activity. */
const HEARTBEAT_MS = 10_000;
/** Between a mail whose ending is unknown and its next copy; longer each time. */
const RETRY_AFTER_MS = 5_000;
/** A mail whose ending stays unknown this often is left `UNKNOWN`, for a person to look at. */
const MAX_SENDS = 3;

export interface MailStatusDeps {
  db: Database;
  email: EmailProvider;
  /** Sender, as `Name <address>`. */
  mailFrom: string;
  /** Base of the API's public address, for the download link. */
  publicUrl?: string | undefined;
  log: {
    info(detail: Record<string, unknown>, message: string): void;
    warn(detail: Record<string, unknown>, message: string): void;
  };
  /** For tests; the defaults are documented at the constants. */
  limits?: Partial<AttachmentLimits & { leaseMs: number; sendDeadlineMs: number }> | undefined;
}

export interface MailStatusInput {
  accountId: number;
  requestId: number;
}

type Deps = MailStatusDeps & { settings: AttachmentLimits & { leaseMs: number; sendDeadlineMs: number } };

/**
 * @returns the activity: called once a request has reached a final status, harmless to call again. `sent`
 *   counts the mails this call sent. It throws, to be called again later, when a mail's ending is unknown or
 *   is in another run's hands; by then every other recipient has been served. It throws for good when the
 *   request does not exist or has not ended.
 */
export function createMailStatus(deps: MailStatusDeps) {
  const settings = {
    ...ATTACHMENT_LIMITS,
    leaseMs: LEASE_MS,
    sendDeadlineMs: SEND_DEADLINE_MS,
    ...deps.limits,
  };
  const withSettings: Deps = { ...deps, settings };
  return async function mailStatus(input: MailStatusInput): Promise<{ sent: number }> {
    const beat = heartbeat();
    try {
      return await mailAll(withSettings, input);
    } finally {
      clearInterval(beat);
    }
  };
}

/** Tells Temporal that the work goes on: a provider may take its time. Outside an activity: nothing. */
function heartbeat(): NodeJS.Timeout | undefined {
  try {
    const context = Context.current();
    return setInterval(() => context.heartbeat(), HEARTBEAT_MS);
  } catch {
    return undefined;
  }
}

async function mailAll(deps: Deps, input: MailStatusInput): Promise<{ sent: number }> {
  const facts = await readMailFacts(deps.db, input);
  if (!facts) throw ApplicationFailure.nonRetryable(`there is no request ${input.requestId}`);
  if (!isFinal(facts.status)) {
    throw ApplicationFailure.nonRetryable(`request ${input.requestId} has not ended: ${facts.status}`);
  }
  const recipients = chooseRecipients(facts);
  const list = lazyList(deps, input, facts);
  const endings: MailEnding[] = [];
  for (const recipient of recipients) {
    endings.push(await mailOne(deps, input, facts, recipient, list));
  }
  const sent = endings.filter((ending) => ending.kind === 'SENT').length;
  deps.log.info({ ...input, recipients: recipients.length, sent }, 'status mail');
  const again = endings.flatMap((ending) => (ending.kind === 'AGAIN' ? [ending.inMs] : []));
  if (again.length > 0) {
    throw ApplicationFailure.create({
      type: 'MailUnsettled',
      message: `request ${input.requestId}: ${again.length} of ${recipients.length} mails must be tried again`,
      nextRetryDelay: Math.max(1_000, Math.min(...again)),
    });
  }
  return { sent };
}

type MailEnding = { kind: 'SENT' } | { kind: 'SETTLED' } | { kind: 'AGAIN'; inMs: number };

/** The attachment, made when the first mail needs it and used for all: a second run that finds all settled reads no list. */
function lazyList(
  deps: Deps,
  input: MailStatusInput,
  facts: MailFacts,
): () => Promise<PackedList | undefined> {
  let made: Promise<PackedList | undefined> | undefined;
  return () => {
    made ??=
      facts.loaded === 0
        ? Promise.resolve(undefined)
        : packList(`request-${input.requestId}`, statusCsv(deps.db, input), countsCsv(facts), deps.settings);
    return made;
  };
}

async function mailOne(
  deps: Deps,
  input: MailStatusInput,
  facts: MailFacts,
  recipient: Recipient,
  list: () => Promise<PackedList | undefined>,
): Promise<MailEnding> {
  const key: MailKey = { ...input, recipient: recipient.address, kind: recipient.kind };
  if (await isSettled(deps.db, key)) return { kind: 'SETTLED' };
  // Made before the reservation: nothing slow of our own stands between reserving and sending.
  const packed = await list();
  const address = { accountId: input.accountId, email: recipient.address };
  const refused = refusal(recipient, await checkAddress(deps.db, address));
  const { leaseMs } = deps.settings;
  const reservation = await reserveMail(deps.db, { ...key, leaseMs, maxSends: MAX_SENDS });
  if (reservation.kind === 'DONE') return { kind: 'SETTLED' };
  if (reservation.kind === 'HELD') {
    return { kind: 'AGAIN', inMs: Math.max(0, reservation.freeAt.getTime() - Date.now()) };
  }
  const { sends } = reservation;
  const ending = refused
    ? { state: 'FAILED' as const, cause: refused }
    : await send(deps, key, facts, packed, sends);
  await settleMail(deps.db, { ...key, ...ending, to: recipient.to, sends });
  if (ending.state === 'SENT') return { kind: 'SENT' };
  if (ending.state === 'FAILED') return { kind: 'SETTLED' };
  deps.log.warn({ ...input, sends }, 'the ending of a status mail is unknown');
  return sends < MAX_SENDS ? { kind: 'AGAIN', inMs: RETRY_AFTER_MS * sends } : { kind: 'SETTLED' };
}

interface SendEnding {
  state: 'SENT' | 'FAILED' | 'UNKNOWN';
  providerRef?: string;
  cause: string;
}

/** Never throws: an error of the provider is an ending, `UNKNOWN`. */
async function send(
  deps: Deps,
  key: MailKey,
  facts: MailFacts,
  packed: PackedList | undefined,
  sends: number,
): Promise<SendEnding> {
  const words = statusMail(facts, { form: packed?.form, publicUrl: deps.publicUrl, again: sends > 1 });
  try {
    const message = {
      reference: mailReference(key),
      from: deps.mailFrom,
      to: [key.recipient],
      ...words,
      attachments: packed ? [packed.attachment] : [],
    };
    const result = await beforeDeadline(deps.email.send(message), deps.settings.sendDeadlineMs);
    const taken = result.outcome === 'SENT' || result.outcome === 'DELIVERED';
    return { state: taken ? 'SENT' : 'FAILED', providerRef: result.providerRef, cause: result.cause };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return { state: 'UNKNOWN', cause: cause.slice(0, 500) };
  }
}

/**
 * The same for each copy of a mail to one recipient, different for each recipient; without the address in it,
 * because it travels in headers and logs.
 */
function mailReference(key: MailKey): string {
  const digest = createHash('sha256').update(`${key.accountId}/${key.recipient}`).digest('hex').slice(0, 12);
  return `status/${key.requestId}/${digest}`;
}

async function beforeDeadline(work: Promise<EmailResult>, deadlineMs: number): Promise<EmailResult> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
