/**
 * Whether a waiting attempt may begin now, and by which line: the rules of the last moment, in the order in
 * which they count. Pure, so that every case can be tried without a database.
 */
import { admit, type Load, type PaceLimit, withOneMore } from './pacing.ts';
import type { RequestPolicy } from './policy.ts';
import { judgeRegister, type RegisterEntry, type Ruling } from './register.ts';
import { type ChosenLine, chooseLine, type LineChoice } from './trunk.ts';
import { isOpen, zonesOf } from './window.ts';

/** `NOT_WHITELISTED`: the request is a trial, and the number has left the whitelist since it was accepted. */
export type BlockingRule = 'BLACKLISTED' | 'NOT_WHITELISTED' | 'DO_NOT_CALL';

/** What is known of an attempt and its person at the last moment. */
export interface AttemptFacts {
  /** The ledger has this attempt. */
  known: boolean;
  /** The record has not ended, and this attempt is its next. */
  current: boolean;
  /** The request is paused, cancelled, ended or past its end time. */
  stopped: boolean;
  region: string | null;
  blacklisted: boolean;
  /** Verified numbers of the account's own. */
  whitelisted: boolean;
  /** What the do-not-call registers say of the number. */
  entries: readonly RegisterEntry[];
  /** A register outside has not been asked about the number yet, or too long ago. */
  unasked: boolean;
  policy: RequestPolicy;
}

/** Everything whose limits a call counts against. */
export interface Loads {
  flow: Load;
  account: Load;
  accountLimit: PaceLimit;
  /** Enabled trunks of the account, or the platform's default line alone. */
  lines: LineChoice[];
}

export type Turn =
  | { kind: 'EXISTS' }
  | { kind: 'GONE' }
  | { kind: 'STOPPED' }
  | { kind: 'CLOSED' }
  | { kind: 'BLOCKED'; rule: BlockingRule }
  /** The register must be asked first. */
  | { kind: 'UNASKED' }
  /** Outside the hours or days the person prefers: not before `at`, Unix ms. */
  | { kind: 'LATER'; at: number }
  /** A limit is reached; 0 when it is not the clock that says when there will be room. */
  | { kind: 'WAIT'; retryAfterMs: number }
  | Extract<ChosenLine, { kind: 'AWAY' }>
  /** It may begin. `loads` count it already. */
  | { kind: 'GO'; choice: LineChoice; loads: Loads };

/** @param now Unix ms */
export function decideTurn(facts: AttemptFacts, loads: Loads, now: number): Turn {
  if (facts.known) return { kind: 'EXISTS' };
  if (!facts.current) return { kind: 'GONE' };
  if (facts.stopped) return { kind: 'STOPPED' };
  if (!isOpen(facts.policy, facts.region, now)) return { kind: 'CLOSED' };
  if (facts.blacklisted) return { kind: 'BLOCKED', rule: 'BLACKLISTED' };
  if (facts.unasked && isScrubbed(facts)) return { kind: 'UNASKED' };
  if (facts.policy.whitelistedOnly && !facts.whitelisted) return { kind: 'BLOCKED', rule: 'NOT_WHITELISTED' };
  const ruling = registerRuling(facts, now);
  if (ruling.kind === 'BLOCKED') return { kind: 'BLOCKED', rule: 'DO_NOT_CALL' };
  if (ruling.kind === 'LATER') return ruling;
  return findRoom(facts.policy, loads, now);
}

/** A whitelisted number is exempt from the register, not from the blacklist. */
const isScrubbed = ({ policy, whitelisted }: AttemptFacts): boolean => policy.promotional && !whitelisted;

function registerRuling(facts: AttemptFacts, now: number): Ruling {
  const { policy, entries, region } = facts;
  if (!isScrubbed(facts) || entries.length === 0) return { kind: 'ALLOWED' };
  return judgeRegister(entries, policy.category, zonesOf(policy, region), now);
}

/** A call needs room and pace of its flow, of the account, and of one line. */
function findRoom(policy: RequestPolicy, loads: Loads, now: number): Turn {
  const flowLimit: PaceLimit = { maxInProgress: policy.concurrency, perSecond: policy.callsPerSecond };
  const { flow, account, accountLimit, lines } = loads;
  const line = chooseLine(lines, policy.trunk, now);
  if (line.kind === 'AWAY') return line;
  const room = admit(flowLimit, flow, 1, now) * admit(accountLimit, account, 1, now);
  if (room === 0 || line.kind === 'FULL') {
    const lineWaitMs = line.kind === 'FULL' ? line.retryAfterMs : 0;
    return { kind: 'WAIT', retryAfterMs: Math.max(0, flow.nextAt - now, account.nextAt - now, lineWaitMs) };
  }
  const { choice } = line;
  return {
    kind: 'GO',
    choice,
    loads: {
      accountLimit,
      flow: withOneMore(flowLimit, flow, now),
      account: withOneMore(accountLimit, account, now),
      lines: lines.map((one) =>
        one === choice ? { ...one, load: withOneMore(one.limit, one.load, now) } : one,
      ),
    },
  };
}

/** Caller ids are taken in turn, the same one for the same attempt. A flow's own go before those of the trunk. */
export function callerIdFor(
  policy: Pick<RequestPolicy, 'callerIds'>,
  choice: Pick<LineChoice, 'callerIds'>,
  attempt: { row: number; attemptNo: number },
): string | undefined {
  const ids = policy.callerIds.length > 0 ? policy.callerIds : choice.callerIds;
  return ids[(attempt.row + attempt.attemptNo) % Math.max(1, ids.length)];
}
