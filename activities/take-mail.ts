/**
 * Writes mails down that bring lists, before whoever brought them hears "taken": first the mail into storage,
 * then its row. What the next start finds after `kill -9`:
 * - before the row's commit: perhaps a file that no row names, and the other side sends the mail again;
 * - after it, before the answer: the mail. It is sent again, too, and that copy is refused as a DUPLICATE.
 */
import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Database, inTransaction } from '../db/client.ts';
import {
  addIncomingMail,
  lockMailTaking,
  measureMailsSince,
  type NewMail,
} from '../db/queries/incoming-mails.ts';
import { findMailInAccounts } from '../db/queries/mail-in-addresses.ts';
import { MAIL_IN_LIMITS, tokenOf } from '../domain/mail-in.ts';
import type { Logger } from '../log.ts';
import { type ArrivedMail, NotNow, type TakeMail } from '../providers/mail-in/receiver.ts';
import { type Storage, StorageLimitExceeded } from '../providers/storage/storage.ts';

const HOUR_MS = 3_600_000;

export interface TakeMailDeps {
  db: Database;
  storage: Storage;
  /** Domain of the accounts' addresses. */
  domain: string;
  now: () => Date;
  log: Pick<Logger, 'info'>;
}

/** @returns what receivers are given */
export function createTakeMail(deps: TakeMailDeps): TakeMail {
  return async (mail) => {
    const accounts = await wantedBy(deps, mail);
    if (accounts.length === 0) {
      // To nobody: read to its end, and forgotten.
      if (mail.content.kind === 'STREAM') await drain(mail.content.stream[Symbol.asyncIterator]());
      deps.log.info({ receiver: mail.receiver }, 'a mail to no address of ours was dropped');
      return;
    }
    const { content } = mail;
    const rows =
      content.kind === 'STREAM'
        ? await store(deps, accounts, content)
        : accounts.map((accountId) => ({
            accountId,
            rawKey: null,
            bytes: null,
            remote: { bucket: content.bucket, key: content.key },
            tooLarge: false,
          }));
    const unnamed = await writeDown(deps, mail, rows);
    // The mail is taken already; what cannot be removed now is no reason to have it sent again.
    await removeRaw(deps, unnamed).catch(() => {});
    deps.log.info({ receiver: mail.receiver, accounts: accounts.length }, 'a mail was taken, to be judged');
  };
}

/**
 * Whether there is room is asked here, so that a mail too many is not stored first, and again with its row.
 * @throws NotNow when one of the accounts has had too many in this hour
 */
async function wantedBy(deps: TakeMailDeps, mail: ArrivedMail): Promise<number[]> {
  const tokens = mail.recipients.flatMap((recipient) => tokenOf(recipient, deps.domain) ?? []);
  const accounts = tokens.length === 0 ? [] : await findMailInAccounts(deps.db, { tokens });
  for (const accountId of accounts) await mustHaveRoom(deps, deps.db, accountId, 1);
  return accounts;
}

/** @throws NotNow when the mails of this hour and `more` others are too many, or their bytes are */
async function mustHaveRoom(
  { now }: TakeMailDeps,
  db: Database,
  accountId: number,
  more: 0 | 1,
): Promise<void> {
  const since = new Date(now().getTime() - HOUR_MS);
  const { mails, bytes } = await measureMailsSince(db, { accountId, since });
  if (mails + more > MAIL_IN_LIMITS.mailsAnHour) throw new NotNow('too many mails to this account');
  if (bytes + more > MAIL_IN_LIMITS.bytesAnHour) throw new NotNow('too many bytes to this account');
}

/**
 * Writes the rows, and counts with them, an account's mails one after the other: lines that come at once could
 * otherwise all find the same room.
 * @returns what was stored for rows that were there before
 * @throws NotNow when an account has no room; nothing is written then, and what was stored is removed
 */
async function writeDown(deps: TakeMailDeps, mail: ArrivedMail, rows: Kept[]): Promise<Kept[]> {
  const unnamed: Kept[] = [];
  try {
    await inTransaction(deps.db, async (tx) => {
      // In one order everywhere, so that two mails to the same accounts do not wait for each other.
      for (const row of [...rows].sort((a, b) => a.accountId - b.accountId)) {
        await lockMailTaking(tx, row);
        const added = await addIncomingMail(tx, { ...described(mail), ...row });
        if (added === undefined) unnamed.push(row);
        else await mustHaveRoom(deps, tx, row.accountId, 0);
      }
    });
  } catch (error) {
    // Of any other error it is not known whether the rows are there: the files must stay.
    if (error instanceof NotNow) await removeRaw(deps, rows).catch(() => {});
    throw error;
  }
  return unnamed;
}

async function removeRaw({ storage }: TakeMailDeps, rows: Kept[]): Promise<void> {
  for (const { rawKey } of rows) if (rawKey !== null) await storage.remove(rawKey);
}

const described = (mail: ArrivedMail): Omit<NewMail, 'accountId' | 'bytes' | 'rawKey' | 'remote'> => ({
  receiver: mail.receiver,
  receiverRef: mail.ref,
  envelopeFrom: mail.mailFrom?.slice(0, 320).toLowerCase() ?? null,
  helo: mail.helo?.slice(0, 255) ?? null,
  clientAddress: mail.clientAddress,
  spfResult: mail.spfResult,
});

type Kept = Pick<NewMail, 'accountId' | 'rawKey' | 'bytes' | 'remote'> & { tooLarge: boolean };

/** A copy for each account: each is purged by itself. */
async function store(
  deps: TakeMailDeps,
  accounts: number[],
  content: Extract<ArrivedMail['content'], { kind: 'STREAM' }>,
): Promise<Kept[]> {
  const { storage } = deps;
  const tooLarge = (): Kept[] =>
    accounts.map((accountId) => ({ accountId, rawKey: null, bytes: null, remote: null, tooLarge: true }));
  const first = rawKeyAt(deps.now());
  const pieces = content.stream[Symbol.asyncIterator]();
  let bytes: number;
  try {
    const whole = Readable.from(each(pieces), { objectMode: false });
    bytes = await storage.write(first, whole, MAIL_IN_LIMITS.mailBytes);
  } catch (error) {
    if (!(error instanceof StorageLimitExceeded)) throw error;
    await drain(pieces);
    return tooLarge();
  }
  if (content.tooLarge()) {
    await storage.remove(first);
    return tooLarge();
  }
  const kept: Kept[] = [];
  for (const [index, accountId] of accounts.entries()) {
    const rawKey = index === 0 ? first : rawKeyAt(deps.now());
    if (index > 0) await storage.write(rawKey, await storage.read(first), MAIL_IN_LIMITS.mailBytes);
    kept.push({ accountId, rawKey, bytes, remote: null, tooLarge: false });
  }
  return kept;
}

/** Where a mail that came now is kept. */
export const rawKeyAt = (now: Date): string => `mails/${now.toISOString().slice(0, 10)}/${randomUUID()}.eml`;

/**
 * Hands a stream on piece by piece. Storage stops reading at the limit, and whoever stops reading a stream usually
 * destroys it; this one must live on, so that the line can be answered after the rest of the mail has come.
 */
async function* each(pieces: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value;
}

/** Only once all of a mail has been read does the other side wait for our word. */
async function drain(pieces: AsyncIterator<Buffer>): Promise<void> {
  let next = await pieces.next();
  while (!next.done) next = await pieces.next();
}
