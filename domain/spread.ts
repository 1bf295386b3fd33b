/**
 * Spreading a request over hours: when each person's first attempt is planned, so that agents and web pages get an
 * even stream. Pure: it knows intervals in which calling is allowed and how many people are left, nothing else.
 */
import { z } from 'zod';

/** The longest that a request may be spread over: a month. */
export const MAX_SPREAD_HOURS = 24 * 31;

/** Over so many hours of permitted time, or until a moment. */
export const spreadOver = z.union(
  [
    z.strictObject({ hours: z.number().min(0.1).max(MAX_SPREAD_HOURS) }),
    z.strictObject({ until: z.iso.datetime({ offset: true }) }),
  ],
  `must be {"hours": 0.1 to ${MAX_SPREAD_HOURS}} or {"until": a moment}`,
);
export type SpreadOver = z.infer<typeof spreadOver>;

/** How a request's first attempts are laid over the hours at present. Kept with the request. */
export interface SpreadPlan {
  /** Counts plans, from 1: it changes whenever people are planned anew. */
  version: number;
  /** The policy under which it was made. */
  policyVersion: number;
  /** Unix ms: when it was made, and after its last person. */
  from: number;
  until: number;
  /** Permitted time the people are laid over, ms by the account's own clock. */
  openMs: number;
  /** People planned by it: those not attempted before. */
  people: number;
  /** Of that, ms before the first of them: their turn had not come when they were laid out anew. */
  afterMs?: number;
  /** Of the hours asked for, ms that were left when it was made. Absent where a moment is the bound. */
  wantedMs?: number;
  /** The end time of the request it reckons with, Unix ms. */
  endsAt?: number;
  /** Unix ms: when the request was seen to follow it last. */
  seenAt?: number;
  /** Unix ms: since then nothing was called, by a pause or an outage. What is left is laid out anew. */
  stoppedAt?: number;
}

/** The plan of a request that nobody was called for since a moment. The first such moment counts until it is laid out anew. */
export const stopped = (plan: SpreadPlan, since: Date): SpreadPlan => ({
  ...plan,
  stoppedAt: plan.stoppedAt ?? Math.max(plan.from, since.getTime()),
});

/** Permitted time, Unix ms, `to` not included. Lists of them are in order and do not overlap. */
export interface OpenInterval {
  from: number;
  to: number;
}

export const openMsOf = (intervals: readonly OpenInterval[]): number =>
  intervals.reduce((sum, { from, to }) => sum + (to - from), 0);

/** The first so many ms of permitted time. */
export function firstOpen(intervals: readonly OpenInterval[], ms: number): OpenInterval[] {
  const taken: OpenInterval[] = [];
  let left = Math.max(0, Math.floor(ms));
  for (const { from, to } of intervals) {
    if (left === 0) break;
    const end = Math.min(to, from + left);
    taken.push({ from, to: end });
    left -= end - from;
  }
  return taken;
}

/**
 * How long the first of those who are left has still to wait when they are laid out anew in mid-course: so long that
 * each turn is as far from the one before as it was, as long as there is time for that. Nothing where they are behind.
 *
 * @param leftMs permitted time that is left
 * @param people who are left
 */
export function waitForTurn(
  plan: Pick<SpreadPlan, 'openMs' | 'people' | 'afterMs'>,
  leftMs: number,
  people: number,
): number {
  const apartMs = (plan.openMs - (plan.afterMs ?? 0)) / Math.max(1, plan.people);
  return Math.floor(Math.min(apartMs, Math.max(0, leftMs - people * apartMs)));
}

/**
 * When each of some people is planned: the one at place n once n of all of them's share of the permitted time has
 * passed. So the first begins at once, or after a wait, the stream is even, and nobody is planned when calling is not
 * permitted.
 *
 * @param afterMs permitted time before the first
 * @returns gives the moment (Unix ms) of a place, from 0; undefined when there is no permitted time at all
 */
export function planner(
  intervals: readonly OpenInterval[],
  people: number,
  afterMs = 0,
): ((place: number) => number) | undefined {
  const last = intervals.at(-1);
  const openMs = openMsOf(intervals);
  if (!last || openMs === 0) return undefined;
  const waitMs = Math.min(afterMs, openMs - 1);
  return (place) => {
    let offset = waitMs + Math.floor(((openMs - waitMs) * place) / Math.max(1, people));
    for (const { from, to } of intervals) {
      if (offset < to - from) return from + offset;
      offset -= to - from;
    }
    return last.to - 1;
  };
}
