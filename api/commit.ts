/**
 * One change, one transaction: the idempotency key, the work, the audit entry and the stored reply commit
 * together or not at all. A process killed at any moment has therefore either answered for good or done
 * nothing, and the same call sent again finds out which.
 */
import { createHash } from 'node:crypto';
import { type Database, inTransaction } from '../db/client.ts';
import { writeAudit } from '../db/queries/audit.ts';
import { type StoredReply, storeReply, takeIdempotencyKey } from '../db/queries/idempotency.ts';
import type { Caller, Deps } from './context.ts';
import { ApiError } from './errors.ts';

/** What the work of a change is given besides its input. */
export interface Change {
  /** The transaction. */
  db: Database;
  /** Writes an entry of the audit log: `request.pause`, `request/12`. */
  audit(action: string, subject: string, detail?: Record<string, unknown>): Promise<void>;
  /** After the commit, has the request's workflow told. A failure is logged; the outbox row remains. */
  notify(requestId: number): void;
}

export interface ChangeInput {
  caller: Caller;
  status: number;
  /** Absent: not repeatable by key. */
  idempotency?: { key: string; fingerprint: string } | undefined;
  /** What to keep of the reply, where the reply holds a secret that is shown once. */
  kept?: ((value: unknown) => unknown) | undefined;
}

export interface Committed {
  status: number;
  /** JSON text; null for a reply without content. */
  body: string | null;
  replayed: boolean;
}

/** The `Idempotency-Key` of a call. Printable ASCII, at most 255 characters. */
export function idempotencyKeyOf(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  if (/^[\x20-\x7e]{1,255}$/.test(header) && header.trim() !== '') return header;
  const message = 'must be 1 to 255 printable ASCII characters';
  throw new ApiError('INVALID_INPUT', `Idempotency-Key ${message}.`, [{ field: 'Idempotency-Key', message }]);
}

/** SHA-256 over parts that together say what was asked for. Lengths keep two parts from running into one. */
export function fingerprintOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
}

function replay(stored: StoredReply, fingerprint: string): Committed {
  if (stored.fingerprint !== fingerprint) {
    const message = 'was used for another request within the last 24 hours';
    throw new ApiError('IDEMPOTENCY_KEY_REUSED', `The Idempotency-Key ${message}.`, [
      { field: 'Idempotency-Key', message },
    ]);
  }
  return { status: stored.status, body: stored.body, replayed: true };
}

/**
 * Does the work and stores the reply, or finds the reply of the first time.
 * @throws ApiError IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_IN_PROGRESS, and whatever the work throws; nothing is
 *   kept then, so a call that was refused may be mended and sent again under the same key
 */
export async function commit(
  deps: Deps,
  input: ChangeInput,
  work: (change: Change) => Promise<unknown>,
): Promise<Committed> {
  const { caller, idempotency } = input;
  const accountId = caller.account?.id ?? 0;
  const told = new Set<number>();
  const committed = await inTransaction(deps.db, async (db): Promise<Committed> => {
    if (idempotency) {
      const taken = await takeIdempotencyKey(db, { accountId, key: idempotency.key });
      if (taken === 'BUSY') {
        throw new ApiError('IDEMPOTENCY_IN_PROGRESS', 'Ask again in a second.', [], { 'Retry-After': '1' });
      }
      if (taken !== 'FREE') return replay(taken, idempotency.fingerprint);
    }
    const value = await work({
      db,
      audit: (action, subject, detail) =>
        writeAudit(db, { accountId, actor: caller.actor, address: caller.address, action, subject, detail }),
      notify: (requestId) => told.add(requestId),
    });
    const text = (reply: unknown): string | null => (reply === undefined ? null : JSON.stringify(reply));
    if (idempotency) {
      const kept = text(input.kept ? input.kept(value) : value);
      await storeReply(db, { accountId, ...idempotency, status: input.status, body: kept });
    }
    return { status: input.status, body: text(value), replayed: false };
  });
  // Not waited for: the reply is true already, and a sweeper tells again what is lost here.
  for (const requestId of told) {
    Promise.resolve()
      .then(() => deps.notify(requestId))
      .catch((error: unknown) => deps.log.warn({ requestId, err: error }, 'the workflow could not be told'));
  }
  return committed;
}
