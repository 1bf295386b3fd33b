/**
 * Whether a waiting attempt may begin now, and by which line: the rules of the last moment, one list in the order in
 * which they count. The same list decides and explains, so that no explanation can differ from what was done. Pure,
 * so that every case can be tried without a database.
 */
import { type FrequencyLimits, hasLimits, judgeFrequency, NO_LIMITS, tightest } from './frequency.ts';
import type { Medium } from './outcome.ts';
import { admit, type Load, type PaceLimit, withOneMore } from './pacing.ts';
import type { RequestPolicy } from './policy.ts';
import { judgeRegister, type RegisterEntry } from './register.ts';
import { type ChosenLine, chooseLine, type LineChoice } from './trunk.ts';
import { isOpen, type LiveHours, type Person, zonesOf } from './window.ts';

/**
 * `NOT_WHITELISTED`: the request is a trial, and the number has left the whitelist since it was accepted.
 * `FREQUENCY`: what is done from inside a call cannot be put off until it may be done.
 */
export type BlockingRule = 'BLACKLISTED' | 'NOT_WHITELISTED' | 'DO_NOT_CALL' | 'FREQUENCY';

/** The part of a policy that says who may be contacted. */
export type PersonPolicy = Pick<
  RequestPolicy,
  'promotional' | 'category' | 'timeZone' | 'homeRegion' | 'whitelistedOnly' | 'frequency' | 'frequencyExempt'
> &
  Partial<Pick<RequestPolicy, 'zonesBy'>>;

/** How often the person was contacted, by this medium. */
export interface FrequencyFacts {
  /** The account's own limits. */
  account: FrequencyLimits;
  /** As `judgeFrequency` wants them. */
  contacts: readonly number[];
}

/** What is known of a person at the last moment; of where they are, too. */
export interface PersonFacts extends Person {
  /** Absent: voice. */
  medium?: Medium;
  blacklisted: boolean;
  /** Verified numbers of the account's own. */
  whitelisted: boolean;
  /** What the do-not-call registers say of the number. */
  entries: readonly RegisterEntry[];
  /** A register outside has not been asked about the number yet, or too long ago. */
  unasked: boolean;
  /** Absent where nobody counts. */
  frequency?: FrequencyFacts | undefined;
  policy: PersonPolicy;
}

/** What is known of an attempt and its person at the last moment. */
export interface AttemptFacts extends PersonFacts {
  /** The ledger has this attempt. */
  known: boolean;
  /** The record has not ended, and this attempt is its next. */
  current: boolean;
  /** The request is paused, cancelled, ended or past its end time. */
  stopped: boolean;
  policy: RequestPolicy & { live?: LiveHours | undefined };
}

/** Everything whose limits a call counts against. */
export interface Loads {
  flow: Load;
  account: Load;
  accountLimit: PaceLimit;
  /** Enabled trunks of the account, or the platform's default line alone. */
  lines: LineChoice[];
}

/** Why a person is reached at another time: the rule that says so. */
export type PuttingOff = 'REGISTER_HOURS' | 'FREQUENCY';

export type Turn =
  | { kind: 'EXISTS' }
  | { kind: 'GONE' }
  | { kind: 'STOPPED' }
  | { kind: 'CLOSED' }
  | { kind: 'BLOCKED'; rule: BlockingRule }
  /** The register must be asked first. */
  | { kind: 'UNASKED' }
  /** Outside the hours or days the person prefers, or contacted too often: not before `at`, Unix ms. */
  | { kind: 'LATER'; at: number; rule: PuttingOff }
  /** A limit is reached; 0 when it is not the clock that says when there will be room. */
  | { kind: 'WAIT'; retryAfterMs: number }
  | Extract<ChosenLine, { kind: 'AWAY' }>
  /** It may begin. `loads` count it already. */
  | { kind: 'GO'; choice: LineChoice; loads: Loads };

/** What a rule says: `turn` where it is not for the next rule to decide. */
export interface Verdict {
  answer: 'PASS' | 'BLOCK' | 'LATER' | 'NOT_APPLICABLE';
  turn?: Turn;
}

const PASS: Verdict = { answer: 'PASS' };
const NOT_APPLICABLE: Verdict = { answer: 'NOT_APPLICABLE' };
const block = (turn: Turn): Verdict => ({ answer: 'BLOCK', turn });
const later = (turn: Turn): Verdict => ({ answer: 'LATER', turn });

/** The rules about a person, whatever reaches them and from wherever. */
const PERSON_RULES = {
  BLACKLIST: ({ blacklisted }: PersonFacts) =>
    blacklisted ? block({ kind: 'BLOCKED', rule: 'BLACKLISTED' }) : PASS,
  TRIAL: ({ medium, policy, whitelisted }: PersonFacts) => {
    if (!policy.whitelistedOnly || medium === 'email') return NOT_APPLICABLE;
    return whitelisted ? PASS : block({ kind: 'BLOCKED', rule: 'NOT_WHITELISTED' });
  },
  REGISTER: (facts: PersonFacts, now: number) => {
    if (!isScrubbed(facts)) return NOT_APPLICABLE;
    if (facts.unasked) return later({ kind: 'UNASKED' });
    const { policy, entries } = facts;
    if (entries.length === 0) return PASS;
    const ruling = judgeRegister(entries, policy.category, zonesOf(policy, facts), now);
    if (ruling.kind === 'BLOCKED') return block({ kind: 'BLOCKED', rule: 'DO_NOT_CALL' });
    return ruling.kind === 'LATER' ? later({ ...ruling, rule: 'REGISTER_HOURS' }) : PASS;
  },
  FREQUENCY: (facts: PersonFacts, now: number) => {
    const limits = frequencyLimitsOf(facts);
    if (!limits) return NOT_APPLICABLE;
    const zones = zonesOf(facts.policy, facts);
    const { nextAt } = judgeFrequency(limits, facts.frequency?.contacts ?? [], zones, now);
    return nextAt === null ? PASS : later({ kind: 'LATER', at: nextAt, rule: 'FREQUENCY' });
  },
} satisfies Record<string, (facts: PersonFacts, now: number) => Verdict>;

/** The rules of a campaign's attempt before and after those about the person. */
const RULES = {
  LEDGER: ({ known }: AttemptFacts) => (known ? block({ kind: 'EXISTS' }) : PASS),
  RECORD: ({ current }: AttemptFacts) => (current ? PASS : block({ kind: 'GONE' })),
  REQUEST: ({ stopped }: AttemptFacts) => (stopped ? block({ kind: 'STOPPED' }) : PASS),
  HOURS: (facts: AttemptFacts, now: number) =>
    isOpen(facts.policy, facts, now) ? PASS : later({ kind: 'CLOSED' }),
  ...PERSON_RULES,
} satisfies Record<string, (facts: AttemptFacts, now: number) => Verdict>;

/** `ROOM`, the last, is a limit's or a line's: room and pace of the flow, of the account and of one line. */
export type RuleName = keyof typeof RULES | 'ROOM';
type PersonRuleName = keyof typeof PERSON_RULES;

/** The order in which they count; the first that does not pass decides. */
export const RULE_NAMES = [...(Object.keys(RULES) as (keyof typeof RULES)[]), 'ROOM'] as const;
export const PERSON_RULE_NAMES = Object.keys(PERSON_RULES) as PersonRuleName[];

/** What one rule says, whatever those before it say. @param now Unix ms */
export function judge(rule: RuleName, facts: AttemptFacts, loads: Loads, now: number): Verdict {
  if (rule !== 'ROOM') return RULES[rule](facts, now);
  const turn = findRoom(facts.policy, loads, now);
  return turn.kind === 'GO' ? { answer: 'PASS', turn } : later(turn);
}

/** What one rule about the person says. @param now Unix ms */
export const judgePerson = (rule: PersonRuleName, facts: PersonFacts, now: number): Verdict =>
  PERSON_RULES[rule](facts, now);

/** @param now Unix ms */
export function decideTurn(facts: AttemptFacts, loads: Loads, now: number): Turn {
  for (const rule of RULE_NAMES) {
    const { turn } = judge(rule, facts, loads, now);
    if (turn) return turn;
  }
  throw new Error('the last rule decides always');
}

export type StepTurn = { kind: 'GO' } | { kind: 'BLOCKED'; rule: BlockingRule } | { kind: 'UNASKED' };

/** The rule that a hindrance is known by, where the thing is done now or not at all. */
const BLOCKED_BY: Record<PuttingOff, BlockingRule> = {
  REGISTER_HOURS: 'DO_NOT_CALL',
  FREQUENCY: 'FREQUENCY',
};

/**
 * Whether a person may be texted, mailed or connected from inside a call: now or not at all, so another hour is a no.
 * @param now Unix ms
 */
export function decideStep(facts: PersonFacts, now: number): StepTurn {
  for (const rule of PERSON_RULE_NAMES) {
    const { turn } = judgePerson(rule, facts, now);
    if (turn?.kind === 'BLOCKED' || turn?.kind === 'UNASKED') return turn;
    if (turn?.kind === 'LATER') return { kind: 'BLOCKED', rule: BLOCKED_BY[turn.rule] };
  }
  return { kind: 'GO' };
}

/** A whitelisted number is exempt from the register, not from the blacklist. Mail addresses are on no register. */
const isScrubbed = ({ medium, policy, whitelisted }: PersonFacts): boolean =>
  policy.promotional && !whitelisted && medium !== 'email';

/**
 * The limits that hold for a contact; undefined where none do. Those of the account's own whitelisted numbers do
 * not: flows are tried on them.
 */
export function frequencyLimitsOf({
  frequency,
  policy,
  whitelisted,
}: Pick<PersonFacts, 'frequency' | 'policy' | 'whitelisted'>): FrequencyLimits | undefined {
  if (policy.frequencyExempt || whitelisted) return undefined;
  const limits = tightest(frequency?.account ?? NO_LIMITS, policy.frequency);
  return hasLimits(limits) ? limits : undefined;
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
