/**
 * The people of a forecast as the simulation walks through them: one by one where they are few, and a sample
 * of them where they are many, each standing for as many more, with the limits made smaller alike.
 */
import type { PaceLimit } from '../pacing.ts';
import { PAGE_ROWS, spread } from '../paging.ts';
import { placeKey } from '../window.ts';
import { SITUATIONS, type Situation, situationAfter } from './behaviour.ts';
import { type Random, shuffle } from './chance.ts';
import type { ForecastFacts, LineFacts, PeopleGroup } from './facts.ts';
import { type ForecastPolicy, OpenHours } from './open-hours.ts';

/** People simulated one by one. Of so many, chance moves the number of attempts by less than one per cent. */
export const MOST_SIMULATED = 6_000;

/** People of one group who can be called at all. */
export interface Cohort {
  hours: OpenHours;
  group: PeopleGroup;
  situation: number;
  /** Not before, Unix ms: by those who called them before. Worked out when first asked for: clocks are slow to read. */
  freeAt?: number;
}

/** Everything one simulated run needs, prepared once for all of them. */
export interface Crowd {
  cohorts: Cohort[];
  /** The cohort of each simulated person, in no order yet. */
  members: Uint32Array;
  /** Real people each of them stands for. */
  weight: number;
  flowLimit: PaceLimit;
  accountLimit: PaceLimit;
  lines: LineFacts[];
  /** What lengths of calls are multiplied by, so that so many fewer lines carry so many fewer calls. */
  stretch: number;
  pagesAtOnce: number;
  pageRows: number;
  lanes: number;
}

/** The hours of a group, worked out once for all groups that share them. */
export class HoursBook {
  readonly #policy: ForecastPolicy;
  readonly #known = new Map<string, OpenHours>();

  constructor(policy: ForecastPolicy) {
    this.#policy = policy;
  }

  of(group: Pick<PeopleGroup, 'person' | 'preferences'>): OpenHours {
    const key = JSON.stringify([placeKey(group.person), group.preferences]);
    let hours = this.#known.get(key);
    if (!hours) {
      hours = new OpenHours(this.#policy, group.person, group.preferences);
      this.#known.set(key, hours);
    }
    return hours;
  }
}

/** @param callable groups that some hour allows */
export function gather(
  facts: ForecastFacts,
  policy: ForecastPolicy,
  callable: readonly Cohort[],
  most = MOST_SIMULATED,
): Crowd {
  const people = callable.reduce((sum, { group }) => sum + group.count, 0);
  const simulated = Math.min(people, most);
  const weight = simulated === 0 ? 1 : people / simulated;
  const smaller = (limit: PaceLimit): PaceLimit => ({
    perSecond: limit.perSecond / weight,
    maxInProgress: weight === 1 ? limit.maxInProgress : Math.max(1, Math.round(limit.maxInProgress / weight)),
  });
  const flowLimit = { perSecond: policy.callsPerSecond, maxInProgress: policy.concurrency };
  const { pages, lanes } = spread(policy.concurrency, policy.callsPerSecond);
  const scaled = {
    flowLimit: smaller(flowLimit),
    accountLimit: smaller(facts.accountLimit),
    lines: facts.lines.map((line) => ({ ...line, limit: smaller(line.limit) })),
  };
  const real = { flowLimit, accountLimit: facts.accountLimit, lines: facts.lines };
  return {
    cohorts: [...callable],
    members: sample(callable, people, simulated),
    weight,
    ...scaled,
    stretch: (mostAtOnce(scaled, policy.trunk) * weight) / mostAtOnce(real, policy.trunk),
    pagesAtOnce: pages,
    pageRows: Math.max(1, Math.round(PAGE_ROWS / weight)),
    lanes: Math.max(1, Math.round(lanes / weight)),
  };
}

/** Calls that all limits together let be in progress. */
export function mostAtOnce(
  limits: { flowLimit: PaceLimit; accountLimit: PaceLimit; lines: readonly LineFacts[] },
  trunk: string | null,
): number {
  const used = limits.lines.filter(({ name }) => trunk === null || name === trunk);
  const lines = used.reduce((sum, { limit }) => sum + limit.maxInProgress, 0);
  return Math.min(
    limits.flowLimit.maxInProgress,
    limits.accountLimit.maxInProgress,
    limits.lines.length === 0 ? Number.POSITIVE_INFINITY : lines,
  );
}

/** Each group with its share: the person at each of `simulated` even distances. */
function sample(callable: readonly Cohort[], people: number, simulated: number): Uint32Array {
  const members = new Uint32Array(simulated);
  let cohort = 0;
  let before = 0;
  for (let at = 0; at < simulated; at += 1) {
    const place = ((at + 0.5) * people) / simulated;
    while (place >= before + (callable[cohort]?.group.count ?? Number.POSITIVE_INFINITY)) {
      before += callable[cohort]?.group.count ?? 0;
      cohort += 1;
    }
    members[at] = cohort;
  }
  return members;
}

/** The order in which lists have their people is nobody's choice: each run draws one. */
export function lineUp(crowd: Crowd, random: Random): Uint32Array {
  const order = Uint32Array.from(crowd.members);
  shuffle(order, random);
  return order;
}

export const situationOf = (group: PeopleGroup): number =>
  SITUATIONS.indexOf(group.attempts === 0 ? 'FIRST' : situationAfter(group.previous));

export const situationNumber = (situation: Situation): number => SITUATIONS.indexOf(situation);
