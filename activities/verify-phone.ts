/**
 * Sends the one-time codes that prove whitelisted numbers: by SMS, or by a call that speaks the code twice. No workflow:
 * each code stands for itself and nothing waits for it. The code is drawn here and is written down nowhere; the ledger
 * and the code's hash are committed before a provider hears of it.
 *
 * `kill -9` before the reservation commits: nothing happened, the next worker draws another code. After it: the message
 * is never sent again, nor the call placed again; when its lease is over, a call is settled by what the trunk knows, a
 * message as `UNKNOWN`. Whoever got the code can still enter it; whoever did not asks for another.
 */
import { randomInt } from 'node:crypto';
import type { Database } from '../db/client.ts';
import { hashCode } from '../db/code-hash.ts';
import type { Settlement } from '../db/queries/settle-attempts.ts';
import {
  type CodeMedium,
  dueCodes,
  type ReservedCode,
  reserveCode,
  type StrandedCode,
  settleCode,
  takeStrandedCodes,
} from '../db/queries/whitelist-codes.ts';
import { CODE_RULES, codeText, spokenCode } from '../domain/one-time-code.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Logger } from '../log.ts';
import type { SmsProvider } from '../providers/sms/provider.ts';
import { CannotSpeak, TrunkUnavailable, type VoiceTrunk } from '../providers/voice/trunk.ts';
import type { Lines } from './lines.ts';

const RING_MS = 40_000;
const CALL_MS = 90_000;
/** Between reserving and ringing a worker may be held up so long; see `place-call.ts` for the rule. */
const PLACE_WITHIN_MS = 5_000;
/** Longer than anything below may take: only a dead worker lets it pass. */
const LEASE_MS = 3 * 60_000;
const SMS_DEADLINE_MS = 60_000;
/** Codes under way at once in one process. */
const AT_ONCE = 20;

export interface VerifyPhoneDeps {
  db: Database;
  sms: SmsProvider;
  trunk: VoiceTrunk;
  lines: Pick<Lines, 'state'>;
  settle(settlement: Settlement): Promise<void>;
  /** Told of codes that simulated people have got, who cannot read them out to anybody. */
  show?: ((code: { number: string; by: CodeMedium; code: string }) => Promise<void>) | undefined;
  now(): Date;
  log: Pick<Logger, 'info' | 'warn'>;
}

interface Ending {
  outcome: Outcome;
  cause: string;
  providerRef?: string;
  answeredAt?: Date | undefined;
}

export interface PhoneVerifier {
  /** Begins what is due by its media, and what dead workers left. Resolves when it is in hand. @returns how much that is */
  look(): Promise<number>;
  /** Resolves when everything in hand has been settled, or left to another look. */
  idle(): Promise<void>;
}

/** @param media what this worker's queues send */
export function createPhoneVerifier(deps: VerifyPhoneDeps, media: readonly CodeMedium[]): PhoneVerifier {
  const { db, now, log } = deps;
  const inHand = new Map<number, Promise<void>>();
  const begin = (codeId: number, work: () => Promise<void>): void => {
    if (inHand.has(codeId)) return;
    const working = work()
      .catch((error) => log.warn({ codeId, err: error }, 'a code was not settled; another look will'))
      .finally(() => inHand.delete(codeId));
    inHand.set(codeId, working);
  };
  return {
    look: async () => {
      const limit = AT_ONCE - inHand.size;
      if (limit <= 0) return inHand.size;
      for (const codeId of await dueCodes(db, { media, now: now(), limit })) {
        begin(codeId, () => send(deps, codeId));
      }
      for (const code of await takeStrandedCodes(db, { media, now: now(), leaseMs: LEASE_MS, limit })) {
        begin(code.codeId, () => findOut(deps, code));
      }
      return inHand.size;
    },
    idle: async () => {
      await Promise.all(inHand.values());
    },
  };
}

/** A uniformly drawn code: `randomInt` has no modulo bias. */
const drawCode = (): string => String(randomInt(10 ** CODE_RULES.digits)).padStart(CODE_RULES.digits, '0');

async function send(deps: VerifyPhoneDeps, codeId: number): Promise<void> {
  const { db, now, sms, trunk, lines } = deps;
  const code = drawCode();
  const reserved = await reserveCode(db, {
    codeId,
    codeHash: await hashCode(code),
    provider: { sms: sms.name, call: trunk.name },
    lineState: (line) => lines.state(line),
    leaseMs: LEASE_MS,
    now: now(),
  });
  if (!reserved) return;
  const ending = await (reserved.by === 'sms' ? text(deps, reserved, code) : call(deps, reserved, code));
  const arrived =
    ending.outcome === 'DELIVERED' || ending.outcome === 'ANSWERED' || ending.outcome === 'SENT';
  if (arrived) await deps.show?.({ number: reserved.number, by: reserved.by, code });
  await settle(deps, reserved, ending);
}

async function text(deps: VerifyPhoneDeps, reserved: ReservedCode, code: string): Promise<Ending> {
  const { attemptId, number: to, priorAttempts } = reserved;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      deps.sms.send({ attemptId, to, sender: undefined, text: codeText(code), priorAttempts }),
      new Promise<never>((_, reject) => {
        const late = new Error(`no answer within ${SMS_DEADLINE_MS} ms`);
        timer = setTimeout(() => reject(late), SMS_DEADLINE_MS);
      }),
    ]);
  } catch (error) {
    return { outcome: 'UNKNOWN', cause: causeOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** Never into an answering machine: whoever hears it later need not be who answers there now. */
async function call(deps: VerifyPhoneDeps, reserved: ReservedCode, code: string): Promise<Ending> {
  const { attemptId, number: to, callerId, line, priorAttempts } = reserved;
  const words = [{ kind: 'TEXT' as const, text: spokenCode(code), language: 'en-IN' }];
  try {
    const placed = await deps.trunk.place({
      attemptId,
      to,
      callerId,
      ringTimeoutMs: RING_MS,
      maxCallMs: CALL_MS,
      detectMachine: true,
      awaitGreetingEnd: false,
      line,
      opening: words,
      ringBefore: new Date(reserved.reservedAt.getTime() + PLACE_WITHIN_MS),
      priorAttempts,
    });
    const progress = await placed.answered();
    if (progress.kind === 'ENDED') return progress.ending;
    const machine = progress.by === 'MACHINE';
    if (!machine) await placed.say(words);
    await placed.hangUp();
    const ended = await placed.ended();
    return machine ? { ...ended, outcome: 'MACHINE', cause: 'an answering machine took the call' } : ended;
  } catch (error) {
    // Nobody was rung, and nobody will be: this code has ended.
    if (error instanceof TrunkUnavailable || error instanceof CannotSpeak) {
      return { outcome: 'FAILED', cause: causeOf(error) };
    }
    return learn(deps, attemptId, reserved.reservedAt);
  }
}

/** What became of a call that nobody carries any more. What it was to say is gone with its worker: it is ended. */
async function learn({ trunk }: VerifyPhoneDeps, attemptId: string, since?: Date): Promise<Ending> {
  const found = await trunk.reconcile(attemptId, since);
  switch (found.kind) {
    case 'ENDED':
      return found.ending;
    case 'NEVER_PLACED':
      return { outcome: 'FAILED', cause: 'the call was never placed' };
    case 'LIVE':
      await found.call.hangUp();
      return found.call.ended();
    case 'UNKNOWN':
      return { outcome: 'UNKNOWN', cause: found.why };
  }
}

async function findOut(deps: VerifyPhoneDeps, code: StrandedCode): Promise<void> {
  if (code.outcome !== null) {
    return settleCode(deps.db, { codeId: code.codeId, outcome: code.outcome, cause: code.cause ?? '' });
  }
  const ending: Ending =
    code.by === 'call'
      ? await learn(deps, code.attemptId)
      : { outcome: 'UNKNOWN', cause: 'the worker stopped before the provider had answered' };
  await settle(deps, code, ending);
}

/** The ledger first: a process that dies in between leaves the rest to the next look. */
async function settle(
  deps: VerifyPhoneDeps,
  code: Pick<ReservedCode, 'codeId' | 'attemptId' | 'accountId' | 'by'>,
  ending: Ending,
): Promise<void> {
  const { codeId, attemptId, accountId } = code;
  const { outcome, cause, providerRef, answeredAt } = ending;
  await deps.settle({
    accountId,
    attemptId,
    outcome,
    cause,
    settledAt: deps.now(),
    ...(providerRef !== undefined && { providerRef }),
    ...(answeredAt && { answeredAt }),
  });
  await settleCode(deps.db, { codeId, outcome, cause });
  deps.log.info({ codeId, accountId, attemptId, by: code.by, outcome }, 'a code to prove a number');
}

const causeOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, 500);
