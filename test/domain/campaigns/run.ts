/** A drawn campaign as the engine runs it: by the engine's own pure functions, on a clock of its own. */
import { expect } from 'vitest';
import type { VoiceOutcome } from '../../../domain/outcome.ts';
import type { Load } from '../../../domain/pacing.ts';
import type { RequestPolicy } from '../../../domain/policy.ts';
import { nextStep } from '../../../domain/retry.ts';
import { type AttemptFacts, decideTurn, type Loads } from '../../../domain/turn.ts';
import { type LiveHours, nextOpening } from '../../../domain/window.ts';
import { testPolicy } from '../../support/campaign.ts';
import type { Campaign, Who } from './given.ts';

const DAY_MS = 24 * 3_600_000;

/** One attempt that was made. */
export interface Made {
  who: Who;
  at: number;
  endedAt: number;
  outcome: VoiceOutcome;
  attemptNo: number;
  version: number;
}

interface State {
  who: Who;
  attempts: number;
  dueAt: number;
  ended: boolean;
  busyUntil: number;
}

/** People who share a number share its lists. */
function sharing(people: Who[]): Who[] {
  const first = new Map(people.map((one) => [one.number, one]));
  return people.map((one) => ({ ...one, ...pick(first.get(one.number) ?? one) }));
}
const pick = ({ whitelisted, blacklistedAt, entries, timeZone, region }: Who) => ({
  whitelisted,
  blacklistedAt,
  entries,
  timeZone,
  region,
});

/** The campaign as the engine runs it, for at most some weeks of its own clock. */
export function run(given: Campaign): Made[] {
  const live: LiveHours = {
    promotional: [],
    calendars: [{ name: 'all', region: null, dates: given.holidays }],
  };
  const made: Made[] = [];
  const states = sharing(given.people).map(
    (one): State => ({ who: one, attempts: 0, dueAt: given.startAt, ended: false, busyUntil: 0 }),
  );
  // The flow's, as in the engine: one for each pace.
  const clocks = { flow: new Map<number, number>(), account: 0, line: 0 };
  const inForce = (at: number): { version: number; policy: RequestPolicy } => {
    const version = given.policies.findLastIndex((one) => one.at <= at);
    const found = given.policies[version]?.policy ?? testPolicy();
    const calendars = found.holidayCalendars.length > 0 ? live.calendars : [];
    return { version, policy: Object.assign({}, found, { live: { ...live, calendars } }) };
  };
  const inProgress = (at: number): number => made.filter((one) => one.endedAt > at).length;
  const load = (at: number, nextAt: number): Load => ({ inProgress: inProgress(at), nextAt });
  const horizon = given.startAt + 21 * DAY_MS;
  let looks = 0;
  for (;;) {
    const next = states.filter((one) => !one.ended).sort((a, b) => a.dueAt - b.dueAt)[0];
    if (!next || next.dueAt > horizon || looks++ > 2_000) return made;
    const at = next.dueAt + (given.delays[looks % given.delays.length] ?? 0);
    const { version, policy: now } = inForce(at);
    const contacts = made.filter((one) => one.who.number === next.who.number).map((one) => one.at);
    const facts: AttemptFacts = {
      known: false,
      current: next.busyUntil <= at,
      stopped: given.pause !== null && at >= given.pause.from && at < given.pause.to,
      region: next.who.region,
      timeZone: next.who.timeZone,
      blacklisted: next.who.blacklistedAt !== null && next.who.blacklistedAt <= at,
      whitelisted: next.who.whitelisted,
      entries: next.who.entries,
      unasked: false,
      frequency: { account: given.account, contacts },
      policy: now,
    };
    const loads: Loads = {
      flow: load(at, clocks.flow.get(now.callsPerSecond) ?? 0),
      account: load(at, clocks.account),
      accountLimit: given.accountLimit,
      lines: [
        {
          name: 'a',
          line: undefined,
          callerIds: [],
          priority: 1,
          limit: { maxInProgress: 100, perSecond: 1000 },
          load: load(at, clocks.line),
          state: { up: true },
        },
      ],
    };
    const turn = decideTurn(facts, loads, at);
    if (turn.kind === 'GO') {
      clocks.flow.set(now.callsPerSecond, turn.loads.flow.nextAt);
      clocks.account = turn.loads.account.nextAt;
      clocks.line = turn.loads.lines[0]?.load.nextAt ?? 0;
      const outcome = next.who.fate[next.attempts] ?? 'ANSWERED';
      const endedAt = at + 40_000;
      next.attempts += 1;
      made.push({ who: next.who, at, endedAt, outcome, attemptNo: next.attempts, version });
      // The policy of the moment at which it ends decides what follows.
      const step = nextStep(inForce(endedAt).policy, outcome, next.attempts, new Date(endedAt));
      next.ended = step.kind === 'ENDED';
      next.busyUntil = endedAt;
      next.dueAt = step.kind === 'DUE' ? Math.max(endedAt, step.dueAt.getTime()) : endedAt;
    } else if (turn.kind === 'BLOCKED') {
      next.ended = true;
    } else if (turn.kind === 'LATER') {
      expect(turn.at, 'is put off, not asked again at once').toBeGreaterThan(at);
      next.dueAt = turn.at;
    } else if (turn.kind === 'CLOSED') {
      next.dueAt = nextOpening(now, facts, at) ?? at + DAY_MS;
      expect(next.dueAt, 'opens later').toBeGreaterThan(at);
    } else {
      next.dueAt =
        turn.kind === 'STOPPED'
          ? (given.pause?.to ?? at + 1)
          : at + Math.max(1000, 'retryAfterMs' in turn ? turn.retryAfterMs : 0);
    }
  }
}
