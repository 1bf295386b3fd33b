/**
 * Judges mails that bring lists: who sent them, whether the account trusts the sender, what the subject asks for,
 * and which of the attached files are lists. The verdict, the requests and the answers are one transaction, so a
 * worker killed at any moment has judged the mail or has not begun; its lease runs out, and the next one begins
 * anew. Lists are stored before it under keys made of the mail's id, so the next one writes over what this one left.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Database, inTransaction } from '../db/client.ts';
import {
  findSameMail,
  keepFetchedMail,
  lockMailJudging,
  type MailFile,
  type MailToJudge,
  putMailOff,
  settleMailVerdict,
  takeMailToJudge,
  type Verdict,
} from '../db/queries/incoming-mails.ts';
import { checkAddress } from '../db/queries/status-mail.ts';
import { LIST_LIMITS } from '../domain/list/limits.ts';
import {
  isAutomatic,
  MAIL_IN_LIMITS,
  type MailOrder,
  type MailRefusal,
  readSubject,
} from '../domain/mail-in.ts';
import type { Logger } from '../log.ts';
import { type Authenticated, authenticate } from '../providers/mail-in/authenticate.ts';
import type { LookUp } from '../providers/mail-in/dns.ts';
import {
  type AttachedFile,
  type MailHead,
  MalformedMail,
  readFiles,
  readHead,
} from '../providers/mail-in/read-mail.ts';
import { type Storage, StorageLimitExceeded } from '../providers/storage/storage.ts';
import { underDeadline } from './mail/judging-deadline.ts';
import { rawKeyAt } from './take-mail.ts';

/** The largest mail with the slowest name servers is judged in a fraction of it. */
const LEASE_MS = 5 * 60_000;
/** After these many tries without a verdict the mail is refused: nine hours of name servers that do not answer. */
const MAX_TRIES = 14;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 3_600_000;
/**
 * What one mail may wait for name servers and for the service that keeps it, in all; then it is put off, and the next
 * one's turn has come. Ten signatures of slow names would take minutes otherwise.
 */
const DEADLINE_MS = 30_000;
/** Mails of one round; then the caller may stop. */
const ROUND = 20;

/** A list of a mail, stored. `key` is absent for one over its limit: nothing of it was kept. */
export interface StoredList {
  fileName: string;
  format: 'csv' | 'zip';
  bytes: number;
  key: string | undefined;
  sha256: string;
}

/** What making requests of a mail comes to. */
export type Ordered =
  | { kind: 'CREATED'; requestIds: number[] }
  | {
      kind: 'REFUSED';
      reason: Extract<MailRefusal, 'NO_FLOW' | 'BAD_SUBJECT' | 'FLOW_NOT_RUNNABLE'>;
      detail: string;
    };

export interface JudgeMailDeps {
  db: Database;
  storage: Storage;
  lookUp: LookUp;
  /** A mail that a service keeps for us. @throws what the service says */
  fetchRemote?: ((remote: { bucket: string; key: string }) => Promise<Readable>) | undefined;
  /** Makes a request of each list, in the transaction it is given. */
  order(
    tx: Database,
    input: { accountId: number; mailId: number; sender: string; order: MailOrder; lists: StoredList[] },
  ): Promise<Ordered>;
  now: () => Date;
  log: Pick<Logger, 'info' | 'warn'>;
  /** For tests. */
  leaseMs?: number;
  /** For tests: what one mail may wait for others. */
  deadlineMs?: number;
  /** For tests: told before the transaction that settles a mail. */
  beforeCommit?: () => Promise<void>;
}

/** Judges what is due, one mail after the other, accounts in turn. @returns how many it took */
export async function judgeMails(deps: JudgeMailDeps): Promise<number> {
  for (let taken = 0; taken < ROUND; taken++) {
    const afterAccount = lastServed.get(deps.db);
    const mail = await takeMailToJudge(deps.db, {
      leaseMs: deps.leaseMs ?? LEASE_MS,
      ...(afterAccount !== undefined && { afterAccount }),
    });
    if (!mail) return taken;
    lastServed.set(deps.db, mail.accountId);
    const deadline = AbortSignal.timeout(deps.deadlineMs ?? DEADLINE_MS);
    await judgeOne(underDeadline(deps, deadline), mail);
  }
  return ROUND;
}

/** Whose turn it was last. Of this process alone: the turns of several workers, each fair, are fair together. */
const lastServed = new WeakMap<Database, number>();

/** Not a verdict yet: something did not answer. The message is a clause for a person. */
class PutOff extends Error {
  override name = 'PutOff';
}

async function judgeOne(deps: JudgeMailDeps, mail: MailToJudge): Promise<void> {
  const { id: mailId, accountId, tries } = mail;
  const known: Known = { head: undefined, authenticated: undefined, files: [] };
  try {
    await judge(deps, mail, known);
  } catch (error) {
    if (error instanceof Refused) return refuse(deps, mail, known, error);
    if (error instanceof MalformedMail)
      return refuse(deps, mail, known, new Refused('MALFORMED', error.message));
    const detail = error instanceof PutOff ? error.message : 'it could not be judged yet; it is tried again';
    if (!(error instanceof PutOff))
      deps.log.warn({ mailId, accountId, tries, err: error }, 'a mail could not be judged');
    if (tries >= MAX_TRIES) {
      const reason = error instanceof PutOff ? 'SPF_DKIM_FAILED' : 'MALFORMED';
      return refuse(
        deps,
        mail,
        known,
        new Refused(reason, `${detail.replace(/; it is tried again$/, '')}, and now no more`),
      );
    }
    const afterMs = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), LONGEST_PAUSE_MS);
    await putMailOff(deps.db, { ...mail, afterMs, detail });
  }
}

/** What has been found out by the time of a verdict. */
interface Known {
  head: MailHead | undefined;
  authenticated: Authenticated | undefined;
  files: AttachedFile[];
}

class Refused extends Error {
  override name = 'Refused';
  readonly reason: MailRefusal;

  constructor(reason: MailRefusal, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** @throws Refused, MalformedMail, PutOff */
async function judge(deps: JudgeMailDeps, mail: MailToJudge, known: Known): Promise<void> {
  if (mail.tries > MAX_TRIES) throw new MalformedMail('its judging never came to an end');
  const rawKey = mail.rawKey ?? (await fetchRaw(deps, mail));
  const head = await readHead(await deps.storage.read(rawKey));
  known.head = head;
  if (isAutomatic(head.headers, mail.envelopeFrom)) {
    throw new Refused(
      'AUTOMATIC',
      'a program sent it by itself: an answer, a bounce, a mailing list or our own mail',
    );
  }
  const raw = await deps.storage.read(rawKey);
  const { clientAddress, helo, spfResult, envelopeFrom: mailFrom } = mail;
  known.authenticated = await authenticate(
    { raw, from: head.from, mailFrom, helo, clientAddress, spfResult },
    deps.lookUp,
  );
  if (known.authenticated.unanswered) {
    throw new PutOff(`a name server did not answer: ${known.authenticated.why}; it is tried again`);
  }
  if (!known.authenticated.passed) throw new Refused('SPF_DKIM_FAILED', known.authenticated.why);
  await mustBeTrusted(deps.db, mail.accountId, head.from);
  known.files = await readFiles(await deps.storage.read(rawKey));
  const order = await readOrder(head, known.files);
  const lists = await storeLists(deps, mail, known.files);
  await deps.beforeCommit?.();
  await accept(deps, mail, known, { head, order, lists });
}

async function fetchRaw(deps: JudgeMailDeps, mail: MailToJudge): Promise<string> {
  const { remote } = mail;
  if (remote === null) throw new MalformedMail('it was not kept');
  if (!deps.fetchRemote) throw new Error('a mail is to be fetched, and no service is set up for that');
  const rawKey = rawKeyAt(deps.now());
  const bytes = await deps.storage
    .write(rawKey, await deps.fetchRemote(remote), MAIL_IN_LIMITS.mailBytes)
    .catch((error) => {
      if (error instanceof StorageLimitExceeded)
        throw new Refused('TOO_LARGE', 'the mail is larger than 25 MB');
      throw error;
    });
  await keepFetchedMail(deps.db, { ...mail, rawKey, bytes });
  return rawKey;
}

/** @throws Refused */
async function mustBeTrusted(db: Database, accountId: number, email: string): Promise<void> {
  const { blacklisted, whitelisted } = await checkAddress(db, { accountId, email });
  if (blacklisted) throw new Refused('BLACKLISTED', 'the sender is on the blacklist');
  if (!whitelisted)
    throw new Refused('NOT_WHITELISTED', 'the sender is not on the whitelist of mail addresses');
}

/** @throws Refused */
function readOrder(head: MailHead, files: AttachedFile[]): MailOrder {
  const lists = files.filter(({ list }) => list);
  if (lists.length === 0) {
    const names = files.map(({ name }) => name).join(', ');
    throw new Refused(
      'NO_ATTACHMENT',
      `no csv or zip is attached${names === '' ? '' : `, only ${names}`}`.slice(0, 500),
    );
  }
  if (lists.length > MAIL_IN_LIMITS.lists) {
    throw new Refused(
      'TOO_MANY_FILES',
      `${lists.length} lists are attached; a mail takes ${MAIL_IN_LIMITS.lists}`,
    );
  }
  const read = readSubject(head.subject.slice(0, MAIL_IN_LIMITS.subjectLength));
  if ('order' in read) return read.order;
  throw new Refused(/no flow|is empty/.test(read.fault) ? 'NO_FLOW' : 'BAD_SUBJECT', read.fault);
}

async function storeLists(
  deps: JudgeMailDeps,
  mail: MailToJudge,
  files: AttachedFile[],
): Promise<StoredList[]> {
  const day = mail.receivedAt.toISOString().slice(0, 10);
  const lists: StoredList[] = [];
  for (const { name: fileName, bytes, sha256, list } of files) {
    if (!list) continue;
    const { format, content } = list;
    const key = content && `uploads/${day}/mail-${mail.id}-${lists.length + 1}.${format}`;
    if (key) await deps.storage.write(key, Readable.from([content]), LIST_LIMITS.zipBytes);
    lists.push({ fileName, format, bytes, key, sha256 });
  }
  return lists;
}

/**
 * What makes a mail the same as another: sender, Date and subject as they stand, all of which a signature that counts
 * must cover. Not its lists: a signature in the usual form (`relaxed`, RFC 6376, 3.4) lets anybody add blanks to a
 * line of the body, and often does not cover Content-Type, so one signed mail can be made to bring lists that differ.
 * Blanks within a header may be changed the same way, so each run of them counts as one. A mail sent anew by a person
 * has another Date, to the second; one delivered twice, by a server in doubt or by somebody who got hold of it, has
 * not, whatever Message-ID it bears.
 */
function fingerprintOf(head: MailHead): string {
  const subject = head.headers.find(({ name }) => name === 'subject')?.value ?? '';
  const hash = createHash('sha256');
  for (const part of [head.from, head.date, subject]) {
    const plain = part.replace(/\s+/g, ' ').trim();
    hash.update(`${Buffer.byteLength(plain)}:`).update(plain);
  }
  return hash.digest('hex');
}

async function accept(
  deps: JudgeMailDeps,
  mail: MailToJudge,
  known: Known,
  given: { head: MailHead; order: MailOrder; lists: StoredList[] },
): Promise<void> {
  const { head, order, lists } = given;
  const { accountId, id: mailId } = mail;
  const fingerprint = fingerprintOf(head);
  const sender = head.from;
  const requestIds = await inTransaction(deps.db, async (tx) => {
    await lockMailJudging(tx, { accountId });
    const same = await findSameMail(tx, { accountId, sender, messageId: head.messageId, fingerprint });
    if (same !== undefined) throw new Refused('DUPLICATE', `mail ${same} is the same, and made its requests`);
    // Asked again: what was true before a long look-up need not be true now.
    await mustBeTrusted(tx, accountId, sender);
    const ordered = await deps.order(tx, { accountId, mailId, sender, order, lists });
    if (ordered.kind === 'REFUSED') throw new Refused(ordered.reason, ordered.detail);
    const verdict: Verdict = {
      ...describe(known),
      files: becameOf(known.files, ordered.requestIds),
      verdict: 'ACCEPTED',
      fingerprint,
    };
    // Judged by another meanwhile: nothing of this may stay.
    if (!(await settleMailVerdict(tx, mail, verdict))) throw new Overtaken();
    return ordered.requestIds;
  }).catch((error) => {
    if (error instanceof Overtaken) return undefined;
    throw error;
  });
  if (requestIds) deps.log.info({ mailId, accountId, requestIds }, 'a mail was accepted');
}

class Overtaken extends Error {
  override name = 'Overtaken';
}

async function refuse(deps: JudgeMailDeps, mail: MailToJudge, known: Known, why: Refused): Promise<void> {
  const { id: mailId, accountId } = mail;
  const verdict: Verdict = {
    ...describe(known),
    files: becameOf(known.files, []),
    verdict: 'REFUSED',
    reason: why.reason,
    detail: why.message.slice(0, 500),
  };
  const settled = await inTransaction(deps.db, (tx) => settleMailVerdict(tx, mail, verdict));
  if (!settled) return;
  deps.log.info({ mailId, accountId, reason: why.reason }, 'a mail was refused');
  await removeLists(deps, mail, known.files);
}

/** Lists of a refused mail belong to no request. What a crash before this leaves is swept. */
async function removeLists(deps: JudgeMailDeps, mail: MailToJudge, files: AttachedFile[]): Promise<void> {
  const day = mail.receivedAt.toISOString().slice(0, 10);
  for (const [index, { list }] of files.filter((file) => file.list).entries()) {
    if (list) await deps.storage.remove(`uploads/${day}/mail-${mail.id}-${index + 1}.${list.format}`);
  }
}

function describe({ head, authenticated }: Known): Omit<Verdict, 'files' | 'verdict'> {
  return {
    sender: head?.from ?? null,
    subject: head?.subject.replace(/\p{Cc}+/gu, ' ').slice(0, MAIL_IN_LIMITS.subjectLength) ?? null,
    messageId: head?.messageId ?? null,
    authentication: authenticated?.facts ?? null,
  };
}

function becameOf(files: AttachedFile[], requestIds: number[]): MailFile[] {
  const ids = [...requestIds];
  return files.map(({ name, bytes, list }) => {
    if (!list) return { name, bytes, why: 'not csv or zip' };
    const requestId = ids.shift();
    return { name, bytes, ...(requestId !== undefined && { requestId }) };
  });
}
