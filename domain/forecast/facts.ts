/** What a forecast is made from, and what the engine itself adds to the time a campaign takes. */

import type { FrequencyLimits } from '../frequency.ts';
import type { PaceLimit } from '../pacing.ts';
import type { RegisterEntry } from '../register.ts';
import type { TariffRate } from '../tariff.ts';
import type { Person } from '../window.ts';
import type { Behaviour, CallOutcome } from './behaviour.ts';
import type { Random } from './chance.ts';
import type { ForecastPolicy } from './open-hours.ts';

/** People who are alike in all that a forecast looks at. */
export interface PeopleGroup {
  /** Where they are. */
  person: Person;
  /** Hours the register says they prefer. */
  preferences: readonly RegisterEntry[];
  count: number;
  /** Attempts they have had, and how the last one ended. */
  attempts: number;
  previous: CallOutcome | null;
  /** Not before, Unix ms; null: at once. */
  dueAt: number | null;
  /** When they were called last, by any request of the account, as `judgeFrequency` wants it. Absent: not known. */
  contacts?: readonly number[];
  /** In a call at this moment, which is their attempt number `attempts`. */
  inCall: boolean;
  /** How their next attempts end, one after the other, where that is known: what they did in a run that was. */
  script: readonly CallOutcome[];
  /** Place of their rate in the tariff; -1: none fits. */
  rate: number;
  /** The first hundred of their rows. */
  rows: readonly number[];
}

/** A line calls can leave by. */
export interface LineFacts {
  name: string;
  priority: number;
  limit: PaceLimit;
}

export interface ForecastFacts {
  people: readonly PeopleGroup[];
  /** Limits of the account over all its calls. */
  accountLimit: PaceLimit;
  /** Enabled trunks of the account. */
  lines: readonly LineFacts[];
  /** It has trunks, enabled or not: else it calls by the platform's default line. */
  hasTrunks: boolean;
  /** How often a person may be contacted, by account and flow together. Who was called before, by whomever: `contacts`. */
  frequency: FrequencyLimits;
  behaviour: Behaviour;
  /** Rates of the tariff; none without a tariff. */
  rates: readonly TariffRate[];
  /** First calls are laid over the hours as the policy's `spreadOver` says. Not for those who have been laid out already. */
  layOut: boolean;
  /** Unix ms. */
  startAt: number | null;
  endAt: number | null;
}

export interface ForecastQuestion {
  facts: ForecastFacts;
  policy: ForecastPolicy;
  /** The same seed gives the same answer. */
  seed: number;
  /** Unix ms. */
  now: number;
}

/** What the engine adds, ms, at rest and on a machine whose processors are all in use. Each run draws in between. */
interface Delay {
  atRest: number;
  underLoad: number;
}

/**
 * Delays of the engine's own, none of which matters to a campaign of hours; all of them do to one of a minute.
 * They are estimates: none was measured by itself. `npm run bench forecast` compares what is foretold by them with
 * campaigns that really run.
 */
export const ENGINE_DELAYS = {
  /** From the creation of a request to its first attempt: the workflow starts, plans, and starts its first pages. */
  begin: { atRest: 150, underLoad: 2_000 },
  /**
   * From a page's becoming due to its attempts' standing at the turnstile, and from its last attempt's end to its
   * being looked at again: a child workflow begins and asks for what is due (`workflows/page.ts`).
   */
  pass: { atRest: 60, underLoad: 600 },
  /**
   * From the end of a call to the next call in its place: the settlement's transaction, the 20 ms for which the
   * turnstile gathers a batch (`activities/turnstile.ts`), and the reservation's transaction.
   */
  turnover: { atRest: 30, underLoad: 150 },
  /** From the last attempt's end to the request's: the last look at what is left, and the closing of the books. */
  close: { atRest: 60, underLoad: 1_000 },
} as const satisfies Record<string, Delay>;

/** Calls a second that one worker begins at most. An estimate, as the delays are: another machine begins more or fewer. */
export const ENGINE_CALLS_PER_SECOND = { atRest: 300, underLoad: 120 } as const;

/** The machine of one simulated run. */
export interface Machine {
  delays: Record<keyof typeof ENGINE_DELAYS, number>;
  callsPerSecond: number;
}

/** One machine is slow in all it does, or in nothing: one draw for all, and more often near rest than under load. */
export function drawMachine(random: Random): Machine {
  const slowness = random() ** 2;
  const between = ({ atRest, underLoad }: Delay): number => atRest + (underLoad - atRest) * slowness;
  return {
    delays: {
      begin: between(ENGINE_DELAYS.begin),
      pass: between(ENGINE_DELAYS.pass),
      turnover: between(ENGINE_DELAYS.turnover),
      close: between(ENGINE_DELAYS.close),
    },
    callsPerSecond: between(ENGINE_CALLS_PER_SECOND),
  };
}
