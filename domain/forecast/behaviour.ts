/**
 * What people are expected to do when they are called: how calls end, how long they ring and how long people
 * talk. It comes from what was given, else from the account's own calls, else from defaults, and says which.
 */
import type { ContactPolicy } from '../policy.ts';
import { drawProbabilities, normal, quantile, type Random } from './chance.ts';

/** How a call that was placed can end. */
export const CALL_OUTCOMES = [
  'ANSWERED',
  'BUSY',
  'NO_ANSWER',
  'DECLINED',
  'INVALID',
  'FAILED',
  'MACHINE',
  'UNKNOWN',
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** What came before an attempt: nothing, or the outcome after which it is made again. */
export const SITUATIONS = ['FIRST', 'BUSY', 'NO_ANSWER', 'FAILED', 'MACHINE', 'UNKNOWN'] as const;
export type Situation = (typeof SITUATIONS)[number];

/** The attempt that follows on an outcome, as a situation. Outcomes that nobody tries again count as a first time. */
export const situationAfter = (outcome: CallOutcome | null): Situation =>
  SITUATIONS.find((one) => one === outcome) ?? 'FIRST';

/** Calls of the past, counted. */
export interface History {
  /** Whose they are. */
  scope: 'REQUEST' | 'FLOW' | 'ACCOUNT';
  endings: { situation: Situation; outcome: CallOutcome; count: number }[];
  /** Evenly spaced quantiles in ms, least to most: of ringing until an answer or the end, and of the time answered. */
  durations: { outcome: CallOutcome; count: number; ringMs: number[]; talkMs: number[] }[];
}

export type Probabilities = Partial<Record<CallOutcome, number>>;

/** What the asker says instead. */
export interface GivenBehaviour {
  probabilities?: Partial<Record<Situation, Probabilities>> | undefined;
  durations?: Partial<Record<CallOutcome, { ringMs: number; talkMs: number }>> | undefined;
}

export type Source = 'ACCOUNT_HISTORY' | 'GIVEN' | 'DEFAULT';

export interface Chances {
  source: Source;
  /** Calls it was counted from. */
  n: number;
  /** By `CALL_OUTCOMES`: how much speaks for each. */
  weights: number[];
  /** Given probabilities are what they are; others are drawn anew for each simulated run. */
  certain: boolean;
}

export interface Durations {
  source: Source;
  n: number;
  ringMs: number[];
  talkMs: number[];
}

export interface Behaviour {
  scope: History['scope'] | null;
  chances: Record<Situation, Chances>;
  durations: Record<CallOutcome, Durations>;
}

/**
 * How calls end where nothing is known: a mixed list of mobile numbers in the daytime. Nothing was measured
 * for it; forecasts say so by their source, DEFAULT, and by their wide ranges.
 */
export const DEFAULT_PROBABILITIES: Record<CallOutcome, number> = {
  ANSWERED: 0.45,
  BUSY: 0.1,
  NO_ANSWER: 0.27,
  DECLINED: 0.05,
  INVALID: 0.03,
  FAILED: 0.03,
  MACHINE: 0.07,
  UNKNOWN: 0,
};

/** How long calls ring and people talk where nothing is known, ms. Ringing out lasts as long as the policy rings. */
const DEFAULT_RING_MS: Record<CallOutcome, number> = {
  ANSWERED: 12_000,
  BUSY: 3_000,
  NO_ANSWER: Number.POSITIVE_INFINITY,
  DECLINED: 9_000,
  INVALID: 2_000,
  FAILED: 3_000,
  MACHINE: 18_000,
  UNKNOWN: 30_000,
};
const DEFAULT_TALK_MS: Partial<Record<CallOutcome, number>> = { ANSWERED: 40_000, MACHINE: 8_000 };

/** Defaults speak as loudly as so many calls: their ranges are to be wide. */
const DEFAULT_WEIGHT = 40;
/** Two calls' worth of defaults are added to every count, so that what never happened is rare and not impossible. */
const PRIOR_WEIGHT = 2;
/**
 * History speaks no louder than so many calls, however long it is: the next list is another list. At 1,000 a
 * half of the people is known to 2.6 points either way, nine times of ten.
 */
const MOST_WEIGHT = 1_000;
/** Without any calls like these, first calls stand in for them, as quietly as so many. */
const BORROWED_WEIGHT = 40;

export function expectBehaviour(
  history: History | null,
  given: GivenBehaviour,
  policy: Pick<ContactPolicy, 'ringTimeoutMs' | 'maxCallMs' | 'detectMachine'>,
): Behaviour {
  const first = chancesOf('FIRST', history, given.probabilities?.FIRST, undefined);
  const chances = Object.fromEntries(
    SITUATIONS.map((situation): [Situation, Chances] => [
      situation,
      situation === 'FIRST' ? first : chancesOf(situation, history, given.probabilities?.[situation], first),
    ]),
  ) as Record<Situation, Chances>;
  const durations = Object.fromEntries(
    CALL_OUTCOMES.map((outcome): [CallOutcome, Durations] => [
      outcome,
      durationsOf(outcome, history, given, policy),
    ]),
  ) as Record<CallOutcome, Durations>;
  return { scope: history?.scope ?? null, chances, durations };
}

const defaults = (weight: number): number[] =>
  CALL_OUTCOMES.map((outcome) => DEFAULT_PROBABILITIES[outcome] * weight);

function chancesOf(
  situation: Situation,
  history: History | null,
  given: Probabilities | undefined,
  first: Chances | undefined,
): Chances {
  if (given) {
    return { source: 'GIVEN', n: 0, weights: CALL_OUTCOMES.map((one) => given[one] ?? 0), certain: true };
  }
  const counts = CALL_OUTCOMES.map((outcome) =>
    (history?.endings ?? []).reduce(
      (sum, one) => (one.situation === situation && one.outcome === outcome ? sum + one.count : sum),
      0,
    ),
  );
  const n = counts.reduce((sum, count) => sum + count, 0);
  // Given first calls are not mixed with an older experience of second ones.
  if (n === 0 || first?.certain) {
    if (!first) return { source: 'DEFAULT', n: 0, weights: defaults(DEFAULT_WEIGHT), certain: false };
    const total = first.weights.reduce((sum, weight) => sum + weight, 0);
    const weights = first.certain
      ? first.weights
      : first.weights.map((weight) => (weight / total) * Math.min(total, BORROWED_WEIGHT));
    return { ...first, n: 0, weights };
  }
  const loudness = Math.min(1, MOST_WEIGHT / n);
  const prior = defaults(PRIOR_WEIGHT);
  const weights = counts.map((count, at) => count * loudness + (prior[at] ?? 0));
  return { source: 'ACCOUNT_HISTORY', n, weights, certain: false };
}

function durationsOf(
  outcome: CallOutcome,
  history: History | null,
  given: GivenBehaviour,
  policy: Pick<ContactPolicy, 'ringTimeoutMs' | 'maxCallMs'>,
): Durations {
  const said = given.durations?.[outcome];
  const within = (values: number[], most: number): number[] =>
    values.map((ms) => Math.min(Math.max(0, ms), most));
  const limited = (source: Source, n: number, ringMs: number[], talkMs: number[]): Durations => ({
    source,
    n,
    ringMs: within(ringMs, policy.ringTimeoutMs),
    talkMs: within(talkMs, policy.maxCallMs),
  });
  if (said) return limited('GIVEN', 0, [said.ringMs], [said.talkMs]);
  const found = history?.durations.find((one) => one.outcome === outcome);
  if (found && found.count > 0) return limited('ACCOUNT_HISTORY', found.count, found.ringMs, found.talkMs);
  return limited('DEFAULT', 0, [DEFAULT_RING_MS[outcome]], [DEFAULT_TALK_MS[outcome] ?? 0]);
}

/** One world that the evidence allows: probabilities and lengths as they are taken to be in one simulated run. */
export interface World {
  /** By situation, by outcome. */
  probabilities: number[][];
  /** By outcome: what lengths are multiplied by. */
  stretch: number[];
}

/** A default length may be wrong by a third, one way or the other. */
const DEFAULT_SPREAD = 0.2;

export function drawWorld(behaviour: Behaviour, random: Random): World {
  const probabilities = SITUATIONS.map((situation) => {
    const { weights, certain } = behaviour.chances[situation];
    return certain ? weights : drawProbabilities(weights, random);
  });
  const stretch = CALL_OUTCOMES.map((outcome) => {
    const { source, n, ringMs, talkMs } = behaviour.durations[outcome];
    if (source === 'GIVEN') return 1;
    const spread =
      source === 'DEFAULT' ? DEFAULT_SPREAD : variation(ringMs, talkMs) / Math.sqrt(Math.min(n, MOST_WEIGHT));
    return Math.exp(normal(random) * Math.min(spread, 0.5));
  });
  return { probabilities, stretch };
}

/** The deviation of whole lengths, as a share of their mean. */
function variation(ringMs: readonly number[], talkMs: readonly number[]): number {
  const whole = ringMs.map((ms, at) => ms + (talkMs[at] ?? talkMs.at(-1) ?? 0));
  const mean = whole.reduce((sum, ms) => sum + ms, 0) / Math.max(1, whole.length);
  if (mean === 0) return 0;
  const square = whole.reduce((sum, ms) => sum + (ms - mean) ** 2, 0) / whole.length;
  return Math.sqrt(square) / mean;
}

/** A length drawn from evenly spaced quantiles. */
export const drawLength = (quantiles: readonly number[], random: Random): number =>
  quantiles.length === 1 ? (quantiles[0] ?? 0) : quantile(quantiles, random());
