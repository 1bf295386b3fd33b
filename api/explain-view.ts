/** An explanation in words: for each rule the facts it was asked with, and a sentence for a person. */
import type { KnownOf, PersonKnown } from '../db/queries/explain.ts';
import type { RecordAt, RequestAt } from '../db/queries/explain-request.ts';
import type { ExplainedRule, ExplainedRuleName } from '../domain/explain.ts';
import { judgeFrequency } from '../domain/frequency.ts';
import { admit, type Load, type PaceLimit } from '../domain/pacing.ts';
import type { RequestPolicy } from '../domain/policy.ts';
import { blockedCategories } from '../domain/register.ts';
import { type AttemptFacts, frequencyLimitsOf, type Loads } from '../domain/turn.ts';
import { judgeHours, type RuleJudgement, zonesOf } from '../domain/window.ts';

export interface Told {
  /** Of the moment asked about, or of the present where the books do not reach back. */
  known: KnownOf;
  facts: Record<string, unknown>;
  why: string;
}

export interface Telling {
  facts: AttemptFacts;
  person: PersonKnown;
  request: RequestAt | undefined;
  record: RecordAt | undefined;
  loads: Loads | undefined;
  registerName: string;
  /** Unix ms. */
  at: number;
  past: boolean;
  /** A message from inside a call, and not a call. */
  isMessage: boolean;
}

type Teller = (telling: Telling, rule: ExplainedRule) => Told;

const of = (known: KnownOf, facts: Record<string, unknown>, why: string): Told => ({ known, facts, why });
const date = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const NO_REQUEST = 'no request was named';
const NOT_FOR_MESSAGES = 'a message from inside a call is not held to it';

const STOPPED: Record<NonNullable<RequestAt['stopped']>, string> = {
  NOT_CREATED: 'the request did not exist yet',
  PAUSED: 'the request was paused',
  CANCELLED: 'the request was cancelled',
  ENDED: 'the request had ended',
  NOT_STARTED: 'the request’s start time had not come',
  PAST_END: 'the request’s end time had passed',
};

const hoursOf = ({ from, to }: RuleJudgement): string =>
  from === null || to === null ? 'no hours' : `${from} to ${to}`;

const TELLERS: Record<ExplainedRuleName, Teller> = {
  LEDGER: ({ record }) => {
    if (!record) return of('THEN', {}, NO_REQUEST);
    const { attempts, inProgress } = record;
    return of(
      'THEN',
      { attempts, inProgress },
      inProgress ? 'an attempt was in progress' : `${attempts} attempts had been begun, none in progress`,
    );
  },
  RECORD: ({ record, past }) => {
    if (!record) return of('THEN', {}, NO_REQUEST);
    const { row, result, detail, outcome, dueAt, ended } = record;
    const why =
      result !== 'ACCEPTED'
        ? `row ${row} was turned away: ${result}`
        : ended
          ? `row ${row} had ended: ${outcome}`
          : `row ${row} had not ended`;
    // A row that had ended has not changed since; of another the present is told.
    const known = past && result === 'ACCEPTED' && !ended ? 'NOW' : 'THEN';
    return of(known, { row, result, detail, outcome, dueAt }, why);
  },
  REQUEST: ({ request }) => {
    if (!request) return of('THEN', {}, NO_REQUEST);
    const { status, startAt, endAt, policyVersion, stopped } = request;
    return of(
      'THEN',
      { statusNow: status, startAt, endAt, policyVersion, stopped },
      stopped === null ? 'the request took attempts' : STOPPED[stopped],
    );
  },
  DUE: ({ record, past }, { answer }) => {
    if (!record) return of('THEN', {}, NO_REQUEST);
    const { row, dueAt } = record;
    const why =
      answer === 'LATER'
        ? `row ${row} is not due before ${dueAt?.toISOString()}`
        : answer === 'PASS'
          ? `row ${row} was due`
          : past
            ? 'when the row was due at a past moment is not kept'
            : NOT_FOR_MESSAGES;
    return of(past ? 'NOW' : 'THEN', { dueAt }, why);
  },
  HOURS: ({ facts, at, past, isMessage }) => {
    if (isMessage) return of('THEN', {}, NOT_FOR_MESSAGES);
    const judged = judgeHours(facts.policy, facts, at);
    const shut = judged.rules.find(({ open }) => !open);
    const calendars = facts.policy.holidayCalendars;
    return of(
      // The dates of calendars are read as they are at present.
      past && calendars.length > 0 ? 'NOW' : 'THEN',
      {
        zones: judged.zones,
        zoneFrom: judged.zoneSource,
        rules: judged.rules.map(({ id, basis, zone, from, to, open }) => ({
          id,
          basis,
          zone,
          from,
          to,
          open,
        })),
        holidayCalendars: calendars,
        opensAt: date(judged.opensAt),
        closesAt: date(judged.closesAt),
      },
      shut
        ? `closed by ${shut.id} (${shut.basis}): ${hoursOf(shut)} in ${shut.zone}`
        : `open in ${judged.zones.slice(0, 3).join(', ')}`,
    );
  },
  BLACKLIST: ({ person: { blacklist } }) => {
    const { entry, listed, known } = blacklist;
    const reason = entry?.reason ? `: ${entry.reason}` : '';
    const why = listed
      ? `on the blacklist${reason}`
      : entry
        ? 'the entry of the blacklist did not count at that moment'
        : known === 'NOW'
          ? 'not on the blacklist now; entries that were removed since are not known'
          : 'not on the blacklist';
    return of(known, { listed, ...(entry && { entry }) }, why);
  },
  TRIAL: ({ facts, person: { whitelist } }, { answer }) => {
    const { known, whitelisted, verifiedAt } = whitelist;
    const why =
      answer === 'NOT_APPLICABLE'
        ? 'the request is no trial'
        : `a trial calls whitelisted numbers alone, and this one is ${whitelisted ? '' : 'not '}whitelisted`;
    return of(known, { trial: facts.policy.whitelistedOnly ?? false, whitelisted, verifiedAt }, why);
  },
  REGISTER: ({ facts, person, registerName }, { answer, turn }) => {
    const { known, version, versionThen, entries, answer: kept } = person.register;
    const told = {
      provider: registerName,
      version: known === 'THEN' ? versionThen : version,
      versionThen,
      category: facts.policy.category,
      whitelisted: facts.whitelisted,
      entries: entries.map((entry) => ({ blocked: blockedCategories(entry), ...entry })),
      ...(kept && { answeredAt: kept.answeredAt, failed: kept.failed }),
    };
    const exempt =
      facts.medium === 'email'
        ? 'mail addresses are on no register'
        : facts.policy.promotional
          ? 'a whitelisted number is never scrubbed'
          : 'the traffic is transactional';
    const words = {
      NOT_APPLICABLE: exempt,
      PASS: entries.length === 0 ? 'not on the register' : 'on the register, but not for this category',
      BLOCK: `on the register${facts.policy.category === null ? '' : `, for ${facts.policy.category}`}`,
      LATER:
        turn?.kind === 'UNASKED'
          ? 'the register outside would be asked first'
          : 'outside the hours or days the person prefers',
    };
    return of(known, told, words[answer]);
  },
  FREQUENCY: ({ facts, at }, { answer, turn }) => {
    const limits = frequencyLimitsOf(facts);
    if (!limits) {
      const why = facts.policy.frequencyExempt
        ? 'the flow is exempt'
        : facts.whitelisted
          ? 'whitelisted numbers have no limit'
          : 'neither account nor flow limits it';
      return of('THEN', { perDay: null, gapMs: null }, why);
    }
    const zones = zonesOf(facts.policy, facts);
    const { today, lastAt } = judgeFrequency(limits, facts.frequency?.contacts ?? [], zones, at);
    const nextAt = turn?.kind === 'LATER' ? date(turn.at) : null;
    return of(
      'THEN',
      { ...limits, today, lastAt: date(lastAt), nextAt },
      answer === 'PASS'
        ? `${today} contacts that day before it`
        : limits.perDay !== null && today >= limits.perDay
          ? `${today} contacts that day: the limit is ${limits.perDay}`
          : `contacted too short a time before: the gap is ${Math.round((limits.gapMs ?? 0) / 60_000)} minutes`,
    );
  },
  ROOM: ({ loads, isMessage, facts, at }, { turn }) => {
    if (isMessage) return of('THEN', {}, NOT_FOR_MESSAGES);
    if (!loads) return of('NOW', {}, 'room and pace are known of the present moment alone');
    const { flow, account, accountLimit, lines } = loads;
    const { concurrency, callsPerSecond } = facts.policy;
    const told = {
      flowCalls: flow.inProgress,
      flowMaxCalls: concurrency,
      flowCallsPerSecond: callsPerSecond,
      accountCalls: account.inProgress,
      accountMaxCalls: accountLimit.maxInProgress,
      accountCallsPerSecond: accountLimit.perSecond,
      lines: lines.map(({ name, load, state }) => ({
        name: name === '' ? 'default' : name,
        calls: load.inProgress,
        ...state,
      })),
    };
    if (turn?.kind === 'AWAY') return of('NOW', told, `no line can take calls: ${turn.why}`);
    if (turn?.kind !== 'WAIT') return of('NOW', told, 'there is room');
    const limits = reachedLimits(loads, facts.policy, at);
    const retryAt = turn.retryAfterMs > 0 ? date(at + turn.retryAfterMs) : null;
    return of(
      'NOW',
      { ...told, limits, retryAt },
      `reached: ${limits.join('; ')}: ${retryAt === null ? 'until a call ends' : `not before ${retryAt}`}`,
    );
  },
};

/** The limits that leave no room for one more call, for a person. */
function reachedLimits(loads: Loads, policy: RequestPolicy, at: number): string[] {
  const { flow, account, accountLimit, lines } = loads;
  const flowLimit = { maxInProgress: policy.concurrency, perSecond: policy.callsPerSecond };
  const ofLines = lines
    .filter(({ name, state }) => state.up && (policy.trunk === null || name === policy.trunk))
    .map(({ name, limit, load }) => limitReached(`the trunk ${name}`, limit, load, at));
  return [
    limitReached('the flow', flowLimit, flow, at),
    limitReached('the account', accountLimit, account, at),
    // One line with room is enough.
    ...(ofLines.includes(null) ? [] : ofLines),
  ].filter((one) => one !== null);
}

function limitReached(whose: string, limit: PaceLimit, load: Load, at: number): string | null {
  if (load.inProgress >= limit.maxInProgress) return `${whose}’s ${limit.maxInProgress} calls at once`;
  return admit(limit, load, 1, at) > 0 ? null : `${whose}’s ${limit.perSecond} calls a second`;
}

/** What a rule saw, and its answer in a sentence. */
export const tell = (telling: Telling, rule: ExplainedRule): Told => TELLERS[rule.rule](telling, rule);
